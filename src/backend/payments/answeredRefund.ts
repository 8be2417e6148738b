import type { Clock } from '../clock.ts';
import type { Reader } from '../database/database.ts';
import { readRefundQuestion } from './refundQuestion.ts';
import type { RefundQuestion } from './refunds.ts';

/**
 * Reads what a refund rests on and puts it to `ask`, again while the account moves in between. Throws if it never
 * stands still.
 */
export async function answeredRefund<A extends { readonly kind: string }>(
  about: { query: Reader; clock: Clock; accountId: string; invoiceId?: string },
  ask: (question: RefundQuestion) => Promise<A>,
): Promise<Exclude<A, { kind: 'moved' }>> {
  for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
    const answer = await ask(await readRefundQuestion(about.query, { ...about, now: about.clock() }));
    if (hasAnswered(answer)) return answer;
  }
  throw new Error('the account never stood still');
}

/** The first may meet a roll-over, the next a call's end; more in a row are a program at work. */
const MOST_ATTEMPTS = 20;

function hasAnswered<A extends { readonly kind: string }>(answer: A): answer is Exclude<A, { kind: 'moved' }> {
  return answer.kind !== 'moved';
}
