import { parentPort, threadId } from 'node:worker_threads';

// A planner's thread that says who it is if asked, ends itself when it is told to, and answers nothing else.
parentPort?.on('message', ({ id, prompt }: { id: number; prompt: string }) => {
  if (prompt === 'end') process.exit(3);
  if (prompt === 'who')
    parentPort?.postMessage({ id, plan: { kind: 'refusal', reason: 'not-understood', about: String(threadId) } });
});
