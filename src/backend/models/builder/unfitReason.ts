import { findField, MOST_PAGE_SIZE, MOST_SAMPLE_ROWS } from './applyFeature.ts';
import { fieldsOf, type PageSpec } from './pageSpec.ts';
import type { Change } from './readChanges.ts';
import type { Feature } from './readFeature.ts';
import { sentence } from './sentence.ts';

/** Why a change does not fit a page, in a sentence that names what is there instead. */
export function unfitReason(page: PageSpec, change: Change): Unfit {
  const names = namesIn(change);
  const missing = names.find((name) => findField(fieldsOf(page), name) === null);
  if (missing !== undefined) return { reason: missingReason(page, missing), asks: true };
  const table = 'noun' in page && change.kind === 'feature' ? tableReasons[change.feature.kind] : undefined;
  return table === undefined ? { reason: limit(page, change), asks: false } : { reason: table, asks: true };
}

export interface Unfit {
  readonly reason: string;
  /** It lies in the page or in the request, not in what Builder can do: another wording helps. */
  readonly asks: boolean;
}

/** What Builder can't do. */
function limit(page: PageSpec, change: Change): string {
  if ('metrics' in page) return 'On a dashboard I can change the title, figures, charts and the columns of its table.';
  if (change.kind === 'chart' || change.kind === 'metric') return 'Figures and charts are for dashboards.';
  if (change.kind !== 'feature') return `I can't do that to ${sentence.page(page)}.`;
  if ('steps' in page) return formReason(change.feature);
  return 'A table has nothing to fill in, so that is for forms and CRUD pages.';
}

function missingReason(page: PageSpec, name: string): string {
  const parts =
    'metrics' in page ? [...page.metrics.map(({ label }) => label), ...page.charts.map(({ title }) => title)] : [];
  const labels = [...parts, ...fieldsOf(page).map((field) => field.label)];
  return `There is no “${name}” in ${sentence.page(page)}, only ${sentence.list(labels)}.`;
}

function namesIn(change: Change): readonly string[] {
  if (change.kind === 'remove') return change.names;
  if (change.kind === 'rename') return [change.from];
  if (change.kind !== 'feature') return [];
  const { feature } = change;
  if ('on' in feature) return feature.on === 'all' ? [] : feature.on;
  return feature.kind === 'startSort' && feature.by !== 'newest' && feature.by !== 'oldest' ? [feature.by] : [];
}

function formReason(feature: Feature): string {
  if (feature.kind === 'steps') return 'I can make a new form in steps, but not split one that is there.';
  return 'On a form I can change fields, what is required, the title and the button.';
}

/** By the kind of the feature; what is not here fits every table. */
const tableReasons: Readonly<Partial<Record<Feature['kind'], string>>> = {
  badge: 'A badge needs a column with a few known values.',
  search: 'There is no text to search in.',
  filter: 'A filter needs a column with a few known values.',
  startSort: 'There is no date to sort by.',
  paging: `A page can show 1 to ${MOST_PAGE_SIZE} rows.`,
  rows: `I make at most ${MOST_SAMPLE_ROWS} sample rows.`,
};
