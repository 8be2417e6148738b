import * as z from 'zod';
import { literal } from './literal.ts';
import {
  badgeColors,
  fieldTypes,
  type DashboardSpec,
  type FormSpec,
  type PageSpec,
  type TableSpec,
} from './pageSpec.ts';

const Field = z.strictObject({
  key: z.string().regex(/^[A-Za-z_][\w]*$/),
  label: z.string().min(1),
  type: z.enum(fieldTypes),
  sort: z.literal(true).exactOptional(),
  required: z.literal(true).exactOptional(),
  min: z.number().exactOptional(),
  max: z.number().exactOptional(),
  minLength: z.int().exactOptional(),
  maxLength: z.int().exactOptional(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .exactOptional(),
  options: z.array(z.string()).exactOptional(),
  colors: z.record(z.string(), z.enum(badgeColors)).exactOptional(),
  matches: z.string().exactOptional(),
});
const Rows = z.array(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])));
const Columns = z.array(Field).min(1);
const Keys = z.array(z.string()).default([]);
const Steps = z.array(z.strictObject({ title: z.string(), fields: z.array(Field) })).min(2);
const valueType = z.enum(['number', 'money', 'percent']);
const Metrics = z
  .array(z.strictObject({ label: z.string(), type: valueType, value: z.number(), change: z.number() }))
  .default([]);
const Charts = z
  .array(
    z.strictObject({
      title: z.string(),
      kind: z.enum(['bar', 'line']),
      type: valueType,
      points: z.array(z.strictObject({ label: z.string(), value: z.number() })),
    }),
  )
  .default([]);

/** Where a page stands in texts: its data lists in `code`, its headings in `markup` (the same text for a component). */
export interface PageSource {
  readonly name: string;
  readonly code: string;
  readonly markup: string;
}

/**
 * Reads a page that Builder made back from its own files; they are all that is remembered of it. Null if its data is no
 * longer plain data, or its headings can't be found.
 */
export function recoverPage(source: PageSource): PageSpec | null {
  const title = textOf(/<h1(?: id="[\w-]+")?>([^<{}]+)<\/h1>/, source.markup);
  if (title === null) return null;
  try {
    if (/^const (fields|steps)\b/m.test(source.code)) return recoverForm(source, title);
    if (/^const (metrics|charts)\b/m.test(source.code)) return recoverDashboard(source, title);
    return recoverTable(source, title);
  } catch (error) {
    if (error instanceof z.ZodError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A list that is there but isn't plain data any more must not pass for one that isn't there. */
function data(code: string, name: string): unknown {
  const value = literal.readConst(code, name);
  if (value === undefined && new RegExp(`\\b${name} =`).test(code)) throw new SyntaxError(`${name} is no plain data`);
  return value;
}

function textOf(pattern: RegExp, text: string): string | null {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) return null;
  return found
    .trim()
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#123;/g, '{')
    .replace(/&#125;/g, '}')
    .replace(/&amp;/g, '&');
}

function recoverTable({ name, code }: PageSource, title: string): TableSpec | null {
  const noun = /^ *const noun = found\.length === 1 \? (['"])(.+)\1 : (['"])(.+)\3;$/m.exec(code);
  const sort = /sortBy: '(\w+)', descending: (true|false)|\{ key: '(\w+)', descending: (true|false) \}/.exec(code);
  const crud = /^const sampleRows\b/m.test(code);
  if (!noun?.[2] || !noun[4]) return null;
  const key = sort?.[1] ?? sort?.[3];
  return {
    kind: crud ? 'crud' : 'table',
    name,
    title,
    noun: { one: noun[2], many: noun[4] },
    columns: Columns.parse(data(code, 'columns')),
    rows: Rows.parse(data(code, crud ? 'sampleRows' : 'rows')),
    startSort: key === undefined ? null : { key, descending: (sort?.[2] ?? sort?.[4]) === 'true' },
    searchIn: Keys.parse(data(code, 'searchIn')),
    filterBy: Keys.parse(data(code, 'filterBy')),
    pageSize: z.int().positive().nullable().default(null).parse(data(code, 'pageSize')),
  };
}

function recoverForm({ name, code, markup }: PageSource, title: string): FormSpec | null {
  const stepped = /^const steps\b/m.test(code);
  const button = stepped ? /=== (?:last|steps\.length - 1) \? (?:'([^'\n]+)'|"([^"\n]+)")/.exec(code) : null;
  const label = stepped
    ? (button?.[1] ?? button?.[2] ?? null)
    : textOf(/<button (?:class|className)="primary">([^<{}]+)<\/button>/, markup);
  if (label === null) return null;
  const steps = stepped
    ? Steps.parse(data(code, 'steps'))
    : [{ title: 'Details', fields: Columns.parse(data(code, 'fields')) }];
  return { kind: stepped ? 'steps' : 'form', name, title, button: label, steps };
}

function recoverDashboard({ name, code, markup }: PageSource, title: string): DashboardSpec | null {
  const tableTitle = textOf(/<h2 id="[\w-]*table-title">([^<{}]+)<\/h2>/, markup);
  const columns = tableTitle === null ? [] : Columns.parse(data(code, 'columns'));
  return {
    kind: 'dashboard',
    name,
    title,
    metrics: Metrics.parse(data(code, 'metrics')),
    charts: Charts.parse(data(code, 'charts')),
    table: tableTitle === null ? null : { title: tableTitle, columns, rows: Rows.parse(data(code, 'rows')) },
  };
}
