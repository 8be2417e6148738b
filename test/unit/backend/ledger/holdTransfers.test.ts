import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { endHold, grant, newAccount, reserve, restart, type Transfer } from '../../../../src/core/ledger.ts';
import { millitokens } from '../../../../src/core/tokens.ts';
import { endedBy, madeBy, transfersOf } from '../../../../src/backend/ledger/holdTransfers.ts';
import { propertyRuns } from '../../../support/propertyRuns.ts';

const START = Date.parse('2026-01-31T09:00:00Z');
const none = millitokens(0);

describe('the transfers of a hold', () => {
  const amounts = fc.nat(100).map(millitokens);
  const charges = fc.option(amounts);

  it('are told by its row as the rules made them, however it was made and ended', () => {
    fc.assert(
      fc.property(amounts, amounts, charges, fc.boolean(), (available, most, charge, isLate) => {
        const { account } = grant(newAccount(START, none), available, START);
        const reserved = reserve(account, { least: none, most, openLimit: 1 }, START + 1);
        assert.ok(reserved.kind === 'reserved');
        const made = { ...reserved.hold, endedAt: null, ...madeBy(reserved.transfers[0]) };
        assert.deepEqual(transfersOf(made), reserved.transfers);
        const now = isLate ? restart(reserved.account, { amount: none }, START + 2).account : reserved.account;
        const ended = endHold(now, { ...made, state: 'sent' as const }, charge, START + 3);
        assert.ok(ended);
        const own = ended.transfers.filter(({ kind }) => kind !== 'expire');
        const told = transfersOf({ ...ended.hold, endedAt: START + 3, ...endedBy(own) });
        assert.deepEqual(told, [...reserved.transfers, ...own] satisfies Transfer[]);
      }),
      { numRuns: propertyRuns() },
    );
  });

  it('are not told by a row of which they were written down by themselves', () => {
    const hold = { reserved: millitokens(5), charged: millitokens(3), periodStart: START, endedAt: START };
    assert.deepEqual(transfersOf({ ...hold, ...madeBy(undefined), ...endedBy([]) }), []);
  });
});
