import { generationState, moveHold, repeatedCall } from '../../core/generation.ts';
import type { ChargeParts, Usage } from '../../core/rateCard.ts';
import type { RequestKind } from '../../core/requestKind.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { Row } from '../database/tables.ts';
import type { RowKey, Work } from '../database/workingSet.ts';
import { ledger, type HoldRow } from '../ledger/ledger.ts';
import { payments } from '../payments/payments.ts';
import { projects } from '../projects/projects.ts';
import { subscriptions } from '../subscriptions/subscriptions.ts';
import { cutParts } from './cutParts.ts';

/** Generations and their calls: each has one hold, and ends by one settlement or release, whoever comes first. */
export const generations = {
  /** The rows that everything here needs. */
  needs({ accountId, generationId, callId }: Pick<CallName, 'accountId' | 'generationId' | 'callId'>): RowKey[] {
    return [...subscriptions.needs(accountId), ['generations', accountId, generationId], ['calls', accountId, callId]];
  },

  /** The rows that a call's start needs. */
  needsOfStart(call: CallToStart): RowKey[] {
    const { accountId, project: projectId } = call;
    const ofProject = projectId === null ? [] : projects.needs({ accountId, projectId });
    return [...generations.needs(call), ...ofProject];
  },

  /**
   * Opens a call and its hold, or says what stands against it. The same key never opens a second call beside an open or
   * charged one.
   */
  startCall(work: Work, call: CallToStart): StartAnswer {
    const { accountId, callId, generationId } = call;
    const earlier = work.calls.find(accountId, callId);
    const refusal = earlier && refuseRepeated(work, earlier, call);
    if (refusal !== undefined) return refusal;
    const generation = work.generations.find(accountId, generationId);
    if (call.continues && generation === undefined) return { kind: 'unknownGeneration' };
    subscriptions.bringUpToDate(work, accountId, payments.renew);
    // What came before was free, as a refusal or a failure is: then this call pays for the message.
    const isUnpaid = call.continues && generation?.charged === 0 && generation.openCalls === 0;
    const paysForMessage = call.firstCall || isUnpaid;
    const { least, most } = (isUnpaid ? call.unpaid : undefined) ?? call;
    const limited = call.project === null ? null : projects.use(work, { accountId, projectId: call.project });
    if (limited !== null) return { kind: 'projectLimit', ...limited };
    if (most < least) return { kind: 'maxChargeTooLow', paysForMessage };
    const reserved = ledger.reserve(work, accountId, { ...call, least, most });
    if (reserved.kind === 'insufficient') {
      return { ...reserved, paysForMessage, planId: subscriptions.planNow(work, accountId).id };
    }
    if (reserved.kind !== 'reserved') return reserved;
    const { hold } = reserved;
    const opened = generation ?? newGeneration(work, call);
    work.generations.put({ ...opened, state: 'open', openCalls: opened.openCalls + 1 });
    work.calls.put(newCall(work, { ...call, firstCall: paysForMessage }, hold));
    const previousPromptTokens = call.continues ? opened.sentTokens : 0;
    return { kind: 'started', holdId: hold.holdId, hold: hold.reserved, paysForMessage, previousPromptTokens };
  },

  /** Says that a call is on its way to its model, and whether its output limit was lowered. False if it has ended. */
  markSent(work: Work, sent: SentCall): boolean {
    const call = openCall(work, sent);
    const moved = call && moveHold(call.state, 'send');
    if (call === undefined || moved?.kind !== 'moved') return false;
    work.calls.put({ ...call, state: moved.to, capped: sent.capped });
    return true;
  },

  /**
   * Records what the caller has been sent so far, so that a crash charges exactly that, and renews the lease. What has
   * been delivered only grows, and never above the hold.
   */
  recordProgress(work: Work, progress: Progress): void {
    const call = openCall(work, progress);
    if (call === undefined) return;
    const leaseUntil = Math.max(call.leaseUntil, progress.leaseUntil);
    const charged = Math.min(call.reserved, progress.used?.charged ?? 0);
    const delivered = millitokens(Math.max(call.delivered, charged));
    work.calls.put({ ...call, ...(progress.used && usageOf(progress.used)), leaseUntil, delivered });
  },

  /** Ends a call: `used` is charged, null releases the hold. Null for a call that had ended before. */
  finishCall(work: Work, end: CallEnd): FinishedCall | null {
    const call = openCall(work, end);
    return call === undefined ? null : finish(work, call, end.used);
  },

  /**
   * Ends a call whose process is gone: charged for what is recorded as delivered, released if nothing is. Answers
   * whether it did: a call that has ended, or whose lease was renewed, is left alone.
   */
  recover(work: Work, abandoned: AbandonedCall): boolean {
    const call = openCall(work, abandoned);
    if (call === undefined || call.leaseUntil !== abandoned.leaseUntil) return false;
    // What is charged must have been sent; a call that died between the two was.
    const sent: Call = { ...call, state: 'sent', recovered: true };
    return (
      finish(work, sent, call.delivered === 0 ? null : { ...recordedUsage(call), charged: call.delivered }) !== null
    );
  },
};

