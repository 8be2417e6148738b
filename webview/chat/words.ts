import { formatAllowance, formatBalance, formatCharge, formatLimit, formatRange } from '../../src/core/formatTokens.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import type { AccountBody } from '../../src/protocol/api.ts';
import type { Banner, Status } from '../../src/protocol/chat.ts';
import type * as z from 'zod/mini';
import { l10n, l10nCount } from '../l10n.ts';

type Account = z.infer<typeof AccountBody>;
type Sums = Status['sums'];
type Running = NonNullable<Status['running']>;

/** What the page says around the conversation: header, empty state, composer, notices and banners. */
export const words = {
  conversation: l10n('Conversation'),
  newChat: l10n('New chat'),
  history: l10n('History'),
  chatMenu: l10n('This chat'),
  renameChat: l10n('Rename…'),
  pinChat: l10n('Pin or unpin'),
  exportChat: l10n('Export as Markdown'),
  deleteChat: l10n('Delete'),
  account: l10n('Account'),
  untitled: l10n('New chat'),
  loading: l10n('Starting Tokenfare…'),
  notLoaded: l10n('The chat couldn’t load.'),
  latest: l10n('Latest'),
  you: l10n('You'),
  tokenfare: l10n('Tokenfare'),

  balance: (left: Millitokens, account: Account): string =>
    l10n('{left} of {all} tokens left', { left: formatBalance(left), all: formatAllowance(account.balance.allowance) }),
  setAside: (held: Millitokens): string =>
    l10n('{held} set aside for the running message', { held: formatLimit(held) }),
  sums: ({ chat, today, saved }: Sums): string =>
    l10n('Today {today} · this chat {chat} · saved {saved}', {
      today: formatBalance(today),
      chat: formatBalance(chat),
      saved: formatBalance(saved),
    }),

  greeting: l10n('What should we build?'),
  greetingPromise: l10n('You see the price before you send.'),

  message: l10n('Message'),
  placeholder: l10n('Describe a change. @ adds files, / shows commands.'),
  send: l10n('Send'),
  sendAnyway: l10n('Send anyway'),
  stop: l10n('Stop'),
  mode: l10n('Mode'),
  ask: l10n('Ask'),
  askHint: l10n('Ask: answers only, never writes files'),
  agent: l10n('Agent'),
  agentHint: l10n('Agent: may write files; every change can be rolled back'),
  model: (name: string, multiplier: number): string => l10n('Model: {name}, ×{multiplier}', { name, multiplier }),
  attachments: l10n('Attachments'),
  removeAttachment: (label: string): string => l10n('Remove {label}', { label }),

  estimatedCost: l10n('Estimated cost'),
  price: (low: Millitokens, high: Millitokens, stopsAt: Millitokens): string =>
    l10n('{range} tokens · stops at {limit}', { range: formatRange(low, high), limit: formatLimit(stopsAt) }),
  range: (low: Millitokens, high: Millitokens): string => l10n('{range} tokens', { range: formatRange(low, high) }),
  noPriceYet: l10n('The price follows as soon as Tokenfare is ready.'),
  spentSoFar: ({ spent, stopsAt, budget }: Running): string => {
    const values = { spent: formatSpent(spent), limit: formatLimit(stopsAt) };
    return budget === null
      ? l10n('{spent} so far · stops at {limit}', values)
      : l10n('{spent} so far · stops at {limit} by your budget', values);
  },
  /** What a message costs that is typed while another is answered. */
  next: (low: Millitokens, high: Millitokens): string => l10n('next {range}', { range: formatRange(low, high) }),
  why: l10n('Why?'),

  doItFree: l10n('Do it free'),
  doItFreeHint: l10n('Alt+Enter'),
  freeEdit: (files: readonly string[], saves: Millitokens): string =>
    l10n('Style change in {files}. Free here, saves about {saves}.', {
      files: files.map(fileName).join(', '),
      saves: formatLimit(saves),
    }),
  which: l10n('Which one?'),
  whichOf: (thing: string): string => l10n('Which {thing}?', { thing }),
  candidate: (label: string, path: string, line: number): string =>
    l10n('{label} ({file} line {line})', { label, file: fileName(path), line }),

  tooLarge: (bytes: number, limit: number): string =>
    l10n('This message is {size} MB; the limit is {limit} MB.', {
      size: (Math.ceil(bytes / 100_000) / 10).toLocaleString(undefined, { minimumFractionDigits: 1 }),
      limit: limit / 1_000_000,
    }),
  busy: l10n('An answer is still running. Stop it or wait; your draft is kept.'),
  notReady: l10n('Tokenfare isn’t ready yet. Your draft is kept.'),
  notSent: l10n('The message wasn’t taken. Your draft is kept; sending again can’t charge twice.'),
  callFailed: l10n('That didn’t work.'),

  starting: l10n('Starting Tokenfare…'),
  away: (asOf: string): string =>
    l10n('The backend can’t be reached. The balance is as of {time}; free edits and roll back still work.', {
      time: timeOf(asOf),
    }),
  unreachable: l10n(
    'The backend can’t be reached. Tokenfare goes on trying; free edits and roll back work, and your draft is kept.',
  ),
  signedOut: l10n('You are signed out. Free edits and roll back still work.'),
  signIn: l10n('Sign In'),
  keyRefused: (host: string): string => l10n('This key was refused by {host}.', { host }),
  changeKey: l10n('Change key'),
  useThisMachine: l10n('Use the backend on this machine'),
  useThisMachineHint: (server: string): string =>
    l10n('Leaves {server} and reloads the window. Its chats stay with it; your draft goes along.', { server }),
  tryAgain: l10n('Try again'),
  couldNotStart: (reason: string): string => l10n('Tokenfare couldn’t start: {reason}', { reason: sentence(reason) }),
  showLog: l10n('Show Log'),
  openFolder: l10n('Open Folder'),
  openSample: l10n('Open sample'),
  manageTrust: l10n('Manage Trust'),
  restricted: l10n('Restricted Mode: the chat answers, but nothing is written. Trust this folder to let it build.'),
  readOnly: l10n('This folder is read-only: the chat answers, but nothing can be written.'),

  low: (account: Account): string =>
    l10n('{left} of {all} tokens left. They reset {date}.', {
      left: formatBalance(account.balance.available),
      all: formatAllowance(account.balance.allowance),
      date: dateOf(account.period.end),
    }),
  empty: (account: Account): string =>
    l10n(
      'All {all} tokens are used. Chat is back on {date}. Editing, free edits, roll back, publishing and export still work.',
      { all: formatAllowance(account.balance.allowance), date: dateOf(account.period.end) },
    ),
  onHold: l10n('This account is on hold: a payment was disputed. Messages wait for that.'),
  unpaid: (planName: string, until: string): string =>
    l10n('The renewal of {name} is unpaid. Pay by {date}, or the plan becomes Free.', {
      name: planName,
      date: dateOf(until),
    }),
  pay: l10n('Pay'),
  notEnough: (left: Millitokens, low: Millitokens, high: Millitokens): string =>
    l10n('You have {left} left; this usually takes {range} and may stop part-way.', {
      left: formatBalance(left),
      range: formatRange(low, high),
    }),
  overBudget: l10n('Too little of your budget for today is left. Your draft is kept.'),
  budgetUsed: (perDay: Millitokens): string =>
    l10n(
      'Your budget of {all} for today is used. Chat is back tomorrow. Editing, free edits, roll back and the batch still work.',
      { all: formatLimit(perDay) },
    ),
  budgetSetAside: l10n(
    'The rest of your budget for today is set aside for an answer in another chat. What that leaves can be spent here.',
  ),
  budgetLow: (left: Millitokens, perDay: Millitokens): string =>
    l10n('{left} of your {all} tokens for today are left.', { left: formatBalance(left), all: formatLimit(perDay) }),
  changeBudget: l10n('Change budget'),
  upgrade: l10n('Upgrade'),

  dismiss: l10n('Dismiss'),
  redo: l10n('Redo'),
  banner: (banner: Banner): string => {
    switch (banner.kind) {
      case 'rolledBack':
        if (banner.files === 0 && banner.promptRestored) return l10n('Rolled back. Your prompt is back in the box.');
        return banner.promptRestored
          ? l10nCount(
              banner.files,
              'Rolled back {n} file. Your prompt is back in the box.',
              'Rolled back {n} files. Your prompt is back in the box.',
            )
          : l10nCount(banner.files, 'Rolled back {n} file.', 'Rolled back {n} files.');
      case 'redone':
        return l10nCount(banner.files, '{n} file is back.', '{n} files are back.');
      case 'paid':
        return l10n('You are on {plan}: {all} tokens a month.', {
          plan: banner.planName,
          all: formatAllowance(banner.allowance),
        });
      case 'tokensBack':
        return l10n('{left} tokens are here. Your draft is ready.', { left: formatBalance(banner.available) });
      case 'problem':
        return banner.message;
    }
  },

  copyCode: l10n('Copy code'),
  copied: l10n('Copied.'),
  applyCode: l10n('Apply to a file'),
  insertCode: l10n('Insert at the cursor'),
  codeAsFile: l10n('Open as a new file'),
  pictureLeftOut: (alt: string): string => (alt === '' ? l10n('[picture]') : l10n('[picture: {alt}]', { alt })),
};

/** "users.html" of "pages/users.html": the line has no room for folders, the tooltip does. */
export function fileName(path: string): string {
  return path.split('/').at(-1) ?? path;
}

/** As in the status bar and its menu, so that one instant reads the same everywhere. */
const TIME = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

/** "1 Dec, 09:14" in the person's language and time zone. */
function dateOf(instant: string): string {
  const format = { day: 'numeric', month: 'short', ...TIME } as const;
  return new Intl.DateTimeFormat(undefined, format).format(new Date(instant));
}

function timeOf(instant: string): string {
  return new Intl.DateTimeFormat(undefined, TIME).format(new Date(instant));
}

/** A live spend keeps its two decimals at the very start, so that the line doesn't change its width. */
function formatSpent(spent: Millitokens): string {
  return spent === 0 ? (0).toLocaleString(undefined, { minimumFractionDigits: 2 }) : formatCharge(spent);
}

function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
