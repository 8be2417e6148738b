import type { Estimate } from './estimate.ts';
import { millitokens, type Millitokens } from './tokens.ts';

/**
 * What a message costs besides its own words and its answer: the base price, and what is sent and read along with it.
 * Of several requests in one message it is paid once.
 */
export function messageOverhead({ reasons }: Estimate): Millitokens {
  const parts = reasons.filter(({ part }) => part === 'message' || part === 'context');
  return millitokens(parts.reduce<number>((sum, part) => sum + part.millitokens, 0));
}