/** Names one try of a call: a later try of the same call has another hold. */
export interface CallName {
  readonly accountId: string;
  readonly generationId: string;
  readonly callId: string;
  readonly holdId: string;
}

export interface CallToStart extends Omit<CallName, 'holdId'> {
  /** The client says that this call continues an earlier generation. */
  readonly continues: boolean;
  readonly bodyHash: string;
  readonly model: string;
  readonly kind: RequestKind;
  readonly project: string | null;
  readonly session: string | null;
  readonly multiplier: number;
  readonly firstCall: boolean;
  readonly least: Millitokens;
  readonly most: Millitokens;
  /** The same for a call that continues a generation of which nothing has been paid, not even the message. */
  readonly unpaid?: { readonly least: Millitokens; readonly most: Millitokens };
  readonly openLimit: number;
  readonly owner: string;
  readonly leaseUntil: number;
}

export type StartAnswer =
  /** `paysForMessage`: message and prompt have not been charged to an earlier call of the generation. */
  | {
      kind: 'started';
      holdId: string;
      hold: Millitokens;
      paysForMessage: boolean;
      previousPromptTokens: number;
    }
  | { kind: 'maxChargeTooLow'; paysForMessage: boolean }
  /** The plan has room for another project only. */
  | { kind: 'projectLimit'; activeId: string }
  | { kind: 'generation_open' | 'idempotency_conflict' | 'unknownGeneration' | 'tooMany' | 'frozen' }
  | { kind: 'generation_settled'; receipt: FinishedCall & { capped: boolean } }
  | { kind: 'insufficient'; available: Millitokens; resetsAt: number; paysForMessage: boolean; planId: string };

/** What a call used and what that costs, before it is cut to its hold. */
export interface UsedUp {
  readonly usage: Usage;
  readonly parts: ChargeParts;
  readonly charged: Millitokens;
  /** The provider reported no usage, so we counted. */
  readonly counted: boolean;
}

export interface Progress extends CallName {
  /** Null while nothing has been delivered. */
  readonly used: UsedUp | null;
  readonly leaseUntil: number;
}

export interface SentCall extends CallName {
  /** The output limit was lowered. */
  readonly capped: boolean;
}

export interface CallEnd extends CallName {
  readonly used: UsedUp | null;
}

