import { formatRange } from '../../src/core/formatTokens.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import { l10n, l10nCount } from '../l10n.ts';

interface Range {
  readonly low: Millitokens;
  readonly high: Millitokens;
}

/** What is said of the batch. */
export const batchWords = {
  batch: l10n('Batch'),
  title: (requests: number): string => l10nCount(requests, 'Batch · {n} request', 'Batch · {n} requests'),
  add: l10n('Add to Batch'),
  addHint: l10n('Add to Batch (Alt+Shift+Enter)'),
  added: l10n('Added to the batch.'),
  send: l10n('Send batch'),
  clear: l10n('Clear'),
  cleared: l10n('Batch cleared.'),
  undo: l10n('Undo'),
  free: l10n('free, done first'),
  allFree: l10n('All free: 0 tokens'),
  one: (together: Range): string => l10n('{range} tokens', { range: range(together) }),
  several: (together: Range, apart: Range): string =>
    l10n('Together {together} · one by one {apart}', { together: range(together), apart: range(apart) }),
  up: (text: string): string => l10n('Move up: {text}', { text }),
  down: (text: string): string => l10n('Move down: {text}', { text }),
  edit: (text: string): string => l10n('Edit: {text}', { text }),
  drop: (text: string): string => l10n('Drop: {text}', { text }),
  request: l10n('Request'),
  save: l10n('Save'),
  cancel: l10n('Cancel'),
};

function range({ low, high }: Range): string {
  return formatRange(low, high);
}
