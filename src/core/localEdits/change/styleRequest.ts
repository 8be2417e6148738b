import type { Intent } from '../intent.ts';
import type { RefusalReason } from '../plan.ts';
import type { StyleView } from '../styleView.ts';
import type { IndexedSubject } from '../workspace.ts';
import type { PlannedEdit } from './plannedEdit.ts';

/** One style change to plan for one subject. */
export interface StyleRequest {
  view: StyleView;
  intent: Intent;
  words: readonly string[];
  subject: IndexedSubject;
  /** All that may change along: every subject that the phrase names. */
  targets: ReadonlySet<IndexedSubject>;
  /** Those of them that are meant to look alike: one rule for them is better than one for each. */
  together: ReadonlySet<IndexedSubject>;
  /** The colour value of the thing in "like the header", already looked up. */
  likeColor: string | null;
}

export type StyleOutcome = PlannedEdit[] | RefusalReason;
