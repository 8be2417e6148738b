import type { MissingDetail } from '../../src/core/advice.ts';
import { classifyRequest } from '../../src/core/requestKind.ts';
import { l10n } from '../l10n.ts';

/** What a chip says, and what it adds to the draft. */
export interface Detail {
  readonly label: string;
  /** Ends with a space where the person goes on. */
  readonly words: string;
}

/** The draft with a detail added, and the place in it where the person goes on, in UTF-16 code units. */
export function addedDetail(draft: string, { words }: Detail): { text: string; caret: number } {
  // What an earlier chip left open is filled in first.
  if (slots.some((slot) => draft.endsWith(slot))) return { text: `${draft}\n${words}`, caret: draft.length };
  const start = draft.trimEnd();
  const text = `${start}${joint(start, words)}${words}`;
  return { text, caret: text.length };
}

/** What is missing, in the words of the kind of thing that the draft asks for: a form has fields, a table columns. */
export function detailOf(missing: MissingDetail, draft: string): Detail {
  if (missing !== 'columns') return details[missing];
  switch (classifyRequest(draft)) {
    case 'form':
    case 'multi-step-form':
    case 'crud':
      return fields;
    case 'dashboard':
      return figures;
    default:
      return details.columns;
  }
}

const details: Record<MissingDetail, Detail> = {
  columns: { label: l10n('columns'), words: l10n('with columns: ') },
  types: { label: l10n('types'), words: l10n('Types: ') },
  states: { label: l10n('states'), words: l10n('Show loading and error states.') },
  validation: { label: l10n('validation'), words: l10n('Validate that ') },
  sorting: { label: l10n('sorting'), words: l10n('Add sorting on all columns.') },
  'empty-state': { label: l10n('empty state'), words: l10n('Show an empty state.') },
  page: { label: l10n('page'), words: l10n('Put it on the page ') },
};
const fields: Detail = { label: l10n('fields'), words: l10n('with fields: ') };
const figures: Detail = { label: l10n('figures'), words: l10n('with key figures for ') };

const slots = [...Object.values(details), fields, figures].map(({ words }) => words).filter((each) => /\s$/.test(each));

/** A sentence begins after the one before it; the rest of a sentence goes on with it. */
function joint(start: string, words: string): string {
  if (start === '' || /[.!?:]$/.test(start)) return ' ';
  return /^\p{Lu}/u.test(words) ? '. ' : ' ';
}
