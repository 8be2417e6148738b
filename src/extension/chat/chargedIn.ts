import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { Thread } from '../../protocol/chat.ts';

/** Settled charges of the conversation, those of what was rolled back included: rolling back gives no tokens back. */
export function chargedIn({ messages }: Thread): Millitokens {
  const charges = messages.map((message) => (message.role === 'assistant' ? (message.receipt?.charged ?? 0) : 0));
  return millitokens(charges.reduce<number>((sum, charge) => sum + charge, 0));
}