export interface AbandonedCall extends CallName {
  /** The lease that ran out. */
  readonly leaseUntil: number;
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

type Call = Row<'calls'>;
type Generation = Row<'generations'>;

const nothing = millitokens(0);
const noParts: ChargeParts = { message: nothing, prompt: nothing, context: nothing, response: nothing };
const noCharge = { messagePart: nothing, promptPart: nothing, contextPart: nothing, responsePart: nothing };
const noUsage = {
  ...{ promptTokens: 0, contextTokens: 0, cachedTokens: 0, responseTokens: 0 },
  ...noCharge,
  counted: false,
};

/** The call, if this try of it is still open. */
function openCall(work: Work, { accountId, callId, holdId }: CallName): Call | undefined {
  const call = work.calls.find(accountId, callId);
  const isOpen = call?.holdId === holdId && (call.state === 'reserved' || call.state === 'sent');
  return isOpen ? call : undefined;
}

function refuseRepeated(work: Work, earlier: Call, call: CallToStart): StartAnswer | undefined {
  const kind = repeatedCall(earlier.state, earlier.bodyHash === call.bodyHash);
  if (kind === 'try_again') return undefined;
  if (kind !== 'generation_settled') return { kind };
  const { generationId, charged, capped } = earlier;
  const { available, held } = ledger.read(work, call.accountId);
  const parts = partsOf(earlier);
  return { kind, receipt: { generationId, charged, parts, undercharged: 0, available, held, capped } };
}

function newGeneration(work: Work, call: CallToStart): Generation {
  const { accountId, generationId: id, model, kind, project, session } = call;
  const counts = { openCalls: 0, settledCalls: 0, sentTokens: 0, charged: nothing };
  return { accountId, id, state: 'open', createdAt: work.now, model, kind, project, session, ...counts, ...noCharge };
}

/** The call, or its next try after a release: the counts start again. */
function newCall(work: Work, call: CallToStart, hold: HoldRow): Call {
  const { accountId, callId: id, bodyHash, multiplier, firstCall } = call;
  const facts = { accountId, id, bodyHash, createdAt: work.now, multiplier, firstCall, capped: false };
  return { ...facts, ...hold, ...noUsage, recovered: false };
}

function finish(work: Work, call: Call, used: UsedUp | null): FinishedCall | null {
  const { accountId, generationId } = call;
  const ended = ledger.end(work, accountId, call, used === null ? null : used.charged);
  if (ended === null) return null;
  const { charged, reserved } = ended.hold;
  const parts = used === null ? noParts : cutParts(used.parts, charged);
  work.calls.put({ ...ended.hold, ...(used === null ? noUsage : usageOf({ ...used, parts })) });
  addCharge(work, ended.hold, parts, used?.usage);
  const undercharged = used === null ? 0 : Math.max(0, used.charged - reserved);
  const { available, held } = ended.account;
  return { generationId, charged, parts, undercharged, available, held };
}

/** Adds what a call cost to its generation, and sets the state that its calls make. */
function addCharge(work: Work, call: Call, parts: ChargeParts, usage: Usage | undefined): void {
  const generation = work.generations.find(call.accountId, call.generationId);
  if (generation === undefined) throw new Error('a call without its generation');
  const openCalls = generation.openCalls - 1;
  const settledCalls = generation.settledCalls + (call.state === 'settled' ? 1 : 0);
  const sum = (before: Millitokens, more: Millitokens): Millitokens => millitokens(before + more);
  work.generations.put({
    ...generation,
    state: generationState({ open: openCalls, settled: settledCalls }),
    openCalls,
    settledCalls,
    sentTokens: usage ? usage.promptTokens + usage.contextTokens + usage.cachedTokens : generation.sentTokens,
    charged: sum(generation.charged, call.charged),
    messagePart: sum(generation.messagePart, parts.message),
    promptPart: sum(generation.promptPart, parts.prompt),
    contextPart: sum(generation.contextPart, parts.context),
    responsePart: sum(generation.responsePart, parts.response),
  });
}

/** What was used, as a call's row holds it. */
function usageOf({ usage, parts, counted }: Omit<UsedUp, 'charged'>): typeof noUsage {
  const { promptTokens, contextTokens, cachedTokens, responseTokens } = usage;
  const { message: messagePart, prompt: promptPart, context: contextPart, response: responsePart } = parts;
  const counts = { promptTokens, contextTokens, cachedTokens, responseTokens };
  return { ...counts, messagePart, promptPart, contextPart, responsePart, counted };
}

function recordedUsage(call: Call): Omit<UsedUp, 'charged'> {
  const { promptTokens, contextTokens, cachedTokens, responseTokens, firstCall, counted } = call;
  const usage = { promptTokens, contextTokens, cachedTokens, responseTokens, firstCall };
  return { usage, parts: partsOf(call), counted };
}

function partsOf(row: Pick<Call, keyof typeof noCharge>): ChargeParts {
  return { message: row.messagePart, prompt: row.promptPart, context: row.contextPart, response: row.responsePart };
}
