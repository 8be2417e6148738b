/**
 * What a page is made of: read from a sentence or recovered from a page that Builder made, and all that the writers
 * need.
 */
export type PageSpec = TableSpec | FormSpec | DashboardSpec;

/** A table of rows; with `crud` its rows can also be added, edited and deleted. */
export interface TableSpec {
  readonly kind: 'table' | 'crud';
  /** File name without its ending: lower case words joined by hyphens. */
  readonly name: string;
  readonly title: string;
  readonly noun: Noun;
  readonly columns: readonly Field[];
  readonly rows: readonly Row[];
  readonly startSort: { readonly key: string; readonly descending: boolean } | null;
  readonly searchIn: readonly string[];
  readonly filterBy: readonly string[];
  /** Rows on a page; null shows all of them. */
  readonly pageSize: number | null;
}

export interface FormSpec {
  readonly kind: 'form' | 'steps';
  readonly name: string;
  readonly title: string;
  readonly button: string;
  /** A plain form has exactly one step. In a form in steps the last one lists all answers. */
  readonly steps: readonly Step[];
}

export interface DashboardSpec {
  readonly kind: 'dashboard';
  readonly name: string;
  readonly title: string;
  readonly metrics: readonly Metric[];
  readonly charts: readonly Chart[];
  readonly table: { readonly title: string; readonly columns: readonly Field[]; readonly rows: readonly Row[] } | null;
}

export interface Noun {
  readonly one: string;
  readonly many: string;
}

export interface Step {
  readonly title: string;
  readonly fields: readonly Field[];
}

export interface Metric {
  readonly label: string;
  readonly type: 'number' | 'money' | 'percent';
  readonly value: number;
  /** Against the period before, in percent. */
  readonly change: number;
}

export interface Chart {
  readonly title: string;
  readonly kind: 'bar' | 'line';
  readonly type: 'number' | 'money' | 'percent';
  readonly points: readonly Point[];
}

export interface Point {
  readonly label: string;
  readonly value: number;
}

export type Value = string | number | boolean;
export type Row = Readonly<Record<string, Value>>;

export const fieldTypes = [
  'text',
  'longText',
  'email',
  'phone',
  'url',
  'image',
  'number',
  'money',
  'percent',
  'date',
  'time',
  'boolean',
  'password',
  'select',
  'badge',
] as const;
export type FieldType = (typeof fieldTypes)[number];

export const badgeColors = ['green', 'blue', 'amber', 'red', 'purple', 'gray'] as const;
export type BadgeColor = (typeof badgeColors)[number];

/**
 * One column or form field, written into the generated files exactly as it stands here. A badge's options are the keys
 * of `colors`.
 */
export interface Field {
  readonly key: string;
  readonly label: string;
  readonly type: FieldType;
  readonly sort?: true;
  readonly required?: true;
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  /** ISO 4217 code of a `money` field. */
  readonly currency?: string;
  readonly options?: readonly string[];
  readonly colors?: Readonly<Record<string, BadgeColor>>;
  /** Key of the field that must hold the same value. */
  readonly matches?: string;
}

const fieldKeys = [
  'key',
  'label',
  'type',
  'sort',
  'required',
  'min',
  'max',
  'minLength',
  'maxLength',
  'currency',
  'options',
  'colors',
  'matches',
] as const;

/** The field with its properties in the one order that files are written in, whatever order they were found in. */
export function inOrder(field: Field): Record<string, unknown> {
  return Object.fromEntries(fieldKeys.filter((key) => field[key] !== undefined).map((key) => [key, field[key]]));
}

/** The values a select or badge offers, in order; empty for every other type. */
export function optionsOf(field: Field): readonly string[] {
  if (field.type === 'badge') return Object.keys(field.colors ?? {});
  if (field.type === 'boolean') return ['Yes', 'No'];
  return field.options ?? [];
}

/** All fields of a form, or the columns of a page's table, in order. */
export function fieldsOf(page: PageSpec): readonly Field[] {
  if ('steps' in page) return page.steps.flatMap((step) => step.fields);
  return 'metrics' in page ? (page.table?.columns ?? []) : page.columns;
}
