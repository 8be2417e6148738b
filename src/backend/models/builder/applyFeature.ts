import { optionsOf, type Field, type TableSpec } from './pageSpec.ts';
import { asBadge } from './readField.ts';
import type { Feature } from './readFeature.ts';
import { sampleRows } from './sampleRows.ts';
import { words } from './words.ts';

/** What a page shows where `paging` came without a number; many tables of the web start with ten. */
const USUAL_PAGE_SIZE = 10;
/** A longer page is no page any more. */
export const MOST_PAGE_SIZE = 100;
/** Sample rows are there to look at, not to fill a file: a few pages of them, never more than this. */
export const MOST_SAMPLE_ROWS = 40;
const SAMPLE_PAGES = 2.4;

/** A table with the feature added, or null if the feature makes no sense for it or names a column that isn't there. */
export function applyFeature(spec: TableSpec, feature: Feature): TableSpec | null {
  switch (feature.kind) {
    case 'sort':
      return eachColumn(spec, feature.on, (column) => sortable(column));
    case 'badge':
      return eachColumn(spec, feature.on, (column) => asBadge(column, spec.noun.many, seenValues(spec, column)));
    case 'required':
      return spec.kind === 'crud' ? eachColumn(spec, feature.on, (column) => ({ ...column, required: true })) : null;
    case 'optional':
      return spec.kind === 'crud' ? eachColumn(spec, feature.on, ({ required: _, ...column }) => column) : null;
    case 'valid':
      return spec.kind === 'crud' && findFields(spec.columns, feature.on) ? spec : null;
    case 'minLength':
      return spec.kind === 'crud' ? eachColumn(spec, feature.on, (column) => atLeast(column, feature.count)) : null;
    case 'startSort':
      return withStartSort(spec, feature.by, feature.descending);
    case 'search':
      return withSearch(spec, feature.on);
    case 'filter':
      return withFilter(spec, feature.on);
    case 'paging':
      return withPaging(spec, feature.size ?? USUAL_PAGE_SIZE);
    case 'rows':
      return feature.count > MOST_SAMPLE_ROWS ? null : withRows(spec, feature.count);
    case 'title':
      return { ...spec, title: words.title(feature.text) };
    case 'crud':
      return spec.kind === 'crud' ? spec : withEditing(spec);
    case 'nothing':
      return spec;
    case 'steps':
    case 'button':
      return null;
  }
}

function sortable({ key, label, type, ...rest }: Field): Field {
  return type === 'image' ? { key, label, type, ...rest } : { key, label, type, sort: true, ...rest };
}

/** A text of at least so many characters; null for what isn't a text. */
export function atLeast(field: Field, count: number): Field | null {
  return /^(text|longText|password|phone)$/.test(field.type) ? { ...field, minLength: count } : null;
}

/** The field a person means by `name`: its label, or its last words, or else its first, if only one label has them. */
export function findField(fields: readonly Field[], name: string): Field | null {
  const wanted = name.replace(/^(the|its)\s+/i, '').replace(/\s+(columns?|fields?|inputs?|headers?)$/i, '');
  const exact = fields.find(
    (field) => words.same(field.label, wanted) || field.key.toLowerCase() === wanted.toLowerCase(),
  );
  if (exact) return exact;
  const ending = fields.filter((field) => field.label.toLowerCase().endsWith(` ${wanted.toLowerCase()}`));
  const starting = fields.filter((field) => field.label.toLowerCase().startsWith(`${wanted.toLowerCase()} `));
  const [only, ...others] = ending.length > 0 ? ending : starting;
  return others.length === 0 ? (only ?? null) : null;
}

/** The fields named, in the order of the page; null if one of them isn't there. */
export function findFields(fields: readonly Field[], names: readonly string[] | 'all'): readonly Field[] | null {
  if (names === 'all') return fields;
  const found = names.map((name) => findField(fields, name));
  return found.includes(null) ? null : fields.filter((field) => found.includes(field));
}

function eachColumn(
  spec: TableSpec,
  on: readonly string[] | 'all',
  change: (column: Field) => Field | null,
): TableSpec | null {
  const found = findFields(spec.columns, on);
  if (!found) return null;
  const columns: Field[] = [];
  for (const column of spec.columns) {
    const changed = found.includes(column) ? change(column) : column;
    if (!changed) return null;
    columns.push(changed);
  }
  return { ...spec, columns };
}

/** Few different words in a text column are its options; many are no badge. */
function seenValues(spec: TableSpec, column: Field): readonly string[] {
  if (column.type !== 'text') return optionsOf(column);
  const seen = [...new Set(spec.rows.map((row) => String(row[column.key] ?? '')).filter(Boolean))];
  return seen.length <= Math.max(2, spec.rows.length / 2) ? seen : [];
}

function withStartSort(spec: TableSpec, by: string, descending: boolean): TableSpec | null {
  const dates = spec.columns.filter((column) => column.type === 'date');
  const column = by === 'newest' || by === 'oldest' ? dates[0] : findField(spec.columns, by);
  if (!column) return null;
  const columns = spec.columns.map((each) => (each === column ? sortable(each) : each));
  return { ...spec, columns, startSort: { key: column.key, descending } };
}

const searchable = /^(text|longText|email|phone|url|select|badge)$/;
const filterable = /^(text|select|badge|boolean)$/;

function withSearch(spec: TableSpec, on: readonly string[] | 'all'): TableSpec | null {
  const named = findFields(spec.columns, on)?.filter((column) => column.type !== 'image');
  if (!named || named.length === 0) return null;
  const texts = named.filter((column) => searchable.test(column.type));
  const found = on === 'all' && texts.length > 0 ? texts : named;
  return { ...spec, searchIn: found.map((column) => column.key) };
}

function withFilter(spec: TableSpec, on: readonly string[] | 'all'): TableSpec | null {
  const found = findFields(spec.columns, on)?.filter((column) => on !== 'all' || optionsOf(column).length > 0);
  if (!found || found.length === 0 || found.some((column) => !filterable.test(column.type))) return null;
  const keys = found.map((column) => column.key);
  return {
    ...spec,
    filterBy: spec.columns
      .map((column) => column.key)
      .filter((key) => spec.filterBy.includes(key) || keys.includes(key)),
  };
}

function withPaging(spec: TableSpec, size: number): TableSpec | null {
  if (!Number.isInteger(size) || size < 1 || size > MOST_PAGE_SIZE) return null;
  return { ...spec, pageSize: size };
}

/** The first column names a row in questions and buttons, so it can't stay empty. */
function withEditing(spec: TableSpec): TableSpec {
  const [first, ...rest] = spec.columns;
  return { ...spec, kind: 'crud', columns: first ? [{ ...first, required: true }, ...rest] : [] };
}

function withRows(spec: TableSpec, count: number): TableSpec {
  return { ...spec, rows: sampleRows(spec.columns, spec.noun.many, count) };
}

/** How many sample rows show the paging at work. */
export function rowsForPaging(size: number): number {
  return Math.min(MOST_SAMPLE_ROWS, Math.ceil(size * SAMPLE_PAGES));
}
