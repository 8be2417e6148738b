import { applyFeature, findField, findFields } from './applyFeature.ts';
import { toFormField } from './buildForm.ts';
import type { DashboardSpec, Field, FormSpec, PageSpec, Step, TableSpec } from './pageSpec.ts';
import { MOST_CHARTS, MOST_METRICS } from './readDashboard.ts';
import type { Change, Place, Removable } from './readChanges.ts';
import type { ReadField } from './readField.ts';
import { sampleRows } from './sampleRows.ts';
import { unfitReason, type Unfit } from './unfitReason.ts';
import { words } from './words.ts';

export type ChangedPage =
  { readonly kind: 'changed'; readonly spec: PageSpec } | ({ readonly kind: 'refusal' } & Unfit);

/** Applies every change to a page, or none: the first that doesn't fit is the reason of the refusal. */
export function changePage(spec: PageSpec, changes: readonly Change[]): ChangedPage {
  let changed = spec;
  for (const change of changes) {
    const next = changeOnce(changed, change);
    if (next === null) return { kind: 'refusal', ...unfitReason(changed, change) };
    if (typeof next === 'string') return { kind: 'refusal', reason: next, asks: true };
    changed = next;
  }
  return { kind: 'changed', spec: changed };
}

/** The changed page; the reason in what is there why it can't be, or null where `unfitReason` knows it. */
function changeOnce(spec: PageSpec, change: Change): PageSpec | string | null {
  if (change.kind === 'title') return { ...spec, title: change.text };
  if (change.kind === 'feature' && change.feature.kind === 'title')
    return { ...spec, title: words.title(change.feature.text) };
  if ('metrics' in spec) return changeDashboard(spec, change);
  return 'steps' in spec ? changeForm(spec, change) : changeTable(spec, change);
}

/** A dashboard gets and loses figures and charts; the columns of its table can be renamed and removed. */
function changeDashboard(spec: DashboardSpec, change: Change): DashboardSpec | string | null {
  if (change.kind === 'chart') {
    const { chart } = change;
    if (spec.charts.some(({ title }) => words.same(title, chart.title))) return `${chart.title} is already there.`;
    if (spec.charts.length >= MOST_CHARTS) return `More than ${MOST_CHARTS} charts are no overview.`;
    return { ...spec, charts: [...spec.charts, chart] };
  }
  if (change.kind === 'metric') {
    const { metric } = change;
    if (spec.metrics.some(({ label }) => words.same(label, metric.label))) return `${metric.label} is already there.`;
    if (spec.metrics.length >= MOST_METRICS) return `More than ${MOST_METRICS} figures are no overview.`;
    return { ...spec, metrics: [...spec.metrics, metric] };
  }
  const fewer = change.kind === 'remove' ? withoutParts(spec, change.names) : null;
  if (fewer || !spec.table) return fewer;
  const columns = changeFields(spec.table.columns, change);
  if (columns === null || typeof columns === 'string') return columns;
  return { ...spec, table: { ...spec.table, columns, rows: keepKeys(spec.table.rows, columns) } };
}

/** Without the figures and charts of these names; null if one of them is neither. */
function withoutParts(spec: DashboardSpec, names: readonly string[]): DashboardSpec | string | null {
  let { metrics, charts } = spec;
  for (const name of names) {
    const plain = name.replace(/\s+(?:card|figure|kpi|metric|tile|stat|chart|graph)$/i, '');
    const saysChart = /(?:chart|graph)$/i.test(name);
    const fewer = saysChart ? metrics : metrics.filter((metric) => !words.same(metric.label, plain));
    const gone = charts.filter(({ title }) =>
      [title, title.replace(/ by \w+$/, '')].some((each) => words.same(each, plain)),
    );
    if (fewer.length === metrics.length && gone.length === 0) return null;
    if (fewer.length === metrics.length) charts = charts.filter((chart) => !gone.includes(chart));
    metrics = fewer;
  }
  return metrics.length + charts.length === 0 ? 'Nothing would be left.' : { ...spec, metrics, charts };
}

function changeTable(spec: TableSpec, change: Change): TableSpec | string | null {
  if (change.kind === 'feature') return applyFeature(spec, change.feature);
  if (change.kind === 'without') return change.what.reduce(without, spec);
  if (change.kind === 'add') return addColumns(spec, change.fields, change.place);
  const columns = changeFields(spec.columns, change);
  if (columns === null || typeof columns === 'string') return columns;
  const kept = (keys: readonly string[]) => keys.filter((key) => columns.some((column) => column.key === key));
  const startSort = spec.startSort && kept([spec.startSort.key]).length > 0 ? spec.startSort : null;
  return {
    ...spec,
    columns,
    startSort,
    searchIn: kept(spec.searchIn),
    filterBy: kept(spec.filterBy),
    rows: keepKeys(spec.rows, columns),
  };
}

function without(spec: TableSpec, what: Removable): TableSpec {
  switch (what) {
    case 'sorting':
      return { ...spec, startSort: null, columns: spec.columns.map(({ sort: _, ...column }) => column) };
    case 'search':
      return { ...spec, searchIn: [] };
    case 'filters':
      return { ...spec, filterBy: [] };
    case 'paging':
      return { ...spec, pageSize: null };
  }
}

