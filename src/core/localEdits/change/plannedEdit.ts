import type { PlanStep } from '../plan.ts';

/** A change of text, with the one fact of the file that it is meant to change: the proof holds it to that. */
export interface PlannedEdit {
  path: string;
  start: number;
  end: number;
  text: string;
  fact: Fact;
  step: PlanStep;
}

/** Something a file says: whose, which, what. `before` is null where it is new, `after` where it goes. */
export interface Fact {
  /** r3: the fourth rule of the file; e5: the sixth element; t7, v0: text place, variable. */
  owner: string;
  name: string;
  before: string | null;
  after: string | null;
}

/** The line of an offset, from 1. */
export function lineOf(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}
