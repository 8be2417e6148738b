import type { Metric } from './pageSpec.ts';
import { pattern } from './pattern.ts';
import { readFigure } from './readFigure.ts';
import { sampleFigure } from './sampleFigure.ts';

/** Reads one figure of a dashboard, such as `total users` or `a card for revenue`; null if it is no name. */
export function readMetric(item: string): Metric | null {
  const label = item
    .replace(
      pattern`
        ^(?:(?:an?|the|some|\d+|three|four|five|two|six|big|small|summary|metric|stat|kpi
        |key|number|cards?|metrics?|kpis?|stats?|tiles?|figures?|numbers?)\s+)*(?:for|showing
        |of|with)\s+
      `,
      '',
    )
    .replace(
      pattern`
        ^(?:(?:three|four|five|two|six|\d+|summary|the|an?|key)\s+)*(?:(?:stat|kpi|metric
        |summary)\s+)?(?:cards?|metrics?|kpis?|stats?|tiles?|figures?|numbers?)\s*(?::|for
        |showing)\s*
      `,
      '',
    )
    .replace(/\s+(?:(?:stat|kpi|metric|summary)\s+)?(?:cards?|metrics?|kpis?|stats?|tiles?|figures?|numbers?)$/i, '')
    .replace(/^(?:an?|the|total number of|number of)\s+/i, '');
  const read = readFigure(label);
  if (!read) return null;
  const type = read.type ?? sampleFigure.typeOf(label);
  const seed = sampleFigure.seedOf(label);
  const value =
    type === 'percent' ? 2 + (seed % 60) / 10 : type === 'money' ? 12_000 + (seed % 400) * 100 : 120 + (seed % 900);
  return { label: read.label, type, value, change: ((seed % 31) - 9) / 2 };
}
