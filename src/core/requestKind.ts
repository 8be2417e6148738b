import { requestVocabulary as words } from './requestVocabulary.ts';

/** What a request asks for, as far as its price is concerned (design, section 3). */
export type RequestKind =
  | 'question'
  | 'explain'
  | 'tweak'
  | 'add-field'
  | 'table'
  | 'form'
  | 'crud'
  | 'multi-step-form'
  | 'dashboard'
  | 'refactor'
  | 'fix'
  | 'tests'
  | 'plan';

export const requestKinds: readonly RequestKind[] = [
  'question',
  'explain',
  'tweak',
  'add-field',
  'table',
  'form',
  'crud',
  'multi-step-form',
  'dashboard',
  'refactor',
  'fix',
  'tests',
  'plan',
];

/** What is asked stands at the beginning; further on come pasted files and logs, and this runs on every key. */
const LOOKED_AT = 1_000;
/** A request with none of the known words is a small change up to this many words, and a component from there. */
const TWEAK_WORDS = 12;

/**
 * The kind of request that a draft is, by its words. The first rule that holds decides; it guesses a price, no more.
 */
export function classifyRequest(prompt: string): RequestKind {
  const text = prompt.slice(0, LOOKED_AT).toLowerCase().replace(/\s+/g, ' ').trim();
  const request = text.replace(words.politeOpening, '');
  const made = words.creation.exec(request)?.[2] ?? null;
  const draft = { text: request, made, polite: request !== text };
  return rules.find((rule) => rule.holds(draft))?.kind ?? fallback(request);
}

interface Draft {
  readonly text: string;
  /** What is to be made: the words between "create", "add", "build" … and the next preposition; null if nothing is. */
  readonly made: string | null;
  readonly polite: boolean;
}

interface Rule {
  readonly kind: RequestKind;
  readonly holds: (draft: Draft) => boolean;
}

const makes = (draft: Draft, what: RegExp): boolean => draft.made !== null && what.test(draft.made) && !changes(draft);
const changes = (draft: Draft): boolean =>
  words.change.test(draft.text) || (/^(?:make|have)\b/.test(draft.text) && words.definite.test(draft.made ?? ''));
const asks = (draft: Draft): boolean => !draft.polite && words.question.test(draft.text);

const rules: readonly Rule[] = [
  { kind: 'plan', holds: (draft) => words.plan.test(draft.text) },
  { kind: 'tweak', holds: (draft) => words.smallFix.test(draft.text) && !asks(draft) },
  { kind: 'explain', holds: (draft) => /^\/explain\b/.test(draft.text) || words.explain.test(draft.text) },
  { kind: 'question', holds: asks },
  { kind: 'refactor', holds: (draft) => words.refactor.test(draft.text) },
  { kind: 'fix', holds: (draft) => words.fix.test(draft.text) && !makes(draft, words.field) },
  { kind: 'tests', holds: (draft) => words.tests.test(draft.text) },
  { kind: 'multi-step-form', holds: (draft) => words.multiStep.test(draft.text) && !changes(draft) },
  { kind: 'dashboard', holds: (draft) => makes(draft, words.dashboard) },
  { kind: 'crud', holds: (draft) => draft.made !== null && !changes(draft) && words.crud.test(draft.text) },
  { kind: 'add-field', holds: (draft) => makes(draft, words.field) && !makes(draft, words.bigThing) },
  { kind: 'add-field', holds: (draft) => words.ability.test(draft.text) && !makes(draft, words.bigThing) },
  { kind: 'form', holds: (draft) => makes(draft, words.form) },
  { kind: 'table', holds: (draft) => makes(draft, words.table) },
  { kind: 'tweak', holds: (draft) => changes(draft) || words.look.test(draft.text) },
  { kind: 'add-field', holds: (draft) => words.addition.test(draft.text) },
];

function fallback(text: string): RequestKind {
  if (text.endsWith('?')) return 'question';
  if (text.split(' ').length > TWEAK_WORDS) return 'table';
  return /^an? /.test(text) && words.field.test(text) ? 'add-field' : 'tweak';
}
