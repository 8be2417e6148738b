import { applyFeature, rowsForPaging } from './applyFeature.ts';
import { usualColumns } from './pageVocabulary.ts';
import type { Field, TableSpec } from './pageSpec.ts';
import type { ReadField } from './readField.ts';
import { readList, type Unread } from './readList.ts';
import type { Parts, Reading } from './readRequest.ts';
import { SAMPLE_ROWS, sampleRows } from './sampleRows.ts';
import { words } from './words.ts';

/** Where a table with neither a noun nor columns starts; every part of it can be changed by a next message. */
const PLAIN_NOUN = 'items';

/** Makes a table or a CRUD page of what was read; unread if a feature doesn't fit or too little was said. */
export function buildTable(parts: Parts): Reading | Unread {
  const { headline } = parts;
  const many = words.many(headline.about === '' ? PLAIN_NOUN : headline.about);
  const usual = parts.fields.length === 0 ? usualFields(many) : parts.fields;
  if (!usual) return { kind: 'lacking', lacks: 'columns', page: `${headline.about} table` };
  const kind = headline.kind === 'crud' || parts.features.some((feature) => feature.kind === 'crud') ? 'crud' : 'table';
  const columns = usual.map((read, index) => toColumn(read, index, kind));
  const clash = clashIn(columns);
  if (clash !== null) return { kind: 'unread', words: clash };
  let spec: TableSpec = {
    kind,
    name: words.kebab(many),
    title: words.title(headline.title ?? many),
    noun: { one: words.one(many), many },
    columns,
    rows: [],
    startSort: null,
    searchIn: [],
    filterBy: [],
    pageSize: null,
  };
  for (const feature of parts.features) {
    const next = applyFeature(spec, feature);
    if (!next) return { kind: 'unread', words: describe(feature) };
    spec = next;
  }
  const count =
    spec.rows.length > 0 ? spec.rows.length : spec.pageSize === null ? SAMPLE_ROWS : rowsForPaging(spec.pageSize);
  return {
    kind: 'create',
    spec: { ...spec, rows: sampleRows(spec.columns, many, count) },
    assumed: parts.fields.length === 0 ? 'columns' : null,
    guessedOptions: parts.fields.filter((read) => read.guessedOptions).map((read) => read.field),
    asksForReact: headline.asksForReact,
  };
}

function usualFields(many: string): readonly ReadField[] | null {
  const last = many.split(' ').at(-1) ?? '';
  const known = usualColumns[many] ?? usualColumns[last];
  const read = known === undefined ? null : readList(known, many);
  return read?.kind === 'list' ? read.fields : null;
}

/** On a CRUD page the first column names the row, so it can't stay empty. */
function toColumn(read: ReadField, index: number, kind: TableSpec['kind']): Field {
  const required = kind === 'crud' && (read.required ?? index === 0);
  return required ? { ...read.field, required } : read.field;
}

/** The label of a column that can't be: written twice, or a secret that no table should show. */
export function clashIn(columns: readonly Field[]): string | null {
  const secret = columns.find((column) => column.type === 'password');
  const twice = columns.find((column, index) => columns.findIndex((each) => each.key === column.key) !== index);
  return (secret ?? twice)?.label ?? null;
}

function describe(feature: Parts['features'][number]): string {
  if (feature.kind === 'startSort')
    return feature.by === 'newest' || feature.by === 'oldest' ? `${feature.by} first` : `sorted by ${feature.by}`;
  return 'on' in feature && feature.on !== 'all' ? `${feature.kind} ${feature.on.join(', ')}` : feature.kind;
}
