import { Worker } from 'node:worker_threads';
import type { KeepBackRules } from '../../core/keptBack.ts';

/** What is searched for a text: files by their paths relative to the folder, with `/`. */
export interface TextSearchOrder {
  readonly root: string;
  readonly paths: readonly string[];
  readonly text: string;
  /** What a link leads to is kept back as well. */
  readonly keepsBack: KeepBackRules;
}

export interface TextMatches {
  /** "path:line: the line", each line from 1. */
  readonly lines: readonly string[];
  /** False if there is more than was looked at or listed. */
  readonly isComplete: boolean;
}

/** A search that takes longer is of no use to anybody who waits; what was found until then is thrown away. */
const LONGEST_SEARCH_MS = 10_000;

/** Searches files for a text, in any case, in a thread of its own. `script` is the bundled `textSearchWorker`. */
export async function textSearch(script: string, order: TextSearchOrder): Promise<TextMatches> {
  const thread = new Worker(script, { workerData: order });
  const found = Promise.withResolvers<TextMatches>();
  thread.on('message', (matches: TextMatches) => found.resolve(matches));
  thread.on('error', found.reject);
  const watch = setTimeout(() => found.reject(new Error('The search took too long.')), LONGEST_SEARCH_MS);
  try {
    return await found.promise;
  } finally {
    clearTimeout(watch);
    await thread.terminate();
  }
}
