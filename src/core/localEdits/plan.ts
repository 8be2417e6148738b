/** What the planner answers. Offsets are UTF-16 code units into the text it was given; changes do not overlap. */
export type LocalEditPlan =
  | { kind: 'edit'; edits: FileEdit[]; steps: PlanStep[] }
  | { kind: 'choose'; candidates: PlanCandidate[] }
  | LocalEditRefusal;

export interface FileEdit {
  path: string;
  changes: TextChange[];
}

export interface TextChange {
  start: number;
  end: number;
  text: string;
}

/** One thing that an edit does, for the person to read. */
export interface PlanStep {
  path: string;
  /** From 1, in the text that was given. */
  line: number;
  /** The selector, tag or key whose property or text changes. */
  what: string;
  /** A CSS property, "class", "text", or the name of an attribute or variable. */
  property: string;
  /** null where something is added. */
  from: string | null;
  to: string;
}

/** One of several equally likely places, with the edit that choosing it means. */
export interface PlanCandidate {
  path: string;
  line: number;
  label: string;
  start: number;
  end: number;
  edits: FileEdit[];
  steps: PlanStep[];
}

export type RefusalReason =
  | 'question'
  | 'too-long'
  | 'not-understood'
  | 'no-files'
  | 'no-target'
  | 'many-targets'
  | 'text-not-found'
  | 'text-computed'
  | 'shared-rule'
  | 'two-rules'
  | 'shared-variable'
  | 'complex-value'
  | 'not-the-current-value'
  | 'no-place'
  | 'nothing-to-change'
  | 'broken-file'
  | 'large-file'
  | 'conflict'
  | 'proof';

export interface LocalEditRefusal {
  kind: 'refusal';
  reason: RefusalReason;
  /** The phrase, property or path that the reason is about, if there is one. */
  about?: string;
  /** What stands there today, where the sentence said that it was something else. */
  today?: string;
}

export function refuse(reason: RefusalReason, about?: string): LocalEditRefusal {
  return about === undefined ? { kind: 'refusal', reason } : { kind: 'refusal', reason, about };
}
