import type { l10n } from 'vscode';
import { formatAllowance, formatBalance } from '../../core/formatTokens.ts';
import { shownBalance } from '../../core/shownBalance.ts';
import { percentLeft, type Balance } from './balance.ts';
import { balanceLines } from './balanceLines.ts';
import type { Dates } from './dates.ts';

/**
 * What the status bar item shows: text with an icon, a spoken label, tooltip lines, and whether it stands on a warning.
 */
export interface StatusBarView {
  readonly text: string;
  readonly label: string;
  readonly tooltip: readonly string[];
  readonly warning: boolean;
}

export interface Wording {
  readonly l10n: Pick<typeof l10n, 't'>;
  readonly locale: string;
  readonly dates: Dates;
}

/** The status bar for every state (screens: Status bar and balance menu). Unknown is never shown as 0. */
export function statusBarView(balance: Balance, wording: Wording): StatusBarView {
  const { connection } = balance;
  const { t } = wording.l10n;
  if (connection.kind === 'signedOut') return plain(t('Tokenfare: Sign In'), '$(account)');
  if (connection.kind === 'failed')
    return plain(t('Tokenfare: not running'), '$(debug-disconnect)', [connection.reason]);
  if (connection.kind === 'unreachable') {
    return plain(t('Tokenfare: offline'), '$(debug-disconnect)', [t('The backend can’t be reached.')]);
  }
  if (!balance.account) return plain(t('Tokenfare: starting'), '$(loading~spin)');
  return accountView(balance, balance.account, wording);
}

function plain(text: string, icon: string, tooltip: readonly string[] = []): StatusBarView {
  return { text: `${icon} ${text}`, label: text, tooltip: [text, ...tooltip], warning: false };
}

function accountView(balance: Balance, account: NonNullable<Balance['account']>, wording: Wording): StatusBarView {
  const { t } = wording.l10n;
  const left = shownBalance(account.balance, balance.spend);
  const [shown, allowance] = [
    formatBalance(left, wording.locale),
    formatAllowance(account.balance.allowance, wording.locale),
  ];
  const label = t('Tokenfare: {0} of {1} tokens left', shown, allowance);
  const counts = `${shown} / ${allowance}`;
  const tooltip = [
    t('{0} of {1} tokens left ({2} %)', shown, allowance, percentLeft(account, balance.spend)),
    ...balanceLines(balance, account, wording),
  ];
  const { connection } = balance;
  if (connection.kind === 'away') {
    const asOf = t('as of {0}', wording.dates.time(connection.asOf));
    return {
      text: `$(debug-disconnect) ${counts}`,
      label: `${label}, ${asOf}`,
      tooltip: [asOf, ...tooltip],
      warning: false,
    };
  }
  if (account.warning === 'empty' && !balance.spend) {
    const back = wording.dates.day(account.period.end);
    return { text: `$(debug-pause) 0 / ${allowance} · ${back}`, label, tooltip, warning: true };
  }
  const icon = balance.spend ? '$(loading~spin)' : '$(dashboard)';
  const low = account.warning === null ? '' : ` · ${t('low')}`;
  return { text: `${icon} ${counts}${low}`, label, tooltip, warning: account.warning === 'very_low' };
}
