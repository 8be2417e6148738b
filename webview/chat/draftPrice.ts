import { estimate, type Estimate } from '../../src/core/estimate.ts';
import { modelWords } from '../../src/core/modelWords.ts';
import { slashCommand } from '../../src/core/slashCommand.ts';
import type { Composer } from '../../src/protocol/chat.ts';

/**
 * What a draft will cost, by the page itself. `null` for an empty draft, for a command that is carried out here, or
 * while no rate card is known: never a guess, never 0.
 */
export function draftPrice(composer: Composer, text: string): Estimate | null {
  if (composer.rateCard === null || text.trim() === '') return null;
  if (slashCommand(text)?.by === 'editor') return null;
  return estimate({
    prompt: modelWords(text),
    contextTokens: composer.contextTokens,
    multiplier: composer.model.multiplier,
    card: composer.rateCard,
    learned: composer.learned,
    cap: composer.maxCharge ?? undefined,
    budgetLeft: composer.budgetLeft ?? undefined,
  });
}
