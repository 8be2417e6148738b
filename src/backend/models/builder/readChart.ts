import type { Chart } from './pageSpec.ts';
import { pattern } from './pattern.ts';
import { numberIn } from './readFeature.ts';
import { readFigure } from './readFigure.ts';
import { sampleFigure } from './sampleFigure.ts';
import { words } from './words.ts';

/** More points than a year has months are too many to read. */
const MOST_POINTS = 12;

/**
 * Reads `a bar chart of revenue by month`, `monthly signups chart` or `orders by week`; null for anything else. A chart
 * that doesn't say of what, such as `a monthly chart`, is one of `subject`.
 */
export function readChart(item: string, subject: string | null): Chart | null {
  const first = item.replace(determiners, '');
  const draft: Draft = { text: first.replace(adjectives, ''), isChart: false, shape: 'bar' };
  takeSpan(draft);
  takeShape(draft, /(?:^|\s+)(?:(bar|column|line|area|trend)\s+)?(?:charts?|graphs?|(trend))$/i);
  takeSpan(draft);
  takeShape(draft, /^(?:(bar|column|line|area|trend)\s+)?(?:chart|graph)s?(?::\s*|\s+(?:of|for|showing|with)\s+)/i);
  if (!draft.isChart) return null;
  const adjective = (adjectives.exec(first) ?? adjectives.exec(draft.text))?.[1]?.toLowerCase();
  const said = draft.text.replace(adjectives, '').replace(/^the\s+/i, '');
  const about = said === '' ? (subject?.replace(adjectives, '') ?? null) : said;
  const count = draft.count === undefined ? undefined : numberIn(draft.count.toLowerCase());
  if (about === null || !readFigure(about) || (count !== undefined && !(count > 1 && count <= MOST_POINTS)))
    return null;
  const kind = /^(?:bar|column)$/i.test(draft.shape) ? 'bar' : 'line';
  return chartOf(about, kind, spanOf(draft.span ?? adjective), count);
}

/** What of an item is not read yet, and what was read. */
interface Draft {
  text: string;
  isChart: boolean;
  shape: string;
  span?: string | undefined;
  count?: string | undefined;
}

const determiners = /^(?:(?:an?|the|one|two|three|four|some|\d|simple|small|big|nice)\s+)+/i;
const adjectives = /^(?:the\s+)?(monthly|weekly|daily|quarterly|yearly)(?:\s+|$)/i;
const ending = pattern`
    \s+(?:by|per|over|for each|each|(?:for|in|of)(?=\s+(?:the\s+)?(?:last|past)\b))\s+(?:the\s+)?
    (?:(?:last|past)\s+(?:(\w+)\s+)?)?(month|week|day|quarter|year|time)s?$
  `;

function takeSpan(draft: Draft): void {
  const found = draft.span === undefined ? ending.exec(` ${draft.text}`) : null;
  if (!found) return;
  draft.text = ` ${draft.text}`.slice(0, found.index).trim();
  draft.isChart = true;
  draft.span = found[2]?.toLowerCase();
  draft.count = found[1];
}

function takeShape(draft: Draft, shape: RegExp): void {
  const found = shape.exec(draft.text);
  if (!found) return;
  draft.text = draft.text.replace(shape, '').replace(/:$/, '').trim();
  draft.isChart = true;
  draft.shape = found[1] ?? found[2] ?? draft.shape;
}

function spanOf(word: string | undefined): string {
  if (word === undefined || word === 'time') return 'month';
  return { monthly: 'month', weekly: 'week', daily: 'day', quarterly: 'quarter', yearly: 'year' }[word] ?? word;
}

/** A chart of sample values for six months, or for what the span says; `count` is how many points there are. */
export function chartOf(subject: string, kind: Chart['kind'], span: string, count: number | undefined): Chart {
  const type = sampleFigure.typeOf(subject);
  const labels =
    span === 'month' && count !== undefined
      ? 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ')
      : (spans[span] ?? []);
  const seed = sampleFigure.seedOf(subject);
  const scale = type === 'money' ? 1000 : type === 'percent' ? 1 : 10;
  const points = labels
    .slice(0, count)
    .map((label, index) => ({ label, value: (8 + ((seed + index * 5 + ((index * index) % 7)) % 17)) * scale }));
  return { title: `${words.title(subject)} by ${span}`, kind, type, points };
}

const spans: Readonly<Record<string, readonly string[]>> = {
  month: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  week: ['Week 1', 'Week 2', 'Week 3', 'Week 4', 'Week 5', 'Week 6'],
  day: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  quarter: ['Q1', 'Q2', 'Q3', 'Q4'],
  year: ['2022', '2023', '2024', '2025', '2026'],
};
