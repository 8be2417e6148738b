import { repeatedCall } from '../../core/generation.ts';
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
    const calls: RowKey[] = callId === generationId ? [] : [['calls', accountId, generationId]];
    return [...subscriptions.needs(accountId), ['calls', accountId, callId], ...calls];
  },

  /** The rows that a call's start needs. */
  needsOfStart(call: CallToStart): RowKey[] {
    const { accountId, project: projectId } = call;
    const ofProject = projectId === null ? [] : projects.needs({ accountId, projectId });
    return [...generations.needs(call), ...ofProject];
  },

  /**
   * Opens a call and its hold, or says what stands against it. The same key never opens a second call beside an open or
   * charged one. What is opened is on its way to its model: whoever asked does not wait for the disk.
   */
  startCall(work: Work, call: CallToStart): StartAnswer {
    const { accountId, callId, generationId } = call;
    const earlier = work.calls.find(accountId, callId);
    const refusal = earlier && refuseRepeated(work, earlier, call);
    if (refusal !== undefined) return refusal;
    const first = work.calls.find(accountId, generationId);
    if (call.continues && first?.generationId !== generationId) return { kind: 'unknownGeneration' };
    subscriptions.bringUpToDate(work, accountId, payments.renew);
    // What came before was free, as a refusal or a failure is: then this call pays for the message.
    const isUnpaid = call.continues && first?.totalCharged === 0 && first.openCalls === 0;
    const paysForMessage = call.firstCall || isUnpaid;
    const { least, most, full } = (isUnpaid ? call.unpaid : undefined) ?? call;
    const { project: projectId, limitsProjects } = call;
    const limited = projectId === null ? null : projects.use(work, { accountId, projectId, limitsProjects });
    if (limited !== null) return { kind: 'projectLimit', ...limited };
    if (most < least) return { kind: 'maxChargeTooLow', paysForMessage };
    const reserved = ledger.reserve(work, accountId, { ...call, least, most });
    if (reserved.kind === 'insufficient') {
      return { ...reserved, paysForMessage, planId: subscriptions.planNow(work, accountId).id };
    }
    if (reserved.kind !== 'reserved') return reserved;
    if (earlier !== undefined) ledger.writeDown(work, accountId, earlier);
    const hold: HoldRow = { ...reserved.hold, state: 'sent' };
    const opened = {
      firstCall: paysForMessage,
      capped: hold.reserved < full,
      createdAt: earlier?.createdAt ?? work.now,
    };
    const before = first ?? noCalls;
    putCall(work, newCall({ ...call, ...opened }, hold), { ...before, openCalls: before.openCalls + 1 });
    const previousPromptTokens = call.continues ? before.sentTokens : 0;
    return { kind: 'started', hold: hold.reserved, paysForMessage, previousPromptTokens };
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
    const used = call.delivered === 0 ? null : { ...recordedUsage(call), charged: call.delivered };
    return finish(work, { ...call, recovered: true }, used) !== null;
  },
};

/** Names one try of a call: a later try of the same call has another hold. */
export interface CallName {
  readonly accountId: string;
  readonly generationId: string;
  readonly callId: string;
  readonly holdId: string;
}

export interface CallToStart extends CallName {
  /** The client says that this call continues an earlier generation. */
  readonly continues: boolean;
  readonly bodyHash: string;
  readonly model: string;
  readonly kind: RequestKind;
  readonly project: string | null;
  /** Whether the plan's number of projects binds. */
  readonly limitsProjects: boolean;
  readonly session: string | null;
  readonly multiplier: number;
  readonly firstCall: boolean;
  readonly least: Millitokens;
  readonly most: Millitokens;
  /** What all the output that was asked for may cost: a smaller hold lowers the output limit. */
  readonly full: Millitokens;
  /** The same for a call that continues a generation of which nothing has been paid, not even the message. */
  readonly unpaid?: { readonly least: Millitokens; readonly most: Millitokens; readonly full: Millitokens };
  readonly openLimit: number;
  readonly owner: string;
  readonly leaseUntil: number;
}

