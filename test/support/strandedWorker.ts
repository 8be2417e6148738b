import { parentPort } from 'node:worker_threads';

// A planner's thread that never answers, and ends itself when it is told to.
parentPort?.on('message', ({ prompt }: { prompt: string }) => {
  if (prompt === 'end') process.exit(3);
});
