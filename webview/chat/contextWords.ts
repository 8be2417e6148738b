import { formatCharge } from '../../src/core/formatTokens.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import type { Mention } from '../../src/protocol/mention.ts';
import { l10n } from '../l10n.ts';

/** What is said of what goes along with a message. */
export const contextWords = {
  mentions: l10n('What goes along'),
  mention: ({ kind, label }: Mention): string => {
    if (kind === 'selection') return l10n('Selection in the editor');
    return kind === 'problems' ? l10n('Problems') : label;
  },
  /** "1.2k · 0.02" */
  weight: (modelTokens: number, price: Millitokens): string =>
    l10n('{weight} · {price}', { weight: compact(modelTokens), price: formatCharge(price) }),
  weightHint: (label: string, modelTokens: number, price: Millitokens): string =>
    l10n('{label}: about {weight} model tokens, {price} tokens with this message', {
      label,
      weight: modelTokens.toLocaleString(),
      price: formatCharge(price),
    }),
  includeOpen: (label: string): string => l10n('{label}: send the file in the editor along', { label }),
  gauge: (used: number, all: number): string => l10n('{used} of {all}', { used: compact(used), all: compact(all) }),
  gaugeLabel: (used: number, all: number): string =>
    l10n('Context: {used} of {all} model tokens', { used: used.toLocaleString(), all: all.toLocaleString() }),
  gaugePart: (name: string, modelTokens: number): string =>
    l10n('{name}: {weight}', { name, weight: modelTokens.toLocaleString() }),
  /** A file of instructions that is longer than what is sent of it. */
  cut: (label: string): string => l10n('{label}, only its beginning', { label }),
  parts: {
    fixed: l10n('Rules, tools and file names'),
    history: l10n('This chat so far'),
    attached: l10n('Attached'),
    draft: l10n('Your words'),
  },
  compact: (price: string): string => l10n('Summarize this chat · about {price}', { price }),
  compactHint: l10n('Later messages send the summary in the place of what was said so far.'),
  tooLarge: l10n('This picture is too large to be sent.'),
};

/** "1.2k": as many digits as tell weights apart. */
function compact(count: number): string {
  return count.toLocaleString(undefined, { notation: 'compact', maximumSignificantDigits: 2 });
}
