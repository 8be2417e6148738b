import * as vscode from 'vscode';
import { formatAllowance } from '../../core/formatTokens.ts';
import { planById, type PlanId } from '../../core/plans.ts';
import { planStanding } from '../../core/planStanding.ts';
import type { AccountBody } from '../../protocol/api.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import { BackendRefusal } from '../backend/backendRefusal.ts';
import { commands } from '../contributions.ts';
import type { Wording } from '../meter/statusBarView.ts';
import { offerSupport } from './offerSupport.ts';
import { openLink } from './openLink.ts';
import { planItems } from './planItems.ts';
import { subscriptionItems, type SubscriptionItem } from './subscriptionItems.ts';

export interface UpgradeParts {
  readonly connection: BackendConnection;
  readonly client: BackendClient;
  readonly wording: Wording;
  readonly now: () => Date;
}

interface Row extends vscode.QuickPickItem {
  readonly choose: () => unknown;
}

/**
 * Lists the plans; a row pays in the browser, changes at once, or is scheduled, as its text says. Below them stands
 * what else can be done about a paid plan. `title` is what the command is called.
 */
export async function upgradePlan(title: string, parts: UpgradeParts): Promise<void> {
  const { connection, wording, now } = parts;
  await connection.endpoint();
  const account = connection.account;
  if (!account) return;
  const rows = planItems(account, now().toISOString(), wording).map(({ planId, ...item }): Row => ({
    ...item,
    choose: () => choose(planId, account, parts),
  }));
  const others = subscriptionItems(account, wording).map(({ kind, ...item }): Row => ({
    ...item,
    choose: () => carryOut(kind, account, parts),
  }));
  const separator: Row = { label: '', kind: vscode.QuickPickItemKind.Separator, choose: () => undefined };
  const picked = await vscode.window.showQuickPick([...rows, ...(others.length > 0 ? [separator] : []), ...others], {
    title: account.setsOwnBudget === true ? vscode.l10n.t('Set Monthly Budget') : title,
    placeHolder: placeHolder(account),
    matchOnDetail: true,
    // Whoever looks something up in another window finds the plans again.
    ignoreFocusOut: true,
  });
  try {
    await picked?.choose();
  } catch (error) {
    if (!(error instanceof BackendRefusal)) throw error;
    await offerSupport(account.supportUrl, (support) => vscode.window.showErrorMessage(error.message, support));
  }
}

function placeHolder({ setsOwnBudget }: AccountBody): string {
  if (setsOwnBudget === true) return vscode.l10n.t('You pay for the models yourself. Nothing is paid here.');
  return vscode.l10n.t("Tokens don't carry over and can't be bought apart. Refund within 7 days.");
}

async function carryOut(kind: SubscriptionItem['kind'], account: AccountBody, parts: UpgradeParts): Promise<unknown> {
  switch (kind) {
    case 'keep':
      await parts.client.callOffScheduledChange();
      return vscode.window.showInformationMessage(vscode.l10n.t('Called off. You keep {0}.', account.plan.name));
    case 'cancel':
      return choose('free', account, parts);
    case 'refund':
      return vscode.commands.executeCommand(commands.requestRefund);
  }
}

async function choose(planId: PlanId, account: AccountBody, parts: UpgradeParts): Promise<void> {
  const isUnpaid = planStanding(account) === 'owed';
  if (planId === account.plan.id && !account.scheduledChange && !isUnpaid) return;
  const { connection, client, wording } = parts;
  const answer = await (account.setsOwnBudget === true ? client.setBudget(planId) : client.subscribe(planId));
  // What is owed is paid first, whatever was chosen.
  const paidFor = isUnpaid ? account.plan.id : planId;
  const name = planById(answer.kind === 'checkout' ? paidFor : planId)?.name ?? planId;
  switch (answer.kind) {
    case 'checkout':
      await openLink(answer.url);
      return waitForPayment(paidFor, name, connection, wording);
    case 'scheduled':
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} starts on {1}. Until then nothing changes.', name, wording.dates.day(answer.at)),
      );
      return;
    case 'changed':
      void vscode.window.showInformationMessage(vscode.l10n.t('Your plan is {0}.', name));
  }
}

/**
 * Shows that a payment is awaited until the account has the plan, or the person stops waiting; paying later works too.
 */
async function waitForPayment(
  planId: string,
  name: string,
  connection: BackendConnection,
  wording: Wording,
): Promise<void> {
  const paid = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Waiting for the payment of {0} in your browser', name),
      cancellable: true,
    },
    (_, cancelled) => planReached(planId, connection, cancelled),
  );
  if (!paid || !connection.account) return;
  const allowance = formatAllowance(connection.account.balance.allowance, wording.locale);
  void vscode.window.showInformationMessage(vscode.l10n.t('Paid. {0} is active with {1} tokens.', name, allowance));
}

function planReached(
  planId: string,
  connection: BackendConnection,
  cancelled: vscode.CancellationToken,
): Promise<boolean> {
  return new Promise((resolve) => {
    const subscriptions: vscode.Disposable[] = [];
    const end = (reached: boolean) => {
      for (const subscription of subscriptions) subscription.dispose();
      resolve(reached);
    };
    const look = () => {
      const { account } = connection;
      if (account?.plan.id === planId && planStanding(account) === 'paid') end(true);
    };
    subscriptions.push(
      connection.onDidChange(look),
      cancelled.onCancellationRequested(() => {
        end(false);
      }),
    );
    look();
  });
}
