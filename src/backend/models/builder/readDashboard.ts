import { pattern } from './pattern.ts';
import { usualColumns } from './pageVocabulary.ts';
import type { Chart, DashboardSpec, Metric } from './pageSpec.ts';
import { chartOf, readChart } from './readChart.ts';
import { readFeature, type Feature } from './readFeature.ts';
import type { Headline } from './readHeadline.ts';
import { readMetric } from './readMetric.ts';
import { itemsOf, readList, type Unread } from './readList.ts';
import type { Reading } from './readRequest.ts';
import { sampleRows } from './sampleRows.ts';
import { words } from './words.ts';
import { clashIn } from './buildTable.ts';
import { wordTable } from '../../../core/wordTable.ts';

/** More figures or charts than this are no overview. */
export const MOST_METRICS = 8;
export const MOST_CHARTS = 4;
/** A dashboard's table is a glance, not a list. */
const TABLE_ROWS = 5;

/** What a dashboard shows where only its subject was named; the parts in the words of a request. */
const usualParts = wordTable<string>({
  '': 'revenue, orders, customers and conversion rate, a bar chart of revenue by month, a table of recent orders',
  sales: 'revenue, orders, customers and conversion rate, a bar chart of revenue by month, a table of recent orders',
  orders: 'orders, revenue and average order value, a bar chart of orders by month, a table of recent orders',
  shop: 'revenue, orders, customers and conversion rate, a bar chart of revenue by month, a table of recent orders',
  analytics: 'visitors, page views and bounce rate, a line chart of visitors by day',
  users: 'users, new users and active users, a line chart of new users by month, a table of recent users',
  admin: 'users, orders, revenue, a bar chart of revenue by month, a table of recent users',
  support: 'open tickets, closed tickets and response hours, a bar chart of tickets by week, a table of recent tickets',
  finance: 'revenue, cost and profit, a line chart of profit by month, a table of recent invoices',
  projects: 'projects, open tasks and completed tasks, a bar chart of completed tasks by week, a table of recent tasks',
  marketing: 'visitors, leads and conversion rate, a line chart of leads by week',
});

interface Draft {
  readonly metrics: Metric[];
  readonly charts: Chart[];
  table: DashboardSpec['table'];
  title: string | null;
}

/**
 * Makes a dashboard of the headline's list and the sentences after it; unread at the first part that isn't a number,
 * chart or table.
 */
export function buildDashboard(headline: Headline, rest: readonly string[]): Reading | Unread {
  const said = [headline.list, ...rest].map((text) => text.trim()).filter(Boolean);
  const usual = usualParts[headline.about] ?? usualParts[words.many(headline.about)];
  if (said.length === 0 && usual === undefined)
    return { kind: 'lacking', lacks: 'figures', page: `${headline.about} dashboard` };
  const draft: Draft = { metrics: [], charts: [], table: null, title: headline.title };
  for (const text of said.length === 0 ? [usual ?? ''] : said) {
    const unread = readParts(text, draft);
    if (unread !== null) return { kind: 'unread', words: unread };
  }
  const { metrics, charts, table } = draft;
  const [first] = metrics;
  const drawsFirst = first !== undefined && charts.length === 0 && table === null;
  if (drawsFirst) charts.push(chartOf(first.label.toLowerCase(), 'bar', 'month', undefined));
  if (metrics.length + charts.length === 0) return { kind: 'unread', words: 'dashboard' };
  if (metrics.length > MOST_METRICS || charts.length > MOST_CHARTS) return { kind: 'unread', words: 'so many parts' };
  const title = words.title(draft.title ?? (headline.about === '' ? 'Dashboard' : `${headline.about} dashboard`));
  const name = headline.about === '' ? 'dashboard' : `${words.kebab(headline.about)}-dashboard`;
  return {
    kind: 'create',
    spec: { kind: 'dashboard', name, title, metrics, charts, table },
    assumed: said.length === 0 ? 'parts' : drawsFirst ? 'chart' : null,
    guessedOptions: [],
    asksForReact: headline.asksForReact,
  };
}

function readParts(text: string, draft: Draft): string | null {
  const plain = text
    .replace(/^(?:it should |it must |also |please )*(?:add|show|include|have|has|shows|includes)\s+/i, '')
    .replace(/^(?:the )?(?:parts?|following)\s*:?\s*/i, '');
  const table = pattern`
      (?:^|,\s*|\s+and\s+)((?:a |the )?(?:(?:sortable|small) )?(?:table|list) (?:of|with
      |for|showing|listing) .*|(?:a |the )?(?:recent|latest|last|newest|top) [a-z ]+\x20
      (?:table|list)(?: with .*)?)$
    `.exec(plain);
  if (table) {
    const unread = readTable(table[1] ?? '', draft);
    if (unread !== null) return unread;
  }
  const before = (table ? plain.slice(0, table.index) : plain).trim();
  for (const item of itemsOf(before)) if (!readPart(item, draft)) return item;
  return null;
}

function readPart(item: string, draft: Draft): boolean {
  const feature = readFeature(item);
  if (feature) return takeFeature(feature, draft);
  const chart = readChart(item);
  if (chart) {
    draft.charts.push(chart);
    return true;
  }
  const metric = readMetric(item);
  if (!metric || draft.metrics.some((each) => words.same(each.label, metric.label))) return false;
  draft.metrics.push(metric);
  return true;
}

function takeFeature(feature: Feature, draft: Draft): boolean {
  if (feature.kind === 'title') draft.title = feature.text;
  return feature.kind === 'nothing' || feature.kind === 'title';
}

function readTable(text: string, draft: Draft): string | null {
  const parts = pattern`
      ^(?:a |the )?(?:(?:sortable|small) )?(?:table|list) (?:of|with|for|showing|listing)\x20
      (?:the )?(?:\d+ |five |ten )?((?:most )?(?:recent|latest|last|newest|top)?\s*[a-z][a-z ]*?)
      (?:\s*\(([^()]*(?:\([^()]*\)[^()]*)*)\)|(?:\s+with|:)\s+(.+))?$
    `.exec(text);
  const own = /^(?:a |the )?((?:recent|latest|last|newest|top) [a-z ]+?) (?:table|list)(?:\s+with\s+(.+))?$/i.exec(
    text,
  );
  const phrase = (parts?.[1] ?? own?.[1] ?? '').trim();
  const noun = words.many(phrase.replace(/^(?:most )?(?:recent|latest|last|newest|top)\s*/i, '').toLowerCase());
  const listed = parts?.[2] ?? parts?.[3] ?? own?.[2] ?? usualColumns[noun];
  if (draft.table || listed === undefined || noun === '') return text;
  const list = readList(listed, noun);
  if (list.kind === 'unread') return list.words;
  const columns = list.fields.map((read) => read.field);
  if (list.features.some((feature) => feature.kind !== 'nothing') || columns.length === 0 || clashIn(columns) !== null)
    return text;
  draft.table = {
    title: words.title(/^(?:recent|latest|last|newest|top|most)/i.test(phrase) ? phrase : noun),
    columns,
    rows: sampleRows(columns, noun, TABLE_ROWS),
  };
  return null;
}
