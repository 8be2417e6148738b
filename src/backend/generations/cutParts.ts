import type { ChargeParts } from '../../core/rateCard.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';

/**
 * The parts of a charge that was cut to its hold: the answer's part gives way first, then context, prompt and message.
 */
export function cutParts(parts: ChargeParts, total: Millitokens): ChargeParts {
  let over = Math.max(0, parts.message + parts.prompt + parts.context + parts.response - total);
  const cut = (part: Millitokens): Millitokens => {
    const taken = Math.min(part, over);
    over -= taken;
    return millitokens(part - taken);
  };
  const response = cut(parts.response);
  const context = cut(parts.context);
  const prompt = cut(parts.prompt);
  return { message: cut(parts.message), prompt, context, response };
}
