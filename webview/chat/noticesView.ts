import { html, nothing, type TemplateResult } from 'lit';
import type { Status } from '../../src/protocol/chat.ts';
import { button } from '../components/button.ts';
import { icon } from '../components/icon.ts';
import { iconButton } from '../components/iconButton.ts';
import { linkButton } from '../components/linkButton.ts';
import { spinner } from '../components/spinner.ts';
import type { Ask } from './ask.ts';
import { supportLink } from './supportLink.ts';
import { words } from './words.ts';

/** What stands between the conversation and the composer: what happened, what is missing, what runs low. */
export function noticesView(status: Status, page: NoticesPage): TemplateResult {
  return html`<div class="notices">
    ${bannerView(status, page.ask)} ${connectionView(status, page.ask)} ${workspaceView(status, page.ask)}
    ${accountView(status, page.ask)} ${warningView(status, page)} ${budgetView(status, page)}
  </div>`;
}

export interface NoticesPage {
  readonly ask: Ask;
  /** The warnings that the person has put away, each with its period's end or its day: it is shown once in that. */
  readonly dismissedWarnings: readonly string[];
  readonly dismissWarning: (key: string) => void;
}

function notice(
  kind: 'info' | 'warning' | 'error' | 'busy',
  text: string,
  actions: unknown,
  dismiss: unknown = nothing,
): TemplateResult {
  const iconNames = { info: 'info', warning: 'warning', error: 'error' } as const;
  return html`<div class="notice ${kind}">
    ${kind === 'busy' ? spinner() : icon(iconNames[kind])}
    <div class="notice-body">
      <span>${text}</span>
      ${actions}
    </div>
    ${dismiss}
  </div>`;
}

function act(ask: Ask, label: string, call: Parameters<Ask>[0], primary = false): TemplateResult {
  return button(
    label,
    () => {
      ask(call);
    },
    { primary },
  );
}

function bannerView({ banner }: Status, ask: Ask): TemplateResult | typeof nothing {
  if (banner === null) return nothing;
  const failed = banner.kind === 'problem';
  const action =
    banner.kind === 'rolledBack'
      ? act(ask, words.redo, (extension) => extension.redo())
      : failed && banner.showLog
        ? act(ask, words.showLog, (extension) => extension.showLog())
        : nothing;
  const dismiss = iconButton('close', words.dismiss, () => {
    ask((extension) => extension.dismissBanner());
  });
  return notice(failed ? 'error' : 'info', words.banner(banner), action, dismiss);
}

function connectionView({ connection, server }: Status, ask: Ask): TemplateResult | typeof nothing {
  const showLog = act(ask, words.showLog, (extension) => extension.showLog());
  const leave = server === null ? nothing : leaveView(ask, server);
  switch (connection.kind) {
    case 'ready':
      return nothing;
    case 'starting':
      return notice('busy', words.starting, nothing);
    case 'away':
      return notice('warning', words.away(connection.asOf), html`${showLog} ${leave}`);
    case 'unreachable':
      return notice('warning', words.unreachable, html`${showLog} ${leave}`);
    case 'signedOut':
      return connection.refusedBy === null
        ? notice('info', words.signedOut, html`${signIn(ask, words.signIn)} ${leave}`)
        : notice('warning', words.keyRefused(connection.refusedBy), html`${signIn(ask, words.changeKey)} ${leave}`);
    case 'failed':
      return notice(
        'error',
        words.couldNotStart(connection.reason),
        html`${showLog} ${act(ask, words.tryAgain, (extension) => extension.reconnect())} ${leave}`,
      );
  }
}

function signIn(ask: Ask, label: string): TemplateResult {
  return act(ask, label, (extension) => extension.signIn(), true);
}

/** The way back from an address that was mistyped, or whose server is gone. */
function leaveView(ask: Ask, server: string): TemplateResult {
  return linkButton(
    words.useThisMachine,
    () => {
      ask((extension) => extension.leaveServer());
    },
    { title: words.useThisMachineHint(server) },
  );
}

function workspaceView({ workspace }: Status, ask: Ask): TemplateResult | typeof nothing {
  switch (workspace) {
    case 'open':
    // Without a folder the chat answers; what is missing is said under the first answer that wants to write.
    case 'none':
      return nothing;
    case 'restricted':
      return notice(
        'info',
        words.restricted,
        act(ask, words.manageTrust, (extension) => extension.manageTrust()),
      );
    case 'readOnly':
      return notice('info', words.readOnly, nothing);
  }
}

/** What stands against the account, what can be done about it, and whom to ask. */
function accountView({ account }: Status, ask: Ask): TemplateResult | typeof nothing {
  if (account?.notice === undefined) return nothing;
  const support = supportLink(account.supportUrl);
  if (account.notice.kind === 'on_hold') return notice('error', words.onHold, support);
  const said = words.unpaid(account.plan.name, account.notice.until);
  return notice('warning', said, html`${act(ask, words.pay, (extension) => extension.upgrade(), true)} ${support}`);
}

function warningView(status: Status, page: NoticesPage): TemplateResult | typeof nothing {
  const { account } = status;
  if (account === null || account.warning === null) return nothing;
  const upgrade = act(page.ask, words.upgrade, (extension) => extension.upgrade(), account.warning === 'empty');
  if (account.warning === 'empty') return notice('warning', words.empty(account), upgrade);
  const key = `${account.warning} ${account.period.end}`;
  if (page.dismissedWarnings.includes(key)) return nothing;
  const dismiss = iconButton('close', words.dismiss, () => {
    page.dismissWarning(key);
  });
  return notice(account.warning === 'low' ? 'info' : 'warning', words.low(account), upgrade, dismiss);
}

/** The person's own budget for today. */
function budgetView({ budget, account }: Status, page: NoticesPage): TemplateResult | typeof nothing {
  // Of an empty balance the other notice says when the chat is back.
  if (budget === null || budget.warning === null || account?.warning === 'empty') return nothing;
  const change = act(page.ask, words.changeBudget, (extension) => extension.changeBudget());
  if (budget.warning === 'used') return notice('warning', words.budgetUsed(budget.perDay), change);
  if (budget.warning === 'setAside') return notice('info', words.budgetSetAside, change);
  const key = `budget ${budget.day}`;
  if (page.dismissedWarnings.includes(key)) return nothing;
  const dismiss = iconButton('close', words.dismiss, () => {
    page.dismissWarning(key);
  });
  return notice('info', words.budgetLow(budget.left, budget.perDay), change, dismiss);
}
