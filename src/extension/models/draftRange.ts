import { estimate } from '../../core/estimate.ts';
import { formatRange } from '../../core/formatTokens.ts';
import { modelWords } from '../../core/modelWords.ts';
import { slashCommand } from '../../core/slashCommand.ts';
import type { ModelsBody } from '../../protocol/api.ts';
import type { Composer } from '../../protocol/chat.ts';

/** What the draft would cost with a model, such as "0.9–1.4"; null without a draft that a model answers. */
export function draftRange(composer: Composer, model: ModelsBody['data'][number], locale?: string): string | null {
  const { draft, contextTokens, rateCard, learned } = composer;
  if (rateCard === null || draft.trim() === '' || slashCommand(draft)?.by === 'editor') return null;
  const { low, high } = estimate({
    prompt: modelWords(draft),
    contextTokens,
    multiplier: model.tokenfare.multiplier,
    card: rateCard,
    // What the person's own receipts say is known of the model that is chosen now.
    learned: model.id === composer.model.id ? learned : undefined,
  });
  return formatRange(low, high, locale);
}
