import type { Chart } from './pageSpec.ts';
import { pattern } from './pattern.ts';
import { numberIn } from './readFeature.ts';
import { readField } from './readField.ts';
import { sampleFigure } from './sampleFigure.ts';
import { words } from './words.ts';
import { wordTable } from '../../../core/wordTable.ts';

/** Reads `a bar chart of revenue by month` or `monthly signups chart`; null for anything else. */
export function readChart(item: string): Chart | null {
  const text = item.replace(/^(?:an?|the|one)\s+/i, '');
  const of = pattern`
      ^(?:(bar|column|line|area|trend)\s+)?(?:chart|graph)\s+(?:of|for|showing|with)\s+
      (?:the )?(.+?)(?:\s+(?:by|per|over|for each|each)\s+(?:the )?(?:last (\w+) )?(month
      |week|day|quarter|year|time)s?)?$
    `.exec(text);
  const own = pattern`
      ^((?:monthly|weekly|daily|quarterly|yearly)\s+)?(.+?)\s+(?:(bar|column|line|area
      |trend)\s+)?(?:chart|graph)$
    `.exec(text);
  const shape = of?.[1] ?? own?.[3] ?? 'bar';
  const adjective = /^(monthly|weekly|daily|quarterly|yearly)\s+/i.exec(of?.[2] ?? own?.[1] ?? '')?.[1]?.toLowerCase();
  const subject = (of?.[2] ?? own?.[2] ?? '').replace(/^(?:monthly|weekly|daily|quarterly|yearly)\s+/i, '');
  const span = spanOf(of?.[4]?.toLowerCase() ?? adjective);
  const count = of?.[3] === undefined ? undefined : numberIn(of[3].toLowerCase());
  if (!readField(subject, '') || (count !== undefined && !(count > 1 && count <= 12))) return null;
  return chartOf(
    subject,
    shape.toLowerCase() === 'bar' || shape.toLowerCase() === 'column' ? 'bar' : 'line',
    span,
    count,
  );
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

const spans = wordTable<readonly string[]>({
  month: ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun'],
  week: ['Week 1', 'Week 2', 'Week 3', 'Week 4', 'Week 5', 'Week 6'],
  day: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
  quarter: ['Q1', 'Q2', 'Q3', 'Q4'],
  year: ['2022', '2023', '2024', '2025', '2026'],
});
