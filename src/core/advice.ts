import { isComplaint } from './advice/complaint.ts';
import { missingDetail, type MissingDetail } from './advice/missingDetail.ts';
import { isQuestion, isSmallRequest, sameRequest } from './advice/smallRequest.ts';
import { wishesForStyle } from './advice/styleWish.ts';
import { estimate } from './estimate.ts';

/** One suggestion that saves tokens: a kind and its parameters; sentences are made by whoever shows it. */
export type Advice =
  | { kind: 'edit-for-free'; savingMillitokens: number }
  /** `requests` is how many small requests would become one, this draft included. */
  | { kind: 'batch'; savingMillitokens: number; requests: number; waiting: string[] }
  | { kind: 'roll-back'; savingMillitokens: number; prompt: string }
  | { kind: 'add-detail'; savingMillitokens: number; missing: MissingDetail[] }
  /** `needsMillitokens` is what the draft takes at most, most of the time. */
  | { kind: 'low-balance'; savingMillitokens: number; balance: number; needsMillitokens: number };

export interface AdviceInput {
  prompt: string;
  /** Messages sent before, the oldest first. */
  earlier: readonly EarlierMessage[];
  /** Requests that wait in the batch or behind a running generation. */
  queue: readonly string[];
  /** Millitokens. */
  balance: number;
  allowance: number;
}

export interface EarlierMessage {
  prompt: string;
  secondsAgo: number;
  /** Millitokens. */
  charged: number;
  rolledBack: boolean;
  failed: boolean;
}

/** More advice than this at once is noise (design, section 6). */
export const MAX_ADVICE = 3;

/** Longer drafts are specifications: their opening says all that advice goes by, and the rest is not read. */
const MAX_DRAFT_READ = 2_000;

/** At most three suggestions for a draft, the most useful first; none for a question. Pure; takes microseconds. */
export function advise(input: AdviceInput): Advice[] {
  const draft = input.prompt.slice(0, MAX_DRAFT_READ).trim();
  if (draft === '') return [];
  const advice: Advice[] = [];
  const rollBack = adviseRollBack(draft, input);
  if (rollBack) advice.push(rollBack);
  else if (!isQuestion(draft)) advice.push(...adviseOnRequest(draft, input));
  const low = adviseLowBalance(draft, input);
  if (low && !advice.some((each) => each.kind === 'edit-for-free')) advice.push(low);
  return advice.slice(0, MAX_ADVICE);
}

function adviseOnRequest(draft: string, input: AdviceInput): Advice[] {
  if (wishesForStyle(draft)) return [{ kind: 'edit-for-free', savingMillitokens: priceOf(draft) }];
  const advice: Advice[] = [];
  const batch = adviseBatch(draft, input);
  if (batch) advice.push(batch);
  const missing = batch && batch.waiting.length === 0 ? [] : missingDetail(draft);
  if (missing.length > 0) {
    const followUp = estimate({
      prompt: 'add a column',
      kind: 'add-field',
      contextTokens: CONTEXT_TOKENS,
      multiplier: 1,
    });
    advice.push({ kind: 'add-detail', savingMillitokens: followUp.likely * missing.length, missing });
  }
  return advice;
}

/** What a short conversation in a small project sends along. Only savings go by it, never a price that is shown. */
const CONTEXT_TOKENS = 4_000;

function priceOf(prompt: string): number {
  return estimate({ prompt, contextTokens: CONTEXT_TOKENS, multiplier: 1 }).likely;
}

/** What a message costs beyond its answer: the base price and what is sent along. A merged message pays it once. */
function overheadOf(prompt: string): number {
  const { reasons } = estimate({ prompt, contextTokens: CONTEXT_TOKENS, multiplier: 1 });
  return reasons.filter(({ part }) => part !== 'response').reduce((sum, { millitokens }) => sum + millitokens, 0);
}

function adviseRollBack(draft: string, { earlier }: AdviceInput): Advice | null {
  const last = earlier.at(-1);
  // What failed changed nothing, and what was rolled back is gone already.
  if (!last || last.failed || last.rolledBack || !isComplaint(draft)) return null;
  const fix = estimate({ prompt: draft, kind: 'fix', contextTokens: CONTEXT_TOKENS, multiplier: 1 });
  return { kind: 'roll-back', savingMillitokens: fix.likely, prompt: last.prompt };
}

/** So many small messages in a row before it pays to say so: the page's own run has its third in view. */
const RUN_LENGTH = 2;

/** Messages further apart than this are not one train of thought. */
const RUN_GAP_SECONDS = 20 * 60;

function adviseBatch(draft: string, input: AdviceInput): Extract<Advice, { kind: 'batch' }> | null {
  if (!isSmallRequest(draft)) return null;
  const waiting = input.queue.filter((request) => isSmallRequest(request) && !sameRequest(request, draft));
  const run = runBefore(draft, input.earlier);
  if (waiting.length === 0 && run < RUN_LENGTH) return null;
  const saving =
    waiting.length > 0 ? waiting.reduce((sum, request) => sum + overheadOf(request), 0) : overheadOf(draft);
  return { kind: 'batch', savingMillitokens: saving, requests: (waiting.length || run) + 1, waiting };
}

/** How many small messages in a row came just before; 0 if the draft only repeats one of them. */
function runBefore(draft: string, earlier: readonly EarlierMessage[]): number {
  let run = 0;
  let newer = 0;
  for (const message of earlier.toReversed()) {
    if (message.secondsAgo - newer > RUN_GAP_SECONDS) break;
    if (sameRequest(message.prompt, draft)) return 0;
    newer = message.secondsAgo;
    if (message.failed || message.rolledBack) continue;
    // The first of a run is what the small ones build on; it may be of any size.
    if (!isSmallRequest(message.prompt)) break;
    run++;
  }
  return run;
}

/** Below this part of the allowance the person wants to know, even if the draft still fits. */
const LOW_SHARE = 0.05;

function adviseLowBalance(draft: string, { balance, allowance }: AdviceInput): Advice | null {
  const needs = estimate({ prompt: draft, contextTokens: CONTEXT_TOKENS, multiplier: 1 }).high;
  if (balance >= needs && balance >= allowance * LOW_SHARE) return null;
  return { kind: 'low-balance', savingMillitokens: 0, balance, needsMillitokens: needs };
}

export type { MissingDetail };
