import type { Millitokens } from '../core/tokens.ts';
import type { Plan } from '../core/plans.ts';
import { accounts, type NewAccount } from './accounts/accounts.ts';
import { keys, type NewKey } from './accounts/keys.ts';
import { warnings, type AccountWarning } from './accounts/warnings.ts';
import type { RowKey, Work } from './database/workingSet.ts';
import type { Command, CommandQueue, InputOf } from './database/writer.ts';
import {
  generations,
  type AbandonedCall,
  type CallEnd,
  type CallToStart,
  type Progress,
} from './generations/generations.ts';
import { ledger } from './ledger/ledger.ts';
import { checkouts, type NewCheckout, type Payment } from './payments/checkouts.ts';
import {
  paymentInbox,
  type ProviderDispute,
  type ProviderEvent,
  type ProviderPayment,
} from './payments/paymentInbox.ts';
import { payments } from './payments/payments.ts';
import { refunds, type PracticeInvoices, type RefundQuestion } from './payments/refunds.ts';
import { projects, type ProjectName } from './projects/projects.ts';
import { subscriptions, type CallOffAnswer, type ChooseAnswer, type Followed } from './subscriptions/subscriptions.ts';
import { publications, type NewVersion, type PublicationName } from './publications/publications.ts';

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

  /** True for the first who tells a person of a warning. */
  tellWarning: command(
    (warning: AccountWarning) => warnings.needs(warning),
    (work, warning) => warnings.tell(work, warning),
  ),
  /** Puts an account on hold, or takes it off. */
  setHold: command(
    ({ accountId }: Hold) => subscriptions.needs(accountId),
    (work, { accountId, onHold }) => {
      ledger.setFrozen(work, accountId, onHold);
    },
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
    (call: CallToStart) => generations.needsOfStart(call),
    (work, call) => generations.startCall(work, call),
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

  /** What a plan leads to now; what has to be paid for is left to the payment provider. */
  choosePlan: command(
    ({ accountId }: PlanChoice) => subscriptions.needs(accountId),
    (work, { accountId, plan }): ChooseAnswer => {
      subscriptions.bringUpToDate(work, accountId, payments.renew);
      return subscriptions.choose(work, accountId, plan);
    },
  ),
  /** Gives a plan that nobody pays for, at once. */
  givePlan: command(
    ({ accountId }: PlanChoice) => subscriptions.needs(accountId),
    (work, { accountId, plan }) => {
      subscriptions.bringUpToDate(work, accountId, payments.renew);
      subscriptions.give(work, accountId, plan);
    },
  ),
  callOffChange: command(
    ({ accountId }: { accountId: string }) => subscriptions.needs(accountId),
    (work, { accountId }): CallOffAnswer => {
      // First the roll-over, then the event: what was due is not called off any more, and no renewal is charged for it.
      subscriptions.bringUpToDate(work, accountId, payments.renew);
      return subscriptions.callOff(work, accountId);
    },
  ),
  openCheckout: command(
    ({ id }: NewCheckout) => [['checkouts', id]],
    (work, checkout) => {
      checkouts.open(work, checkout);
    },
  ),
  payCheckout: command(
    (payment: Payment) => checkouts.needsOfPayment(payment),
    (work, payment) => checkouts.pay(work, payment),
  ),

  receivePayment: command(
    (paid: ProviderPayment) => paymentInbox.needsOfPayment(paid),
    (work, paid) => paymentInbox.pay(work, paid),
  ),
  receiveDispute: command(
    (event: ProviderDispute) => paymentInbox.needs(event),
    (work, event) => paymentInbox.dispute(work, event),
  ),
  endContract: command(
    (event: ProviderEvent & { contractId: string }) => paymentInbox.needs(event),
    (work, event) => {
      paymentInbox.endContract(work, event);
    },
  ),
  markFollowed: command(
    ({ accountId }: Followed) => subscriptions.needs(accountId),
    (work, followed) => {
      subscriptions.markFollowed(work, followed);
    },
  ),
  markMoneySent: command(
    ({ invoiceId }: { accountId: string; invoiceId: string }) => [['refunds', invoiceId]],
    (work, { invoiceId }) => {
      refunds.markMoneySent(work, invoiceId);
    },
  ),

  previewRefund: command(
    (question: RefundQuestion) => refunds.needs(question),
    (work, question) => refunds.preview(work, question),
  ),
  requestRefund: command(
    (question: RefundQuestion) => refunds.needs(question),
    (work, question) => refunds.request(work, question),
  ),
  decideRefund: command(
    (question: RefundQuestion & { approve: boolean }) => refunds.needs(question),
    (work, question) => refunds.decide(work, question),
  ),

  /** Ends what practice cards paid for: plans run out with their periods, and none of that money goes back. */
  endPractice: command(
    ({ accountId, invoiceIds }: PracticeInvoices) => [
      ...subscriptions.needs(accountId),
      ...invoiceIds.map((id): RowKey => ['refunds', id]),
    ],
    (work, practice) => {
      subscriptions.endPractice(work, practice.accountId);
      refunds.endPractice(work, practice);
    },
  ),

  registerProject: command(
    (project: ProjectName & { name: string }) => projects.needs(project),
    (work, project) => {
      projects.register(work, project);
    },
  ),
  activateProject: command(
    (project: ProjectName) => projects.needs(project),
    (work, project) => projects.activate(work, project),
  ),
  /** Notes an export, which a refund asks for. False if the plan has none. */
  recordExport: command(
    ({ accountId }: { accountId: string }) => subscriptions.needs(accountId),
    (work, { accountId }) => {
      subscriptions.bringUpToDate(work, accountId, payments.renew);
      if (!subscriptions.entitlements(work, accountId).codeExport) return false;
      subscriptions.change(work, accountId, { exportedAt: ledger.now(work, accountId) });
      return true;
    },
  ),

  addVersion: command(
    (version: NewVersion) => publications.needsToCount(version),
    (work, version) => {
      subscriptions.bringUpToDate(work, version.accountId, payments.renew);
      return publications.addVersion(work, version);
    },
  ),
  activateVersion: command(
    (version: PublicationName & { number: number }) => publications.needs(version),
    (work, version) => publications.activate(work, version),
  ),
  unpublish: command(
    (name: PublicationName) => publications.needsToCount(name),
    (work, name) => publications.unpublish(work, name),
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

interface Hold {
  readonly accountId: string;
  readonly onHold: boolean;
}

interface PlanChoice {
  readonly accountId: string;
  readonly plan: Plan;
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
