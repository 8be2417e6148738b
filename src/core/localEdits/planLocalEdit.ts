import type { Intent } from './intent.ts';
import { planIntents } from './planIntents.ts';
import type { LocalEditPlan } from './plan.ts';
import { refuse } from './plan.ts';
import { namesSomething, quoteLabels } from './sentence/quoteLabels.ts';
import { parseSentence } from './sentence/parseSentence.ts';
import { MAX_SENTENCE_LENGTH } from './sentence/token.ts';
import { indexStyles, updateIndex, type SourceFile, type StyleIndex } from './styleIndex.ts';
import type { Focus } from './target/resolveTarget.ts';

/**
 * Turns a sentence into text edits without a model, or says that it can't: one edit if the place is clear, a choice if
 * several are equally likely, else a refusal. Never throws; offsets are UTF-16 code units into the texts given.
 */
export function planLocalEdit(prompt: string, files: readonly SourceFile[], focus: Focus | null = null): LocalEditPlan {
  if (prompt.length > MAX_SENTENCE_LENGTH) return refuse('too-long');
  const intents = intentsOf(prompt);
  // Most sentences that are no wish need no index; those that name a label do.
  if ('kind' in intents && !namesSomething(prompt)) return intents;
  return planWithIndex(prompt, indexStyles(files), focus);
}

/** The same on an index made before. */
export function planWithIndex(prompt: string, index: StyleIndex, focus: Focus | null = null): LocalEditPlan {
  if (prompt.length > MAX_SENTENCE_LENGTH) return refuse('too-long');
  const intents = intentsOf(quoteLabels(prompt, index));
  return 'kind' in intents ? intents : planIntents(intents, index, focus);
}

function intentsOf(prompt: string): Intent[] | Extract<LocalEditPlan, { kind: 'refusal' }> {
  const reading = parseSentence(prompt);
  return reading.kind === 'refusal' ? refuse(reading.reason) : reading.intents;
}

export { indexStyles, updateIndex };
export type { Focus, LocalEditPlan, SourceFile, StyleIndex };
