import { parentPort, type MessagePort } from 'node:worker_threads';

// The thread that commits a SQLite file's rounds, as it dies of a round that says so: before its commit, or after it
// and before it could tell.

const port: MessagePort = parentPort ?? process.exit(1);
const answer = port.postMessage.bind(port);
let isDying = false;

port.on('message', (message: unknown) => {
  const round = JSON.stringify(message);
  if (round.includes('dies before')) process.exit(1);
  isDying = round.includes('dies after');
});
port.postMessage = (message: unknown): void => {
  if (isDying) process.exit(1);
  answer(message);
};
await import('../../src/backend/database/sqlite.worker.ts');
