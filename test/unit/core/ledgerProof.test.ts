import assert from 'node:assert/strict';
import fc from 'fast-check';
import { transferKinds, type TransferKind } from '../../../src/core/ledger.ts';
import { checkAccount, type LedgerInvariant, type RecordedTransfer } from '../../../src/core/ledgerProof.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

/** A history written down as a store does it: rows after each transfer, keys for grants. */
function recorded(...steps: [kind: TransferKind, amount: number, hold?: string][]): RecordedTransfer[] {
  const rows = { available: 0, held: 0 };
  return steps.map(([kind, amount, hold], index) => {
    const { from, to } = transferKinds[kind];
    if (from === 'available' || from === 'held') rows[from] -= amount;
    if (to === 'available' || to === 'held') rows[to] += amount;
    const key = kind === 'grant' ? `period:${index}` : null;
    return { number: index + 1, kind, amount, ...rows, hold: hold ?? null, key };
  });
}

function lastRows(all: readonly RecordedTransfer[]): { available: number; held: number } {
  return all.at(-1) ?? { available: 0, held: 0 };
}

describe('checkAccount', () => {
  const sound: [name: string, history: RecordedTransfer[]][] = [
    ['nothing', []],
    ['a grant', recorded(['grant', 300])],
    ['an open hold', recorded(['grant', 300], ['reserve', 40, 'a'])],
    ['a settled call', recorded(['grant', 300], ['reserve', 40, 'a'], ['settle', 25, 'a'], ['release', 15, 'a'])],
    ['a call that took its whole hold', recorded(['grant', 300], ['reserve', 40, 'a'], ['settle', 40, 'a'])],
    ['a call that cost nothing', recorded(['grant', 300], ['reserve', 40, 'a'], ['release', 40, 'a'])],
    [
      'a released call tried again',
      recorded(['grant', 300], ['reserve', 40, 'a'], ['release', 40, 'a'], ['reserve', 40, 'a'], ['settle', 40, 'a']),
    ],
    [
      'a hold over a boundary',
      recorded(
        ['grant', 300],
        ['reserve', 40, 'a'],
        ['expire', 260],
        ['grant', 300],
        ['settle', 10, 'a'],
        ['release', 30, 'a'],
        ['expire', 30],
      ),
    ],
    ['a refund', recorded(['grant', 1_500], ['take_back', 1_500])],
  ];
  for (const [name, history] of sound) {
    it(`proves ${name}`, () => assert.deepEqual(checkAccount(lastRows(history), history), []));
  }

  const broken: [invariant: LedgerInvariant, history: RecordedTransfer[]][] = [
    ['amount_is_whole', recorded(['grant', 300.5])],
    ['amount_is_whole', recorded(['grant', 300], ['expire', -5])],
    ['available_never_negative', recorded(['grant', 300], ['expire', 301], ['grant', 5])],
    ['held_never_negative', recorded(['grant', 300], ['reserve', 40, 'a'], ['settle', 41, 'a'])],
    ['hold_reserved_once', recorded(['grant', 300], ['reserve', 40, 'a'], ['reserve', 40, 'a'])],
    ['hold_reserved_once', recorded(['grant', 300], ['reserve', 40, 'a'], ['settle', 40, 'a'], ['reserve', 40, 'a'])],
    ['hold_reserved_once', recorded(['grant', 300], ['reserve', 40])],
    [
      'hold_reserved_once',
      recorded(['grant', 300], ['reserve', 40, 'a'], ['settle', 0, 'a'], ['release', 40, 'a'], ['reserve', 40, 'a']),
    ],
    ['hold_ends_after_its_reserve', recorded(['grant', 300], ['reserve', 40, 'a'], ['settle', 40, 'b'])],
    [
      'hold_ends_once',
      recorded(['grant', 300], ['reserve', 40, 'a'], ['reserve', 40, 'b'], ['release', 40, 'a'], ['release', 40, 'a']),
    ],
    ['hold_ends_once', recorded(['grant', 300], ['reserve', 40, 'a'], ['settle', 20, 'a'], ['settle', 20, 'a'])],
    ['hold_never_exceeded', recorded(['grant', 300], ['reserve', 40, 'a'], ['reserve', 40, 'b'], ['settle', 50, 'a'])],
    [
      'hold_never_exceeded',
      recorded(['grant', 300], ['reserve', 40, 'a'], ['reserve', 40, 'b'], ['settle', 30, 'a'], ['release', 30, 'a']),
    ],
    ['hold_ends_whole', recorded(['grant', 300], ['reserve', 40, 'a'], ['settle', 30, 'a'])],
    ['held_is_sum_of_open_holds', recorded(['grant', 300], ['reserve', 40, 'a'], ['settle', 30, 'a'])],
    ['key_used_once', recorded(['grant', 300], ['grant', 300]).map((each) => ({ ...each, key: 'invoice:1' }))],
    ['numbers_count_up', recorded(['grant', 300], ['grant', 300]).map((each) => ({ ...each, number: 1 }))],
    ['numbers_count_up', recorded(['grant', 300], ['grant', 300]).slice(1)],
    ['transfer_records_its_rows', recorded(['grant', 300]).map((each) => ({ ...each, held: 1 }))],
  ];
  for (const [invariant, history] of broken) {
    it(`sees that ${invariant} is broken by ${history.map((each) => `${each.kind} ${each.amount}`).join(', ')}`, () => {
      const found = checkAccount(lastRows(history), history).map((each) => each.invariant);
      assert.ok(found.includes(invariant), found.join(', '));
    });
  }

  it('sees rows that are not the sums of transfers', () => {
    const history = recorded(['grant', 300], ['reserve', 40, 'a']);
    assert.deepEqual(checkAccount({ available: 261, held: 40 }, history), [
      { invariant: 'rows_are_sums_of_transfers', at: 'available' },
    ]);
    const found = checkAccount({ available: 260, held: 39 }, history).map((each) => each.invariant);
    assert.deepEqual(found, ['rows_are_sums_of_transfers', 'held_is_sum_of_open_holds']);
  });

  it('sees any one transfer that is lost or doubled', () => {
    const history = recorded(
      ['grant', 300],
      ['reserve', 40, 'a'],
      ['reserve', 50, 'b'],
      ['settle', 25, 'a'],
      ['release', 15, 'a'],
      ['settle', 50, 'b'],
      ['expire', 100],
    );
    const at = fc.nat(history.length - 1);
    fc.assert(
      fc.property(at, fc.boolean(), (index, lost) => {
        const transfer = history[index];
        assert.ok(transfer !== undefined);
        const changed = history.toSpliced(
          index,
          lost ? 1 : 0,
          ...(lost ? [] : [{ ...transfer, number: transfer.number + 1 }]),
        );
        assert.notDeepEqual(checkAccount(lastRows(history), changed), []);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
