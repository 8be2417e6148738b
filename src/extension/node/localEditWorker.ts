import { parentPort } from 'node:worker_threads';
import { indexStyles, planWithIndex, updateIndex } from '../../core/localEdits/planLocalEdit.ts';
import type { PlanAnswer, PlanOrder } from './localEditPlanner.ts';

// The planner's thread: keeps an index of one folder's style and markup files and plans on it, so that nothing else
// in the extension host waits for it.

let index = indexStyles([]);

parentPort?.on('message', ({ id, changed, removed, prompt, focus }: PlanOrder) => {
  index = updateIndex(index, changed, removed);
  const answer: PlanAnswer = { id, plan: planWithIndex(prompt, index, focus) };
  parentPort?.postMessage(answer);
});
