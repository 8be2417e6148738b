import { pattern } from './pattern.ts';
import { usualParts } from './pageVocabulary.ts';
import type { Chart, Metric } from './pageSpec.ts';
import { chartOf, readChart } from './readChart.ts';
import { readFeature, type Feature } from './readFeature.ts';
import type { Headline } from './readHeadline.ts';
import { isTable, readDashboardTable, type DashboardTable } from './readDashboardTable.ts';
import { readMetric } from './readMetric.ts';
import { itemsOf, type Unread } from './readList.ts';
import type { Reading } from './readRequest.ts';
import { words } from './words.ts';

/** More figures or charts than this are no overview. */
export const MOST_METRICS = 8;
export const MOST_CHARTS = 4;

interface Draft {
  readonly metrics: Metric[];
  readonly charts: Chart[];
  /** Charts that don't say of what. */
  readonly openCharts: string[];
  table: DashboardTable | null;
  wantsUsualFigures: boolean;
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
  const draft: Draft = {
    metrics: [],
    charts: [],
    openCharts: [],
    table: null,
    wantsUsualFigures: false,
    title: headline.title,
  };
  for (const text of said.length === 0 ? [usual ?? ''] : said) {
    const unread = readParts(text, draft);
    if (unread !== null) return { kind: 'unread', words: unread };
  }
  const { metrics, charts, openCharts, table } = draft;
  const takesUsual = draft.wantsUsualFigures && metrics.length === 0;
  if (takesUsual) readParts((usual ?? '').split(/, an? /)[0] ?? '', draft);
  const [first] = metrics;
  const subject = first?.label.toLowerCase() ?? headline.about;
  charts.push(...openCharts.flatMap((item) => readChart(item, subject) ?? []));
  if (metrics.length + charts.length === 0 || (takesUsual && metrics.length === 0))
    return { kind: 'lacking', lacks: 'figures', page: `${headline.about} dashboard`.trim() };
  const drawsFirst = first !== undefined && charts.length === 0 && table === null;
  if (drawsFirst) charts.push(chartOf(first.label.toLowerCase(), 'bar', 'month', undefined));
  if (metrics.length > MOST_METRICS || charts.length > MOST_CHARTS) return { kind: 'unread', words: 'so many parts' };
  const title = words.title(draft.title ?? (headline.about === '' ? 'Dashboard' : `${headline.about} dashboard`));
  const name = headline.about === '' ? 'dashboard' : `${words.kebab(headline.about)}-dashboard`;
  return {
    kind: 'create',
    spec: { kind: 'dashboard', name, title, metrics, charts, table },
    assumed: said.length === 0 ? 'parts' : takesUsual ? 'figures' : drawsFirst ? 'chart' : null,
    guessedOptions: [],
    asksForReact: headline.asksForReact,
  };
}

/** Reads the parts that a sentence names; the words of the first that isn't understood, or null. */
function readParts(text: string, draft: Draft): string | null {
  const plain = text
    .replace(/^(?:it should |it must |also |please )*(?:add|show|include|have|has|shows|includes)\s+/i, '')
    .replace(/^(?:the )?(?:parts?|following)\s*:?\s*/i, '');
  const items = itemsOf(plain).flatMap(bracketed).map(withoutPlace);
  for (let index = 0; index < items.length;) {
    const item = items[index] ?? '';
    const taken = isTable(item) && draft.table === null ? takeTable(items.slice(index), draft) : 0;
    if (taken === 0 && (isTable(item) || !readPart(item, draft))) return item;
    index += Math.max(1, taken);
  }
  return null;
}

/** `3 cards (users, orders)`: the figures are what is in brackets. */
function bracketed(item: string): string[] {
  const inside = /^(?:[\w-]+\s+){0,3}(?:cards|metrics|kpis|stats|tiles|figures|numbers|charts|graphs)\s*\(([^()]+)\)$/i;
  const found = inside.exec(item)?.[1];
  return found === undefined ? [item] : itemsOf(found);
}

function withoutPlace(item: string): string {
  return item.replace(/\s+(?:at the (?:top|bottom|side)|below|above|underneath|on top|side by side|in a row)$/i, '');
}

/** Takes the items that are a table and its columns, as many as can be; 0 if it can't be read. */
function takeTable(items: readonly string[], draft: Draft): number {
  const [first = ''] = items;
  const next = items.findIndex((item, index) => index > 0 && isOtherPart(item));
  const most = /\s(?:with|showing|listing)\s|:/i.test(first) ? (next === -1 ? items.length : next) : 1;
  for (let taken = most; taken > 0; taken -= 1) {
    draft.table = readDashboardTable(items.slice(0, taken).join(', '));
    if (draft.table) return taken;
  }
  return 0;
}

/** A chart, a card or a table, whatever stands before it. */
function isOtherPart(item: string): boolean {
  return isTable(item) || readChart(item, 'orders') !== null || /\b(?:cards?|figures?|kpis?|metrics?)$/i.test(item);
}

function readPart(item: string, draft: Draft): boolean {
  const feature = readFeature(item);
  if (feature) return takeFeature(feature, draft);
  const chart = readChart(item, null);
  if (chart) {
    draft.charts.push(chart);
    return true;
  }
  if (readChart(item, 'orders')) {
    draft.openCharts.push(item);
    return true;
  }
  if (unnamedFigures.test(item)) {
    draft.wantsUsualFigures = true;
    return true;
  }
  const metric = readMetric(item);
  if (!metric || draft.metrics.some((each) => words.same(each.label, metric.label))) return false;
  draft.metrics.push(metric);
  return true;
}

/** `key metrics`, `stats cards`: which ones isn't said. */
const unnamedFigures = pattern`
    ^(?:(?:the|some|a few|\d|three|four|key|main|summary|important|kpi|stats?|metric|statistics)\s+)*
    (?:cards|metrics|figures|kpis|numbers|stats|statistics|tiles)$
  `;

function takeFeature(feature: Feature, draft: Draft): boolean {
  if (feature.kind === 'title') draft.title = feature.text;
  return feature.kind === 'nothing' || feature.kind === 'title';
}
