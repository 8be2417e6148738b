import * as vscode from 'vscode';
import type { Millitokens } from '../../core/tokens.ts';
import { commands, settings, type CommandId } from '../contributions.ts';
import { balanceLines } from './balanceLines.ts';
import type { Meter } from './meter.ts';
import { statusBarView, type Wording } from './statusBarView.ts';

interface MenuItem extends vscode.QuickPickItem {
  readonly command?: CommandId | 'workbench.action.openSettings';
  readonly argument?: string;
}

/**
 * The one menu behind the status bar and the Account button: what is left, when it comes back, and what can be done.
 * `host`: the machine or server that keeps this balance, where that is another one. `chat`: the charges of the chat,
 * if they are known.
 */
export function showBalanceMenu(
  meter: Meter,
  wording: Wording,
  { host, chat }: { host: string | null; chat: Millitokens | null },
): void {
  const balance = meter.balance;
  const [headline = '', ...rest] = statusBarView(balance, wording).tooltip;
  const lines = balance.account ? balanceLines(balance, balance.account, wording, chat) : rest;
  const menu = vscode.window.createQuickPick<MenuItem>();
  menu.title = host === null ? 'Tokenfare' : vscode.l10n.t('Tokenfare on {0}', host);
  menu.placeholder = vscode.l10n.t('What would you like to do?');
  menu.items = [
    ...[headline, ...lines].map((label) => ({ label })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...actions(balance.account?.setsOwnBudget === true),
  ];
  menu.onDidAccept(() => {
    const [picked] = menu.selectedItems;
    // A line that only says something leaves the menu as it is.
    if (!picked?.command) return;
    menu.hide();
    void vscode.commands.executeCommand(picked.command, picked.argument);
  });
  menu.onDidHide(() => {
    menu.dispose();
  });
  menu.show();
}

function actions(setsOwnBudget: boolean): MenuItem[] {
  const { t } = vscode.l10n;
  return [
    setsOwnBudget
      ? { label: `$(arrow-up) ${t('Set Monthly Budget…')}`, command: commands.setMonthlyBudget }
      : { label: `$(arrow-up) ${t('Upgrade Plan…')}`, command: commands.upgradePlan },
    {
      label: `$(calendar) ${t('Budget per Day…')}`,
      command: 'workbench.action.openSettings',
      argument: settings.budgetPerDay,
    },
    { label: `$(graph) ${t('Usage and Receipts')}`, command: commands.openAccount },
    { label: `$(history) ${t('Roll Back…')}`, command: commands.rollBack },
    { label: `$(symbol-misc) ${t('Choose Model…')}`, command: commands.chooseModel },
    { label: `$(book) ${t('Prompting Guide')}`, command: commands.promptingGuide },
    { label: `$(output) ${t('Show Log')}`, command: commands.showLog },
    {
      label: `$(gear) ${t('Settings')}`,
      command: 'workbench.action.openSettings',
      argument: '@ext:tokenfare.tokenfare',
    },
  ];
}
