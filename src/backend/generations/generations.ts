import { generationState, repeatedCall } from '../../core/generation.ts';
import type { ChargeParts, Usage } from '../../core/rateCard.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { Transaction } from '../database/transaction.ts';
import { ledger } from '../ledger/ledger.ts';
import { payments } from '../payments/payments.ts';
import { subscriptions } from '../subscriptions/subscriptions.ts';
import { cutParts } from './cutParts.ts';
import { generationStore, type RecordedUsage, type StoredCall } from './generationStore.ts';

/** Generations and their calls: each has one hold, and ends by one settlement or release, whoever comes first. */
export const generations = {
  /**
   * Opens a call and its hold, or says what stands against it. The same key never opens a second call beside an open or
   * charged one.
   */
  startCall(tx: Transaction, call: CallToStart): StartAnswer {
    const { accountId, callId } = call;
    const earlier = generationStore.call(tx, accountId, callId);
    const refusal = earlier && refuseRepeated(tx, earlier, call);
    if (refusal !== undefined) return refusal;
    if (call.continues && !generationStore.exists(tx, accountId, call.generationId))
      return { kind: 'unknownGeneration' };
    subscriptions.bringUpToDate(tx, accountId, payments.renew);
    const { generationId, model, project, session } = call;
    const previousPromptTokens = call.continues ? generationStore.previousPromptTokens(tx, accountId, generationId) : 0;
    const reserved = ledger.reserve(tx, call);
    if (reserved.kind === 'insufficient') {
      return { ...reserved, planId: subscriptions.planNow(tx, accountId).id };
    }
    if (reserved.kind !== 'reserved') return reserved;
    const { holdId } = reserved;
    generationStore.openGeneration(tx, { accountId, id: generationId, model, project, session });
    generationStore.putCall(tx, { ...call, id: callId, holdId });
    return { kind: 'started', holdId, hold: reserved.amount, previousPromptTokens };
  },

  /** Says that a call is on its way to its model, and whether its output limit was lowered. */
  markSent(tx: Transaction, call: SentCall): boolean {
    if (call.capped) generationStore.setCapped(tx, call.holdId);
    return ledger.markSent(tx, call.holdId);
  },

  /** Records what the caller has been sent so far, so that a crash charges exactly that, and renews the lease. */
  recordProgress(tx: Transaction, progress: Progress): void {
    const { holdId, used, leaseUntil } = progress;
    const delivered = used === null ? millitokens(0) : used.charged;
    if (ledger.recordDelivered(tx, holdId, delivered, leaseUntil) && used !== null) {
      generationStore.recordUsage(tx, holdId, used);
    }
  },

  /** Ends a call: `used` is charged, null releases the hold. Null for a call that had ended before. */
  finishCall(tx: Transaction, end: CallEnd): FinishedCall | null {
    const { holdId, used } = end;
    const call = generationStore.callOfHold(tx, holdId);
    const ended = used === null ? ledger.release(tx, holdId) : ledger.settle(tx, holdId, used.charged);
    if (call === undefined || ended === undefined) return null;
    const { charged, amount } = ended.hold;
    const parts = used === null ? noParts : cutParts(used.parts, charged);
    if (used === null) generationStore.clearUsage(tx, holdId);
    else generationStore.recordUsage(tx, holdId, { ...used, parts });
    if (end.recovered === true) generationStore.setRecovered(tx, holdId);
    const { accountId, generationId: id } = call;
    const state = generationState(generationStore.holdStates(tx, accountId, id));
    generationStore.addCharge(tx, { accountId, id, charged, parts, state });
    const undercharged = used === null ? 0 : Math.max(0, used.charged - amount);
    return { generationId: id, charged, parts, undercharged, available: ended.available, held: ended.held };
  },

  /**
   * Ends the calls of processes that are gone: charged for what is recorded as delivered, released if nothing is.
   * Answers how many.
   */
  recover(tx: Transaction, gone: GoneProcess): number {
    const holds = ledger.abandonedHolds(tx, gone, RECOVERED_AT_ONCE);
    for (const hold of holds) {
      ledger.markSent(tx, hold.id);
      if (hold.delivered === 0) {
        generations.finishCall(tx, { holdId: hold.id, used: null, recovered: true });
        continue;
      }
      const used = generationStore.recordedUsage(tx, hold.id);
      generations.finishCall(tx, { holdId: hold.id, used: { ...used, charged: hold.delivered }, recovered: true });
    }
    return holds.length;
  },
};

export interface CallToStart {
  readonly accountId: string;
  readonly callId: string;
  readonly generationId: string;
  /** The client says that this call continues an earlier generation. */
  readonly continues: boolean;
  readonly bodyHash: string;
  readonly model: string;
  readonly project: string | null;
  readonly session: string | null;
  readonly multiplier: number;
  readonly firstCall: boolean;
  readonly least: Millitokens;
  readonly most: Millitokens;
  readonly openLimit: number;
  readonly owner: string;
  readonly leaseUntil: number;
}

export type StartAnswer =
  | { kind: 'started'; holdId: string; hold: Millitokens; previousPromptTokens: number }
  | { kind: 'generation_open' | 'idempotency_conflict' | 'unknownGeneration' | 'tooMany' | 'frozen' }
  | { kind: 'generation_settled'; receipt: FinishedCall & { capped: boolean } }
  | { kind: 'insufficient'; available: Millitokens; resetsAt: number; planId: string };

/** What a call used and what that costs, before it is cut to its hold. */
export interface UsedUp extends RecordedUsage {
  readonly usage: Usage;
  readonly charged: Millitokens;
}

export interface Progress {
  readonly holdId: string;
  /** Null while nothing has been delivered. */
  readonly used: UsedUp | null;
  readonly leaseUntil: number;
}

export interface SentCall {
  readonly holdId: string;
  /** The output limit was lowered. */
  readonly capped: boolean;
}

export interface CallEnd {
  readonly holdId: string;
  readonly used: UsedUp | null;
  readonly recovered?: boolean;
}

export interface GoneProcess {
  /** Who is alive. */
  readonly owner: string;
  /** Nobody else can be alive. */
  readonly onlyOwner: boolean;
}

export interface FinishedCall {
  readonly generationId: string;
  readonly charged: Millitokens;
  readonly parts: ChargeParts;
  /** What the call would have cost beyond its hold. */
  readonly undercharged: number;
  readonly available: Millitokens;
  readonly held: Millitokens;
}

/** One transaction's worth: recovery goes on in the next, so that others get their turn. */
const RECOVERED_AT_ONCE = 500;

const nothing = millitokens(0);
const noParts: ChargeParts = { message: nothing, prompt: nothing, context: nothing, response: nothing };

function refuseRepeated(tx: Transaction, earlier: StoredCall, call: CallToStart): StartAnswer | undefined {
  const kind = repeatedCall(earlier.state, earlier.bodyHash === call.bodyHash);
  if (kind === 'try_again') return undefined;
  if (kind !== 'generation_settled') return { kind };
  const { generationId, charged, parts, capped } = earlier;
  const { available, held } = ledger.read(tx, call.accountId);
  return { kind, receipt: { generationId, charged, parts, undercharged: 0, available, held, capped } };
}
