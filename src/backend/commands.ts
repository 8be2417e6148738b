import type { Millitokens } from '../core/tokens.ts';
import type { Plan } from '../core/plans.ts';
import { accounts, type NewAccount } from './accounts/accounts.ts';
import { keys, type NewKey } from './accounts/keys.ts';
import type { RowKey, Work } from './database/workingSet.ts';
import type { Command, CommandQueue, InputOf } from './database/writer.ts';
import { exports } from './exports/exports.ts';
import {
  generations,
  type AbandonedCall,
  type CallEnd,
  type CallToStart,
  type Progress,
  type SentCall,
} from './generations/generations.ts';
import { ledger } from './ledger/ledger.ts';
import { payments, type Payment } from './payments/payments.ts';
import { publications, type NewVersion, type PublicationName } from './publications/publications.ts';
import { subscriptions, type ChooseAnswer } from './subscriptions/subscriptions.ts';

/**
 * Every command that the writer knows: the only ways in which the database changes while the backend runs. Inputs and
 * answers are plain data.
 */
export const commands = {
  createAccount: command(
    ({ id }: NewAccount) => accounts.needs(id),
    (work, input) => accounts.create(work, input),
  ),
  viewAccount: command(
    ({ accountId }: { accountId: string }) => accounts.needs(accountId),
    (work, { accountId }) => accounts.view(work, accountId),
  ),

  addKey: command(
    ({ id }: NewKey) => [['apiKeys', id]],
    (work, key) => {
      keys.add(work, key);
    },
  ),
  revokeKey: command(needsOfKey, (work, { keyId }) => keys.revoke(work, keyId)),
  touchKey: command(needsOfKey, (work, { keyId }) => {
    keys.touch(work, keyId);
  }),

  /** Adds tokens once for each key: false if the key was used before. */
  addGrant: command(
    ({ accountId, key }: Grant) => [...subscriptions.needs(accountId), ['transfers', accountId, key]],
    (work, grant) => {
      if (work.transfers.find(grant.accountId, grant.key) !== undefined) return false;
      subscriptions.bringUpToDate(work, grant.accountId, payments.renew);
      ledger.grant(work, grant);
      return true;
    },
  ),

  startCall: command(
    (call: CallToStart) => generations.needs(call),
    (work, call) => generations.startCall(work, call),
  ),
  markSent: command(
    (sent: SentCall) => generations.needs(sent),
    (work, sent) => generations.markSent(work, sent),
  ),
  recordProgress: command(
    (progress: Progress) => generations.needs(progress),
    (work, progress) => {
      generations.recordProgress(work, progress);
    },
  ),
  finishCall: command(
    (end: CallEnd) => generations.needs(end),
    (work, end) => generations.finishCall(work, end),
  ),
  recoverCall: command(
    (call: AbandonedCall) => generations.needs(call),
    (work, call) => generations.recover(work, call),
  ),

  /** What a plan leads to; where it has to be paid for, a checkout under the given id is opened. */
  choosePlan: command(
    ({ accountId, checkoutId }: PlanChoice) => [...subscriptions.needs(accountId), ['checkouts', checkoutId]],
    (work, { accountId, plan, checkoutId }): ChooseAnswer => {
      subscriptions.bringUpToDate(work, accountId, payments.renew);
      const chosen = subscriptions.choose(work, accountId, plan);
      if (chosen.kind === 'pay') {
        const { amount, currency, from: previousPlanId } = chosen;
        payments.openCheckout(work, { id: checkoutId, accountId, planId: plan.id, previousPlanId, amount, currency });
      }
      return chosen;
    },
  ),
  callOffChange: command(
    ({ accountId }: { accountId: string }) => subscriptions.needs(accountId),
    (work, { accountId }) => {
      // First the roll-over, then the event: what was due is not called off any more, and no renewal is charged for it.
      subscriptions.bringUpToDate(work, accountId, payments.renew);
      subscriptions.callOff(work, accountId);
    },
  ),
  payCheckout: command(
    (payment: Payment) => payments.needsOfPayment(payment),
    (work, payment) => payments.pay(work, payment),
  ),

  addVersion: command(
    (version: NewVersion) => publications.needs(version),
    (work, version) => publications.addVersion(work, version),
  ),
  activateVersion: command(
    (version: PublicationName & { number: number }) => publications.needs(version),
    (work, version) => publications.activate(work, version),
  ),
  unpublish: command(
    (name: PublicationName) => publications.needs(name),
    (work, name) => publications.unpublish(work, name),
  ),
  /** Notes an export of code: false if the plan doesn't have it. */
  noteExport: command(
    ({ accountId }: { accountId: string }) => exports.needs(accountId),
    (work, { accountId }) => exports.note(work, accountId),
  ),
};

/** What takes every command. */
export type CommandWriter = CommandQueue<typeof commands>;

/** What a command is about: its account, where it has one. */
export function shardKeyOf(input: InputOf<(typeof commands)[keyof typeof commands]>): string {
  if ('accountId' in input) return input.accountId;
  return 'keyId' in input ? input.keyId : input.id;
}

interface Grant {
  readonly accountId: string;
  readonly amount: Millitokens;
  readonly key: string;
  readonly reason: string;
}

interface PlanChoice {
  readonly accountId: string;
  readonly plan: Plan;
  readonly checkoutId: string;
}

function command<Input, Answer>(
  needs: (input: Input) => readonly RowKey[],
  carryOut: (work: Work, input: Input) => Answer,
): Command<Input, Answer> {
  return { needs, carryOut };
}

function needsOfKey({ keyId }: { keyId: string }): RowKey[] {
  return [['apiKeys', keyId]];
}
