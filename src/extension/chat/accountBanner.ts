import type { AccountBody } from '../../protocol/api.ts';
import type { Banner } from '../../protocol/chat.ts';

/** What is worth saying when the account changed: a larger plan was paid for, or tokens are back. */
export function accountBanner(before: AccountBody | null, after: AccountBody | null): Banner | null {
  if (!before || !after || before.account.id !== after.account.id) return null;
  const { allowance, available } = after.balance;
  if (before.plan.id !== after.plan.id && allowance > before.balance.allowance) {
    return { kind: 'paid', planName: after.plan.name, allowance };
  }
  if (before.warning === 'empty' && after.warning !== 'empty') return { kind: 'tokensBack', available };
  return null;
}
