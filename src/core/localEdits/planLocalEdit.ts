import type { Intent } from './intent.ts';
import { planIntents } from './planIntents.ts';
import type { LocalEditPlan } from './plan.ts';
import { refuse } from './plan.ts';
import { parseSentence } from './sentence/parseSentence.ts';
import { indexStyles, updateIndex, type SourceFile, type StyleIndex } from './styleIndex.ts';
import type { Focus } from './target/resolveTarget.ts';

/**
 * Turns a sentence into text edits without a model, or says that it can't: one edit if the place is clear, a choice if
 * several are equally likely, else a refusal. Never throws; offsets are UTF-16 code units into the texts given.
 */
export function planLocalEdit(prompt: string, files: readonly SourceFile[], focus: Focus | null = null): LocalEditPlan {
  const intents = intentsOf(prompt);
  return 'kind' in intents ? intents : planIntents(intents, indexStyles(files), focus);
}

/** The same on an index made before. */
export function planWithIndex(prompt: string, index: StyleIndex, focus: Focus | null = null): LocalEditPlan {
  const intents = intentsOf(prompt);
  return 'kind' in intents ? intents : planIntents(intents, index, focus);
}

function intentsOf(prompt: string): Intent[] | Extract<LocalEditPlan, { kind: 'refusal' }> {
  const reading = parseSentence(prompt);
  return reading.kind === 'refusal' ? refuse(reading.reason) : reading.intents;
}

export { indexStyles, updateIndex };
export type { Focus, LocalEditPlan, SourceFile, StyleIndex };
