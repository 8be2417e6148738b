import { clashIn } from './buildTable.ts';
import type { DashboardSpec } from './pageSpec.ts';
import { usualColumns } from './pageVocabulary.ts';
import { pattern } from './pattern.ts';
import { numberIn } from './readFeature.ts';
import { readList } from './readList.ts';
import { sampleRows } from './sampleRows.ts';
import { words } from './words.ts';

export type DashboardTable = NonNullable<DashboardSpec['table']>;

/** A dashboard's table is a glance, not a list. */
const TABLE_ROWS = 5;
const MOST_TABLE_ROWS = 20;

const recent = '(?:most recent|recent|latest|last|newest|top(?:[ -]selling)?|best[ -]selling)';
const count = '(?:\\d+|three|five|six|eight|ten|twenty)';

/** Whether an item of a dashboard's parts is a table: `a list of orders`, `orders table`, `recent orders`. */
export function isTable(item: string): boolean {
  return headOf(item) !== null;
}

/**
 * Reads `a table of recent orders with customer and total`, `the 10 latest orders` or `recent orders`: a table of a few
 * sample rows. Null where the columns are neither said nor known, or where one isn't understood.
 */
export function readDashboardTable(text: string): DashboardTable | null {
  const head = headOf(text);
  if (!head) return null;
  const noun = words.many(head.noun);
  const listed = head.list ?? usualColumns[noun] ?? (head.adjective === '' ? undefined : usualColumns['items']);
  if (listed === undefined) return null;
  const list = readList(listed, noun);
  if (list.kind === 'unread' || list.features.some((feature) => feature.kind !== 'nothing')) return null;
  const columns = list.fields.map((read) => read.field);
  const rows = head.count ?? TABLE_ROWS;
  if (columns.length === 0 || clashIn(columns) !== null || !(rows > 0 && rows <= MOST_TABLE_ROWS)) return null;
  const title = words.title(`${head.adjective} ${head.adjective === '' ? noun : head.noun}`);
  return { title, columns, rows: sampleRows(columns, noun, rows) };
}

interface Head {
  /** `recent`, `latest`, or empty. */
  readonly adjective: string;
  readonly noun: string;
  readonly count: number | null;
  /** Its columns in the person's words; null if none were said. */
  readonly list: string | null;
}

function headOf(text: string): Head | null {
  const of = pattern`
    ^(?:an?\x20|the\x20)?(?:(?:sortable|small|short|data)\x20)*(?:table|list)\s+(?:of|with|for|showing|listing)\s+(.*)$
  `.exec(text);
  const [phrase, list] = splitColumns(of?.[1] ?? text);
  const plain = phrase.replace(/^(?:an?|the|all|my|our)\s+/i, '').toLowerCase();
  const own = /^(.+?)\s+(?:table|list)$/.exec(plain);
  const found = new RegExp(
    `^(?:(${count})\\s+)?(?:(${recent})\\s+)?(?:(${count})\\s+)?([a-z][a-z-]*(?: [a-z][a-z-]*){0,2})$`,
  ).exec(own?.[1] ?? plain);
  if (!found?.[4] || (of === null && own === null && found[2] === undefined)) return null;
  const number = found[1] ?? found[3];
  return {
    adjective: found[2] ?? '',
    noun: found[4],
    count: number === undefined ? null : numberIn(number),
    list,
  };
}

/** `orders (customer, total)`, `orders with customer and total`, `orders: customer, total`. */
function splitColumns(text: string): readonly [string, string | null] {
  const found =
    /^([^():]+?)\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)$/.exec(text) ??
    /^([^():]+?)(?:\s+(?:with|showing|listing)\s+|:\s*)(.+)$/i.exec(text);
  return [(found?.[1] ?? text).trim(), found?.[2]?.replace(/^(?:the\s+)?columns?:?\s+/i, '') ?? null];
}
