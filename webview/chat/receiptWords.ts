import { formatCharge, formatRange, formatReceiptBalance } from '../../src/core/formatTokens.ts';
import type { EstimateReason } from '../../src/core/estimate.ts';
import type { RequestKind } from '../../src/core/requestKind.ts';
import type { Receipt } from '../../src/protocol/chat.ts';
import { l10n, l10nCount } from '../l10n.ts';

type PartName = keyof Receipt['parts'];

/** What a receipt says, and the estimate's reasons, which name the same four parts. */
export const receiptWords = {
  receipt: l10n('Receipt'),
  copy: l10n('Copy'),
  copyHint: l10n('Copy the answer'),

  closed: (receipt: Receipt): string => {
    const { charged, outcome, balanceAfter } = receipt;
    if (charged === 0 && outcome === 'failed') return l10n('0 tokens · the provider failed');
    if (charged === 0 && outcome === 'refused') return l10n('0 tokens · not done');
    const cost = l10n('{charge} tokens', { charge: formatCharge(charged) });
    if (balanceAfter === null) return cost;
    return l10n('{cost} · {left} left', { cost, left: formatReceiptBalance(balanceAfter) });
  },
  done: (receipt: Receipt): string => l10n('Done, {charge} tokens.', { charge: formatCharge(receipt.charged) }),

  rows: (receipt: Receipt): ReceiptRow[] => [
    { name: partNames.message, value: formatCharge(receipt.parts.message) },
    { name: partNames.prompt, value: formatCharge(receipt.parts.prompt), note: counted(receipt.promptTokens) },
    { name: partNames.context, value: formatCharge(receipt.parts.context), note: contextNote(receipt) },
    { name: partNames.response, value: formatCharge(receipt.parts.response), note: counted(receipt.responseTokens) },
    { name: l10n('model'), value: `×${receipt.multiplier.toLocaleString()}`, note: modelNote(receipt) },
    ...estimateRow(receipt),
  ],

  why: (receipt: Receipt): string => {
    const [part, amount] = largest(receipt);
    if (amount === 0) return l10n('Nothing was charged.');
    if (part !== 'response' || receipt.files === 0) return mostly[part];
    return l10n('Mostly the answer: {lines} in {files}.', {
      lines: l10nCount(receipt.lines, '{n} line', '{n} lines'),
      files: l10nCount(receipt.files, '{n} file', '{n} files'),
    });
  },

  reason: (reason: EstimateReason, kind: RequestKind): ReceiptRow => {
    const row = { name: partNames[reason.part], value: formatCharge(reason.millitokens) };
    return reason.part === 'response' ? { ...row, note: basis(reason, kind) } : row;
  },
  usually: l10n('What it usually costs'),
};

export interface ReceiptRow {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

const partNames: Record<PartName, string> = {
  message: l10n('message'),
  prompt: l10n('your words'),
  context: l10n('files and history'),
  response: l10n('answer'),
};

const mostly: Record<PartName, string> = {
  message: l10n('Mostly the message itself: there was little to read and to write.'),
  prompt: l10n('Mostly your words: it was a long message.'),
  context: l10n('Mostly files and history that went along.'),
  response: l10n('Mostly the answer.'),
};

/** One and several of each kind of request, for "typical for a table" and "like your last 8 tables". */
const kinds: Record<RequestKind, { one: string; several: string }> = {
  question: { one: l10n('a question'), several: l10n('questions') },
  explain: { one: l10n('an explanation'), several: l10n('explanations') },
  tweak: { one: l10n('a small change'), several: l10n('small changes') },
  'add-field': { one: l10n('an added field'), several: l10n('added fields') },
  table: { one: l10n('a table'), several: l10n('tables') },
  form: { one: l10n('a form'), several: l10n('forms') },
  crud: { one: l10n('a CRUD page'), several: l10n('CRUD pages') },
  'multi-step-form': { one: l10n('a multi-step form'), several: l10n('multi-step forms') },
  dashboard: { one: l10n('a dashboard'), several: l10n('dashboards') },
  refactor: { one: l10n('a refactoring'), several: l10n('refactorings') },
  fix: { one: l10n('a fix'), several: l10n('fixes') },
  tests: { one: l10n('tests'), several: l10n('sets of tests') },
  plan: { one: l10n('a plan'), several: l10n('plans') },
};

function basis(reason: EstimateReason, kind: RequestKind): string {
  if (reason.basis === 'prior' || reason.n === undefined || reason.n < 2)
    return l10n('typical for {kind}', { kind: kinds[kind].one });
  return l10n('like your last {n} {kinds}', { n: reason.n, kinds: kinds[kind].several });
}

function counted(modelTokens: number): string {
  return l10nCount(modelTokens, '{n} model token', '{n} model tokens');
}

function contextNote({ contextTokens, cachedTokens }: Receipt): string {
  const all = counted(contextTokens + cachedTokens);
  if (cachedTokens === 0) return all;
  return l10n('{all}, {cached} at the lower rate', { all, cached: cachedTokens.toLocaleString() });
}

function modelNote({ model, calls }: Receipt): string {
  return l10n('{model}, {calls}', { model, calls: l10nCount(calls, '{n} call', '{n} calls') });
}

function estimateRow({ estimate, charged }: Receipt): ReceiptRow[] {
  if (estimate === null) return [];
  return [
    {
      name: l10n('estimate'),
      value: formatRange(estimate.low, estimate.high),
      note: l10n('actual {charge}', { charge: formatCharge(charged) }),
    },
  ];
}

function largest({ parts }: Receipt): [PartName, number] {
  const names: PartName[] = ['response', 'context', 'prompt', 'message'];
  const name = names.reduce((most, each) => (parts[each] > parts[most] ? each : most));
  return [name, parts[name]];
}
