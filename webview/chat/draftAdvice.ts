import { advise, MAX_ADVICE, type Advice, type EarlierMessage } from '../../src/core/advice.ts';
import type { Estimate } from '../../src/core/estimate.ts';
import { messageOverhead } from '../../src/core/messageOverhead.ts';
import { millitokens } from '../../src/core/tokens.ts';
import type { Composer, Message } from '../../src/protocol/chat.ts';
import type { ChatState } from './chatState.ts';
import { draftPrice } from './draftPrice.ts';
import type { FoundOffer, ShownAdvice } from './shownAdvice.ts';

/**
 * What to suggest for a draft, the most useful first: what pays and is not silenced. A free edit only where the planner
 * has found the place. `now` in milliseconds since the epoch.
 */
export function draftAdvice(state: ChatState, text: string, offer: FoundOffer | null, now: number): ShownAdvice[] {
  const price = draftPrice(state.composer, text);
  const free: ShownAdvice[] = offer === null ? [] : [{ kind: 'edit-for-free', saves: offer.saves, offer }];
  const advice =
    price === null ? free : [...free, ...adviceOn(state, text, price, now), ...adviseFresh(state, text, price)];
  const given = advice.filter((each) => state.composer.adviceKinds.includes(each.kind) && pays(each, price));
  return given.slice(0, MAX_ADVICE);
}

/** Below this and below the share, advice is not worth the reading (screens, Advice). Millitokens. */
const SMALLEST_SAVING = 300;
const SMALLEST_SHARE = 0.25;

function pays(advice: ShownAdvice, price: Estimate | null): boolean {
  // What is left after a message is no saving, but worth knowing; a roll back is weighed by the person.
  if (advice.kind === 'low-balance' || advice.kind === 'roll-back') return true;
  if (advice.kind === 'start-fresh') return advice.saves >= SMALLEST_SAVING;
  return advice.saves >= SMALLEST_SAVING || (price !== null && advice.saves >= price.likely * SMALLEST_SHARE);
}

/** What the history adds to the message; while an answer runs, a new chat would stop it. */
function adviseFresh({ composer, status }: ChatState, text: string, price: Estimate): ShownAdvice[] {
  if (status.running !== null) return [];
  const contextTokens = composer.contextTokens - composer.historyTokens;
  const fresh = draftPrice({ ...composer, contextTokens }, text);
  return fresh === null ? [] : [{ kind: 'start-fresh', saves: millitokens(Math.max(0, price.likely - fresh.likely)) }];
}

function adviceOn({ thread, status, composer }: ChatState, text: string, price: Estimate, now: number): ShownAdvice[] {
  const { available, allowance } = status.account?.balance ?? { available: Number.MAX_SAFE_INTEGER, allowance: 0 };
  const advice = advise({
    prompt: text,
    earlier: earlierIn(thread.messages, now),
    queue: [...composer.waiting.messages, ...composer.batch.filter(({ free }) => !free)].map(
      ({ text: other }) => other,
    ),
    balance: available,
    allowance,
  });
  return advice.flatMap((each) => shown(each, { messages: thread.messages, composer, price }));
}

function shown(
  advice: Advice,
  { messages, composer, price }: { messages: readonly Message[]; composer: Composer; price: Estimate },
): ShownAdvice[] {
  switch (advice.kind) {
    case 'batch':
      return [{ kind: 'batch', saves: messageOverhead(price), requests: advice.requests }];
    case 'roll-back': {
      const generation = lastAnswer(messages);
      const retry = draftPrice(composer, advice.prompt)?.likely;
      if (generation === null || retry === undefined) return [];
      const { each = millitokens(advice.savingMillitokens), messages: count = null } = composer.usualFix ?? {};
      return [{ kind: 'roll-back', generation, retry, fix: each, messages: count }];
    }
    case 'add-detail':
      return [{ kind: 'add-detail', saves: millitokens(advice.savingMillitokens), missing: advice.missing }];
    case 'low-balance':
      // Where even the usual price is more than there is, the line under the price says so already.
      if (advice.balance < price.high) return [];
      return [{ kind: 'low-balance', leaves: millitokens(advice.balance - price.likely) }];
    case 'edit-for-free':
      return [];
  }
}

/** The answer that a complaint is about, once it has ended; null if there is none. */
function lastAnswer(messages: readonly Message[]): string | null {
  const last = messages.findLast(({ role }) => role === 'assistant');
  return last?.role === 'assistant' && last.state !== 'streaming' ? last.id : null;
}

function earlierIn(messages: readonly Message[], now: number): EarlierMessage[] {
  return messages.flatMap((message, index) => {
    if (message.role !== 'user') return [];
    const answer = messages[index + 1];
    const ended = answer?.role === 'assistant' ? answer : undefined;
    return [
      {
        prompt: message.text,
        secondsAgo: Math.max(0, (now - Date.parse(message.at)) / MILLISECONDS),
        charged: ended?.receipt?.charged ?? 0,
        rolledBack: message.rolledBack || ended?.changesState === 'rolledBack',
        failed: ended?.state === 'failed' || ended?.state === 'refused',
      },
    ];
  });
}

const MILLISECONDS = 1000;
