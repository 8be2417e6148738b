import { html, nothing, type TemplateResult } from 'lit';
import { formatBalance } from '../../src/core/formatTokens.ts';
import { shownBalance } from '../../src/core/shownBalance.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import type { Status, Thread } from '../../src/protocol/chat.ts';
import { icon } from '../components/icon.ts';
import { iconButton } from '../components/iconButton.ts';
import type { Ask } from './ask.ts';
import { words } from './words.ts';

/** The session's title with its menu, New chat, History, and the account with what is left. */
export function headerView(thread: Thread | null, status: Status | null, ask: Ask): TemplateResult {
  return html`<header class="header">
    <tokenfare-session-menu
      .chatTitle=${thread?.title ?? ''}
      .isEmpty=${(thread?.messages.length ?? 0) === 0}
      .ask=${ask}
    ></tokenfare-session-menu>
    ${iconButton('add', words.newChat, () => {
      ask((extension) => extension.newChat());
    })}
    ${iconButton('history', words.history, () => {
      ask((extension) => extension.chatHistory());
    })}
    <span
      class="account ${(status?.account?.warning ?? null) === null ? '' : 'warned'}"
      title=${tooltip(status)}
      @click=${() => {
        ask((extension) => extension.openAccountMenu());
      }}
    >
      ${balanceView(status)}
      <button type="button" class="icon-button" aria-label=${words.account} title=${tooltip(status)}>
        ${icon('account')}
      </button>
    </span>
  </header>`;
}

/** `null` while it is not known. */
export function balanceLeft(status: Status | null): Millitokens | null {
  const balance = status?.account?.balance;
  return balance === undefined ? null : shownBalance(balance, status?.live ?? status?.running ?? null);
}

function balanceView(status: Status | null): TemplateResult | typeof nothing {
  const left = balanceLeft(status);
  return left === null ? nothing : html`<span class="balance">${formatBalance(left)}</span>`;
}

function tooltip(status: Status | null): string {
  const left = balanceLeft(status);
  const account = status?.account ?? null;
  if (status === null || account === null || left === null) return words.account;
  const { held } = account.balance;
  const lines = [words.balance(left, account), words.sums(status.sums)];
  return [...lines, ...(held > 0 ? [words.setAside(held)] : [])].join('\n');
}
