import * as vscode from 'vscode';
import { commands, type CommandId } from '../contributions.ts';
import { balanceLines } from './balanceLines.ts';
import type { Meter } from './meter.ts';
import { statusBarView, type Wording } from './statusBarView.ts';

interface MenuItem extends vscode.QuickPickItem {
  readonly command?: CommandId | 'workbench.action.openSettings';
  readonly argument?: string;
}

/**
 * The one menu behind the status bar and the Account button: what is left, when it comes back, and what can be done.
 */
export async function showBalanceMenu(meter: Meter, wording: Wording): Promise<void> {
  const balance = meter.balance;
  const [headline = '', ...rest] = statusBarView(balance, wording).tooltip;
  const lines = balance.account ? balanceLines(balance, balance.account, wording) : rest;
  const items: MenuItem[] = [
    ...[headline, ...lines].map((label) => ({ label })),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    ...actions(),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Tokenfare', placeHolder: headline });
  if (picked?.command) await vscode.commands.executeCommand(picked.command, picked.argument);
}

function actions(): MenuItem[] {
  const { t } = vscode.l10n;
  return [
    { label: `$(arrow-up) ${t('Upgrade Plan…')}`, command: commands.upgradePlan },
    { label: `$(history) ${t('Roll Back Last Generation')}`, command: commands.rollBackLast },
    { label: `$(symbol-misc) ${t('Choose Model…')}`, command: commands.chooseModel },
    { label: `$(output) ${t('Show Log')}`, command: commands.showLog },
    {
      label: `$(gear) ${t('Settings')}`,
      command: 'workbench.action.openSettings',
      argument: '@ext:tokenfare.tokenfare',
    },
  ];
}
