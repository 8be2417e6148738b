import type { Millitokens } from '../core/tokens.ts';
import type { Plan } from '../core/plans.ts';
import { accounts, type NewAccount } from './accounts/accounts.ts';
import type { NewKey } from './accounts/accountStore.ts';
import { keys } from './accounts/keys.ts';
import type { Transaction } from './database/transaction.ts';
import type { Writer } from './database/writer.ts';
import {
  generations,
  type CallEnd,
  type CallToStart,
  type GoneProcess,
  type Progress,
  type SentCall,
} from './generations/generations.ts';
import { ledger } from './ledger/ledger.ts';
import { payments, type Payment } from './payments/payments.ts';
import { subscriptions, type ChooseAnswer } from './subscriptions/subscriptions.ts';

/**
 * Every command that the writer knows: the only ways in which the database changes while the backend runs. Inputs and
 * answers are plain data.
 */
export const commands = {
  createAccount: (tx: Transaction, input: NewAccount) => accounts.create(tx, input),
  viewAccount: (tx: Transaction, input: { accountId: string }) => accounts.view(tx, input.accountId),

  addKey: (tx: Transaction, key: NewKey): void => {
    keys.add(tx, key);
  },
  revokeKey: (tx: Transaction, input: { keyId: string }) => keys.revoke(tx, input.keyId),
  touchKey: (tx: Transaction, input: { keyId: string }): void => {
    keys.touch(tx, input.keyId);
  },

  addGrant: (tx: Transaction, grant: { accountId: string; amount: Millitokens; key: string; reason: string }) => {
    subscriptions.bringUpToDate(tx, grant.accountId, payments.renew);
    return ledger.grant(tx, { ...grant, raisesAllowance: true });
  },

  startCall: (tx: Transaction, input: CallToStart) => generations.startCall(tx, input),
  markSent: (tx: Transaction, input: SentCall) => generations.markSent(tx, input),
  recordProgress: (tx: Transaction, input: Progress): void => {
    generations.recordProgress(tx, input);
  },
  finishCall: (tx: Transaction, input: CallEnd) => generations.finishCall(tx, input),
  recover: (tx: Transaction, input: GoneProcess) => generations.recover(tx, input),

  /** What a plan leads to; where it has to be paid for, a checkout under the given id is opened. */
  choosePlan: (tx: Transaction, input: { accountId: string; plan: Plan; checkoutId: string }): ChooseAnswer => {
    const { accountId, plan, checkoutId } = input;
    subscriptions.bringUpToDate(tx, accountId, payments.renew);
    const chosen = subscriptions.choose(tx, accountId, plan);
    if (chosen.kind === 'pay') {
      const { amount, currency, from: previousPlanId } = chosen;
      payments.openCheckout(tx, { id: checkoutId, accountId, planId: plan.id, previousPlanId, amount, currency });
    }
    return chosen;
  },
  callOffChange: (tx: Transaction, input: { accountId: string }): void => {
    // First the roll-over, then the event: what was due is not called off any more, and no renewal is charged for it.
    subscriptions.bringUpToDate(tx, input.accountId, payments.renew);
    subscriptions.callOff(tx, input.accountId);
  },
  viewCheckout: (tx: Transaction, input: { id: string }) => payments.checkout(tx, input.id) ?? null,
  payCheckout: (tx: Transaction, input: Payment) => payments.pay(tx, input),
};

/** The writer with every command. */
export type CommandWriter = Writer<typeof commands>;
