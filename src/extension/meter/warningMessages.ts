import * as vscode from 'vscode';
import { formatAllowance, formatBalance } from '../../core/formatTokens.ts';
import type { AccountBody, WarningBody } from '../../protocol/api.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import { commands } from '../contributions.ts';
import type { Wording } from './statusBarView.ts';

/**
 * Says in a message of VS Code's own that tokens run low. The backend tells each threshold once in a period, to one
 * window; what stays is said by the status bar and in the chat.
 */
export function warningMessages(connection: BackendConnection, wording: Wording): vscode.Disposable {
  return connection.onWarning(({ threshold }) => {
    const { account } = connection;
    if (account !== null) void say(account, threshold, wording);
  });
}

async function say(account: AccountBody, threshold: WarningBody['threshold'], { dates }: Wording): Promise<void> {
  const { available, allowance } = account.balance;
  const all = formatAllowance(allowance);
  const day = dates.dayAndTime(account.period.end);
  const upgrade = vscode.l10n.t('Upgrade Plan…');
  const { showInformationMessage, showWarningMessage } = vscode.window;
  const show = threshold === 'low' ? showInformationMessage : showWarningMessage;
  const sentence =
    threshold === 'empty'
      ? vscode.l10n.t('All {0} tokens are used. Chat is back on {1}; editing and free edits go on.', all, day)
      : vscode.l10n.t('{0} of {1} tokens left. They reset {2}.', formatBalance(available), all, day);
  if ((await show(sentence, upgrade)) === upgrade) await vscode.commands.executeCommand(commands.upgradePlan);
}
