import { html, nothing, type TemplateResult } from 'lit';
import { formatBalance } from '../../src/core/formatTokens.ts';
import { millitokens, type Millitokens } from '../../src/core/tokens.ts';
import type { Status } from '../../src/protocol/chat.ts';
import { icon } from '../components/icon.ts';
import { iconButton } from '../components/iconButton.ts';
import type { Ask } from './ask.ts';
import { words } from './words.ts';

/** The session's title, New chat, and the account with what is left. */
export function headerView(title: string, status: Status | null, ask: Ask): TemplateResult {
  return html`<header class="header">
    <h1 title=${title}>${title === '' ? words.untitled : title}</h1>
    ${iconButton('add', words.newChat, () => {
      ask((extension) => extension.newChat());
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

/** What is left: the settled balance minus the live spend. A hold never makes it jump. `null` while it is not known. */
export function shownBalance(status: Status | null): Millitokens | null {
  const balance = status?.account?.balance;
  if (balance === undefined) return null;
  return millitokens(Math.max(0, balance.available + balance.held - (status?.running?.spent ?? 0)));
}

function balanceView(status: Status | null): TemplateResult | typeof nothing {
  const left = shownBalance(status);
  return left === null ? nothing : html`<span class="balance">${formatBalance(left)}</span>`;
}

function tooltip(status: Status | null): string {
  const left = shownBalance(status);
  const account = status?.account ?? null;
  if (status === null || account === null || left === null) return words.account;
  const { held } = account.balance;
  const lines = [words.balance(left, account), words.sums(status.sums)];
  return [...lines, ...(held > 0 ? [words.setAside(held)] : [])].join('\n');
}