export type StartAnswer =
  /** `paysForMessage`: message and prompt have not been charged to an earlier call of the generation. */
  | {
      kind: 'started';
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
/** What the first call of a generation tells of all of them. */
type GenerationSums = Pick<Call, 'openCalls' | 'settledCalls' | 'totalCharged' | 'sentTokens'>;

const nothing = millitokens(0);
const noParts: ChargeParts = { message: nothing, prompt: nothing, context: nothing, response: nothing };
const noCalls: GenerationSums = { openCalls: 0, settledCalls: 0, totalCharged: nothing, sentTokens: 0 };
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

/** The call, or its next try after a release: the counts start again. */
function newCall(call: CallToStart & Pick<Call, 'createdAt' | 'capped'>, hold: HoldRow): Call {
  // Every field by its name: spread together from parts, a row takes ten times as long.
  return {
    accountId: call.accountId,
    id: call.callId,
    generationId: hold.generationId,
    bodyHash: call.bodyHash,
    createdAt: call.createdAt,
    model: call.model,
    kind: call.kind,
    project: call.project,
    session: call.session,
    multiplier: call.multiplier,
    firstCall: call.firstCall,
    capped: call.capped,
    holdId: hold.holdId,
    state: hold.state,
    reserved: hold.reserved,
    charged: hold.charged,
    delivered: hold.delivered,
    periodStart: hold.periodStart,
    owner: hold.owner,
    leaseUntil: hold.leaseUntil,
    endedAt: hold.endedAt,
    reserveNumber: hold.reserveNumber,
    reserveAt: hold.reserveAt,
    reserveAvailable: hold.reserveAvailable,
    reserveHeld: hold.reserveHeld,
    endNumber: hold.endNumber,
    endAvailable: hold.endAvailable,
    endHeld: hold.endHeld,
    promptTokens: 0,
    contextTokens: 0,
    cachedTokens: 0,
    responseTokens: 0,
    messagePart: nothing,
    promptPart: nothing,
    contextPart: nothing,
    responsePart: nothing,
    counted: false,
    recovered: false,
    openCalls: 0,
    settledCalls: 0,
    totalCharged: nothing,
    sentTokens: 0,
  };
}

/** Puts a call as it is now, and with it what its generation's first call tells, which may be the same. */
function putCall(work: Work, call: Call, sums: GenerationSums): void {
  const { openCalls, settledCalls, totalCharged, sentTokens } = sums;
  const told = { openCalls, settledCalls, totalCharged, sentTokens };
  if (call.id === call.generationId) {
    work.calls.put({ ...call, ...told });
    return;
  }
  work.calls.put(call);
  work.calls.put({ ...firstCallOf(work, call), ...told });
}

function firstCallOf(work: Work, { accountId, generationId }: Call): Call {
  const first = work.calls.find(accountId, generationId);
  if (first === undefined) throw new Error('a call without its generation');
  return first;
}

function finish(work: Work, call: Call, used: UsedUp | null): FinishedCall | null {
  const { accountId, generationId } = call;
  const ended = ledger.end(work, accountId, call, used === null ? null : used.charged);
  if (ended === null) return null;
  const { charged, reserved } = ended.hold;
  const parts = used === null ? noParts : cutParts(used.parts, charged);
  const { openCalls, settledCalls, totalCharged, sentTokens } = firstCallOf(work, call);
  putCall(
    work,
    { ...ended.hold, ...(used === null ? noUsage : usageOf({ ...used, parts })) },
    {
      openCalls: openCalls - 1,
      settledCalls: settledCalls + (used === null ? 0 : 1),
      totalCharged: millitokens(totalCharged + charged),
      sentTokens: used === null ? sentTokens : inputOf(used.usage),
    },
  );
  const undercharged = used === null ? 0 : Math.max(0, used.charged - reserved);
  const { available, held } = ended.account;
  return { generationId, charged, parts, undercharged, available, held };
}

/** All that was sent, in model tokens. */
function inputOf({ promptTokens, contextTokens, cachedTokens }: Usage): number {
  return promptTokens + contextTokens + cachedTokens;
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