/** A new column sorts if all the others do, and is searched if all texts are. */
function addColumns(spec: TableSpec, added: readonly ReadField[], place: Place | null): TableSpec | string {
  const sorts = spec.columns.every((column) => column.sort || column.type === 'image');
  const fields = added.map(({ field, required }): Field => {
    const { key, label, type, ...rest } = field;
    const sort = sorts && type !== 'image' ? { sort: true as const } : {};
    return { key, label, type, ...sort, ...(required && spec.kind === 'crud' && { required }), ...rest };
  });
  const columns = insert(spec.columns, fields, place);
  if (typeof columns === 'string') return columns;
  const secret = fields.find((field) => field.type === 'password');
  if (secret) return 'A table should not show passwords.';
  const fresh = sampleRows(columns, spec.noun.many, spec.rows.length);
  const rows = spec.rows.map((row, index) =>
    Object.fromEntries(columns.map((column) => [column.key, row[column.key] ?? fresh[index]?.[column.key] ?? ''])),
  );
  return { ...spec, columns, rows };
}

function insert(fields: readonly Field[], added: readonly Field[], place: Place | null): readonly Field[] | string {
  const twice = added.find((field) => fields.some((each) => each.key === field.key));
  if (twice) return `${twice.label} is already there.`;
  if (place === null) return [...fields, ...added];
  const anchor = place.side === 'first' ? fields[0] : findField(fields, place.name);
  if (!anchor) return `There is no ${place.name} here.`;
  const at = fields.indexOf(anchor) + (place.side === 'after' ? 1 : 0);
  return [...fields.slice(0, at), ...added, ...fields.slice(at)];
}

/** Renames and removals, which are the same everywhere; null for other changes and for names that aren't there. */
function changeFields(fields: readonly Field[], change: Change): readonly Field[] | null | string {
  if (change.kind === 'rename') {
    const field = findField(fields, change.from);
    if (!field) return null;
    if (fields.some((each) => each !== field && words.same(each.label, change.to)))
      return `${change.to} is already there.`;
    return fields.map((each) => (each === field ? { ...each, label: change.to } : each));
  }
  if (change.kind !== 'remove') return null;
  const found = findFields(fields, change.names);
  if (!found) return null;
  const left = fields.filter((field) => !found.includes(field));
  if (left.length === 0) return 'Nothing would be left.';
  if (left.some((field) => found.some((gone) => gone.key === field.matches))) return 'Another field repeats that one.';
  return left;
}

function keepKeys(rows: TableSpec['rows'], columns: readonly Field[]): TableSpec['rows'] {
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column.key, row[column.key] ?? ''])));
}

function changeForm(spec: FormSpec, change: Change): FormSpec | string | null {
  const all = spec.steps.flatMap((step) => step.fields);
  if (change.kind === 'add') return addToForm(spec, all, change);
  if (change.kind === 'feature') return changeFormFeature(spec, all, change);
  const fields = changeFields(all, change);
  return fields === null || typeof fields === 'string' ? fields : withFields(spec, fields);
}

function changeFormFeature(
  spec: FormSpec,
  all: readonly Field[],
  change: Change & { kind: 'feature' },
): FormSpec | string | null {
  const { feature } = change;
  if (feature.kind === 'button') return { ...spec, button: feature.text };
  if (feature.kind !== 'required' && feature.kind !== 'optional') return null;
  const found = findFields(all, feature.on);
  if (!found) return null;
  return withFields(
    spec,
    all.map((field) => (found.includes(field) ? withRequired(field, feature.kind === 'required') : field)),
  );
}

function withRequired({ required: _, key, label, type, ...rest }: Field, required: boolean): Field {
  return { key, label, type, ...rest, ...(required && { required: true as const }) };
}

function addToForm(spec: FormSpec, all: readonly Field[], change: Change & { kind: 'add' }): FormSpec | string {
  const fields = change.fields.map((read) => toFormField(read, change.fields));
  const inserted = insert(all, fields, change.place);
  if (typeof inserted === 'string') return inserted;
  const anchor =
    change.place === null ? all.at(-1) : change.place.side === 'first' ? all[0] : findField(all, change.place.name);
  const steps = spec.steps.map((step): Step => {
    if (!anchor || !step.fields.includes(anchor)) return step;
    const own = insert(step.fields, fields, change.place);
    return typeof own === 'string' ? step : { ...step, fields: own };
  });
  return { ...spec, steps };
}

/** The same steps with changed fields; a step that lost its last field is gone, but for the review at the end. */
function withFields(spec: FormSpec, fields: readonly Field[]): FormSpec | string {
  const steps = spec.steps
    .map((step) => ({ ...step, fields: fields.filter((field) => step.fields.some((each) => each.key === field.key)) }))
    .filter((step, index) => step.fields.length > 0 || index === spec.steps.length - 1);
  if (spec.kind === 'steps' && steps.length < 2) return 'Only one step would be left.';
  return { ...spec, steps };
}
