import { MILLITOKENS_PER_TOKEN } from '../../src/core/tokens.ts';
import type { GenerationBody } from '../../src/protocol/api.ts';

/**
 * Receipts as CSV (RFC 4180) with a header; amounts are in tokens with all three decimals, instants in UTC. What could
 * begin a formula in a spreadsheet is quoted by an apostrophe: names of projects and sessions come from outside.
 */
export function receiptsCsv(receipts: readonly GenerationBody[]): string {
  const rows = receipts.map((receipt) => [
    receipt.createdAt,
    receipt.id,
    receipt.state,
    receipt.model,
    receipt.project ?? '',
    receipt.session ?? '',
    ...[receipt.charged, ...partNames.map((part) => receipt.parts[part])].map(tokens),
    ...countNames.map((name) => String(receipt.calls.reduce((sum, call) => sum + call[name], 0))),
  ]);
  const header = [...COLUMNS, 'charged', ...partNames, ...countNames];
  return [header, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

const COLUMNS = ['createdAt', 'generation', 'state', 'model', 'project', 'session'];
const partNames = ['message', 'prompt', 'context', 'response'] as const;
const countNames = ['promptTokens', 'contextTokens', 'cachedTokens', 'responseTokens'] as const;

function tokens(amount: number): string {
  return (amount / MILLITOKENS_PER_TOKEN).toFixed(3);
}

function field(value: string): string {
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
