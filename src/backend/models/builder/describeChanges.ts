import { findField, findFields } from './applyFeature.ts';
import { changePage } from './changePage.ts';
import { fieldsOf, type DashboardSpec, type Field, type PageSpec, type TableSpec } from './pageSpec.ts';
import type { Change } from './readChanges.ts';
import type { Feature } from './readFeature.ts';
import { sentence } from './sentence.ts';
import { words } from './words.ts';

/**
 * What was done to a page that stood as `page`: a sentence for each change, in the order they were asked for. A change
 * that was so already, or that doesn't fit, has none.
 */
export function describeChanges(page: PageSpec, changes: readonly Change[]): readonly string[] {
  const said: string[] = [];
  let before = page;
  for (const change of changes) {
    const changed = changePage(before, [change]);
    if (changed.kind === 'refusal') break;
    const after = changed.spec;
    if (JSON.stringify(before) !== JSON.stringify(after)) said.push(describe(before, change, after));
    before = after;
  }
  return said;
}

function describe(before: PageSpec, change: Change, after: PageSpec): string {
  const noun = 'steps' in after ? 'field' : 'column';
  const part = (fields: readonly Field[]) => `${noun}${fields.length === 1 ? '' : 's'} ${sentence.names(fields)}`;
  switch (change.kind) {
    case 'add': {
      const added = missingIn(before, after);
      const article = added.length === 1 ? 'a' : 'the';
      return `Added ${article} ${part(added)} to ${sentence.page(after)}${qualities(added, after)}.`;
    }
    case 'remove':
      if ('metrics' in before && 'metrics' in after && missingIn(after, before).length === 0)
        return `Removed ${sentence.list(partsGone(before, after))} from ${sentence.page(after)}.`;
      return `Removed the ${part(missingIn(after, before))} from ${sentence.page(after)}.`;
    case 'rename':
      return `Renamed the ${noun} *${findField(fieldsOf(before), change.from)?.label ?? change.from}* to *${change.to}*.`;
    case 'without':
      return `Took the ${sentence.list(change.what)} out of ${sentence.page(after)}.`;
    case 'chart':
      return `Added a chart *${change.chart.title}* with sample values.`;
    case 'metric':
      return `Added the figure *${change.metric.label}* with a sample value.`;
    case 'title':
      return `The heading is now “${after.title}”.`;
    case 'feature':
      return describeFeature(change.feature, before, after);
  }
}

/** What a person would otherwise have to try out. */
function qualities(added: readonly Field[], page: PageSpec): string {
  if (!('steps' in page)) {
    const sorts = added.every((field) => field.sort) ? ', sortable like the others' : '';
    return `${sorts}, with sample values`;
  }
  if (added.every((field) => field.required)) return ', required';
  return added.some((field) => field.required) ? '' : ', optional';
}

function partsGone(before: DashboardSpec, after: DashboardSpec): string[] {
  const figures = before.metrics.filter((metric) => !after.metrics.includes(metric)).map(({ label }) => label);
  const charts = before.charts.filter((chart) => !after.charts.includes(chart)).map(({ title }) => title);
  return [...figures.map((label) => `the figure *${label}*`), ...charts.map((title) => `the chart *${title}*`)];
}

/** The fields of `other` that `page` doesn't have. */
function missingIn(page: PageSpec, other: PageSpec): readonly Field[] {
  const keys = new Set(fieldsOf(page).map((field) => field.key));
  return fieldsOf(other).filter((field) => !keys.has(field.key));
}

function describeFeature(feature: Feature, before: PageSpec, after: PageSpec): string {
  if (feature.kind === 'button') return `The button now says “${feature.text}”.`;
  if (feature.kind === 'title') return `The heading is now “${after.title}”.`;
  if ('on' in feature) return describeFields(feature, before, after);
  return 'noun' in after ? describeTable(feature, after) : '';
}

function describeTable(feature: Feature, table: TableSpec): string {
  const { noun, columns, rows, startSort, pageSize } = table;
  if (feature.kind === 'startSort' && startSort) {
    const by = sentence.names(columns.filter((column) => column.key === startSort.key));
    return `The table now starts sorted by ${by}, ${startSort.descending ? 'descending' : 'ascending'}.`;
  }
  if (feature.kind === 'crud') return `${words.title(noun.many)} can now be added, edited and deleted.`;
  return feature.kind === 'paging'
    ? `The table now shows ${String(pageSize)} ${noun.many} a page.`
    : `There are now ${rows.length} sample ${noun.many}.`;
}

type FieldFeature = Extract<Feature, { on: readonly string[] | 'all' }>;

function describeFields(feature: FieldFeature, before: PageSpec, after: PageSpec): string {
  if ('noun' in after && feature.kind === 'search') return `Added a search over ${named(after, after.searchIn)}.`;
  if ('noun' in after && 'noun' in before && feature.kind === 'filter') {
    const fresh = after.filterBy.filter((key) => !before.filterBy.includes(key));
    return `Added a filter by ${named(after, fresh)}.`;
  }
  const fields = findFields(fieldsOf(after), feature.on) ?? [];
  const [only] = fields;
  const names = feature.on === 'all' ? `Every ${'steps' in after ? 'field' : 'column'}` : sentence.names(fields);
  const single = feature.on === 'all' || fields.length === 1;
  switch (feature.kind) {
    case 'sort':
      return `${names} now ${single ? 'sorts' : 'sort'} by click or keyboard.`;
    case 'badge':
      return only && fields.length === 1
        ? `${names} is now a colored badge: ${sentence.someOptions(only)}.`
        : `${names} ${single ? 'is' : 'are'} now shown as colored badges.`;
    case 'minLength':
      return `${names} now ${single ? 'needs' : 'need'} at least ${feature.count} characters.`;
    default:
      return `${names} ${single ? 'is' : 'are'} now ${feature.kind}.`;
  }
}

function named(spec: TableSpec, keys: readonly string[]): string {
  return sentence.names(spec.columns.filter((column) => keys.includes(column.key)));
}
