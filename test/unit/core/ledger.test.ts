import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  endHold,
  fallBack,
  grant,
  move,
  newAccount,
  reserve,
  restart,
  rollOver,
  settlementOf,
  sidesOf,
  takeBack,
  transferKinds,
  type Hold,
  type LedgerAccount,
  type Moved,
  type Transfer,
  type TransferKind,
} from '../../../src/core/ledger.ts';
import { checkAccount } from '../../../src/core/ledgerProof.ts';
import { millitokens } from '../../../src/core/tokens.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const DAY = 24 * 60 * 60 * 1000;
const start = Date.parse('2026-01-31T00:00:00Z');
const opened = grant(newAccount(start, millitokens(300)), millitokens(300), start).account;
const wanted = { least: millitokens(1), most: millitokens(40), openLimit: 10 };

function reserved(account: LedgerAccount, now = start): { account: LedgerAccount; hold: Hold } {
  const answer = reserve(account, wanted, now);
  return answer.kind === 'reserved' ? answer : assert.fail();
}

const rowsOf = ({ available, held, allowance, used }: LedgerAccount): number[] => [available, held, allowance, used];
const carriedOf = ({ carriedAllowance, carriedUsed, carriedUntil }: LedgerAccount): number[] => [
  ...[carriedAllowance, carriedUsed, carriedUntil],
];
const kindsOf = ({ transfers }: Moved<LedgerAccount>): string[] =>
  transfers.map(({ kind, amount }) => `${kind} ${amount}`);

describe('move', () => {
  it('moves amounts between the rows as each kind says', () => {
    const rows = { ...opened, available: millitokens(100), held: millitokens(50) };
    const after = (kind: TransferKind): number[] => {
      const { account } = move(rows, kind, millitokens(20), start);
      return [account.available, account.held];
    };
    const kinds = Object.keys(transferKinds) as TransferKind[];
    assert.deepEqual(Object.fromEntries(kinds.map((kind) => [kind, after(kind)])), {
      grant: [120, 50],
      reserve: [80, 70],
      settle: [100, 30],
      release: [120, 30],
      expire: [80, 50],
      take_back: [80, 50],
    });
  });

  it('throws rather than bring a row below zero', () => {
    assert.throws(() => move(opened, 'reserve', millitokens(301), start), RangeError);
    assert.throws(() => move(opened, 'settle', millitokens(1), start), RangeError);
  });

  it('numbers the transfers, and never dates one before the last', () => {
    const { account } = move(opened, 'expire', millitokens(1), start + DAY);
    const { transfers } = move(account, 'expire', millitokens(1), start);
    assert.deepEqual(
      transfers.map(({ number, at }) => [number, at]),
      [[3, start + DAY]],
    );
  });
});

describe('reserve', () => {
  it('sets aside what is wanted, or what is there', () => {
    const { account, hold } = reserved(opened);
    assert.deepEqual([rowsOf(account), account.openHolds, hold.reserved], [[260, 40, 300, 0], 1, 40]);
    assert.deepEqual([hold.state, hold.periodStart], ['reserved', start]);
    const poor = { ...opened, available: millitokens(30) };
    assert.equal(reserved(poor).hold.reserved, 30);
  });

  it('refuses below the least, beyond the limit, and for a frozen account', () => {
    const kindOf = (account: LedgerAccount, more = {}): string => reserve(account, { ...wanted, ...more }, start).kind;
    assert.equal(kindOf(opened, { least: millitokens(301), most: millitokens(400) }), 'insufficient');
    assert.equal(kindOf(opened, { least: millitokens(300), most: millitokens(400) }), 'reserved');
    assert.equal(kindOf(reserved(opened).account, { openLimit: 1 }), 'tooMany');
    assert.equal(kindOf({ ...opened, frozen: true }), 'frozen');
  });

  it('is never made in a period that is over', () => {
    assert.throws(() => reserve(opened, wanted, opened.periodEnd), /period of an account is over/);
  });
});

describe('endHold', () => {
  const sent = (): { account: LedgerAccount; hold: Hold } => {
    const { account, hold } = reserved(opened);
    return { account, hold: { ...hold, state: 'sent' } };
  };
  const ended = (account: LedgerAccount, hold: Hold, charge: number | null, now = start) => {
    const answer = endHold(account, hold, charge === null ? null : millitokens(charge), now);
    return answer ?? assert.fail('the hold had ended');
  };

  it('takes the charge and gives back the rest, or all', () => {
    const { account, hold } = sent();
    const settled = ended(account, hold, 25);
    assert.deepEqual([rowsOf(settled.account), settled.account.openHolds], [[275, 0, 300, 25], 0]);
    assert.deepEqual(
      [kindsOf(settled), settled.hold.state, settled.hold.charged],
      [['settle 25', 'release 15'], 'settled', 25],
    );
    const released = ended(account, hold, null);
    assert.deepEqual([kindsOf(released), released.hold.state], [['release 40'], 'released']);
    assert.deepEqual(kindsOf(ended(account, hold, 41)), ['settle 40']);
  });

  it('happens once, and charges only what was sent', () => {
    const { account, hold } = sent();
    const settled = ended(account, hold, 25);
    assert.equal(endHold(settled.account, settled.hold, null, start), null);
    assert.equal(endHold(account, { ...hold, state: 'reserved' }, millitokens(1), start), null);
    assert.deepEqual(kindsOf(ended(account, { ...hold, state: 'reserved' }, null)), ['release 40']);
  });

  it('counts in the period of the hold, and what comes back later expires', () => {
    const { account, hold } = sent();
    const later = rollOver(account, account.periodEnd) ?? assert.fail();
    const settled = ended(later.account, hold, 25, account.periodEnd);
    assert.deepEqual(kindsOf(settled), ['settle 25', 'release 15', 'expire 15']);
    assert.deepEqual(rowsOf(settled.account), [300, 0, 300, 0]);
    assert.ok(settled.transfers.every(({ periodStart }) => periodStart === opened.periodStart));
  });
});

describe('periods', () => {
  it('roll over when they are due: what is left expires, the next allowance is granted', () => {
    assert.equal(rollOver(opened, opened.periodEnd - 1), null);
    const moved = rollOver({ ...opened, nextAllowance: millitokens(500) }, opened.periodEnd) ?? assert.fail();
    assert.deepEqual(
      [kindsOf(moved), rowsOf(moved.account)],
      [
        ['expire 300', 'grant 500'],
        [500, 0, 500, 0],
      ],
    );
    assert.equal(moved.account.periodStart, opened.periodEnd);
  });

  it('start again at a purchase, with another anchor', () => {
    const moved = restart(opened, { amount: millitokens(1_500) }, start + DAY);
    assert.deepEqual([kindsOf(moved), moved.account.anchor], [['expire 300', 'grant 1500'], start + DAY]);
  });

  it("end with the payment's own month, if that began before, and never begin in the future", () => {
    const endOf = (anchor: number): number[] => {
      const { account } = restart(opened, { amount: millitokens(1_500), anchor }, start + DAY);
      return [account.anchor, account.periodStart, account.periodEnd];
    };
    assert.deepEqual(endOf(start), [start, start + DAY, opened.periodEnd]);
    assert.deepEqual(endOf(start + 2 * DAY), endOf(start + DAY));
  });
});

describe('a refund', () => {
  const bought = restart(opened, { amount: millitokens(1_500) }, start + DAY).account;
  const free = { anchor: start, allowance: millitokens(300), charged: millitokens(120), left: millitokens(180) };

  it('takes back to where grants come from, and leaves what was granted', () => {
    const moved = takeBack(bought, millitokens(500), start + DAY);
    assert.deepEqual([kindsOf(moved), rowsOf(moved.account)], [['take_back 500'], [1_000, 0, 1_500, 0]]);
    const sides = sidesOf([{ kind: 'grant', amount: 1_500 }, ...moved.transfers]);
    assert.deepEqual(sides, { available: 1_000, held: 0, issued: 1_000, consumed: 0, expired: 0 });
  });

  it('goes back to the free period that would be running, with all that was charged since it began', () => {
    const { account, transfers } = fallBack(bought, free, start + 2 * DAY);
    assert.deepEqual(
      transfers.map(({ kind, amount, at }) => [kind, amount, at]),
      [['take_back', 1_320, start + 2 * DAY]],
    );
    assert.deepEqual(rowsOf(account), [180, 0, 300, 120]);
    assert.deepEqual([account.anchor, account.periodStart, account.periodEnd], [start, start, opened.periodEnd]);
    assert.deepEqual(carriedOf(account), [300, 120, account.transferCount]);
  });

  it('is later than the period that it ends, so that another purchase starts one of its own', () => {
    const back = fallBack(bought, free, start + DAY).account;
    assert.equal(back.lastEventAt, bought.periodStart + 1);
    assert.ok(restart(back, { amount: millitokens(1_500) }, start + DAY).account.periodStart > bought.periodStart);
  });

  it('carries nothing into the period after', () => {
    const next = rollOver(fallBack(bought, free, start + DAY).account, opened.periodEnd) ?? assert.fail();
    assert.deepEqual(carriedOf(next.account), [0, 0, 0]);
    assert.deepEqual(carriedOf(opened), [0, 0, 0]);
  });
});

describe('a period', () => {
  it('is never empty: a purchase in its first millisecond starts the next one after it', () => {
    assert.equal(restart(opened, { amount: millitokens(1_500) }, start).account.periodStart, start + 1);
  });
});

describe('settlementOf', () => {
  it('takes the charge and gives back the rest, never more than the hold', () => {
    assert.deepEqual(settlementOf(millitokens(1_000), millitokens(640)), { settle: 640, release: 360 });
    assert.deepEqual(settlementOf(millitokens(1_000), millitokens(1_001)), { settle: 1_000, release: 0 });
  });
});

describe('the rules together', () => {
  const steps = fc.array(
    fc.record({
      what: fc.constantFrom('grant', 'reserve', 'settle', 'release', 'restart', 'wait'),
      amount: fc.nat(1_000).map(millitokens),
      which: fc.nat(9),
      days: fc.integer({ min: -20, max: 50 }),
    }),
    { maxLength: 60 },
  );

  it('never bring a row below zero, never make or lose a millitoken, and are proved by their transfers', () => {
    fc.assert(
      fc.property(steps, (all) => {
        let now = start;
        let account: LedgerAccount = newAccount(start, millitokens(300));
        const transfers: (Transfer & { hold: string | null })[] = [];
        const holds: { id: string; hold: Hold }[] = [];
        const take = (moved: Moved<LedgerAccount>, hold: string | null = null): void => {
          account = moved.account;
          transfers.push(...moved.transfers.map((each) => ({ ...each, hold: each.kind === 'expire' ? null : hold })));
        };
        for (const { what, amount, which, days } of all) {
          if (what === 'wait') now += days * DAY;
          const due = rollOver(account, now);
          if (due !== null) take(due);
          if (what === 'grant') take(grant(account, amount, now));
          if (what === 'restart') take(restart(account, { amount }, now));
          if (what === 'reserve') {
            const answer = reserve(account, { ...wanted, most: amount }, now);
            if (answer.kind !== 'reserved') continue;
            const id = String(holds.length);
            take(answer, id);
            holds.push({ id, hold: { ...answer.hold, state: 'sent' } });
          }
          const open = holds[which];
          if (open === undefined || (what !== 'settle' && what !== 'release')) continue;
          const ended = endHold(account, open.hold, what === 'settle' ? amount : null, now);
          if (ended === null) continue;
          take(ended, open.id);
          open.hold = ended.hold;
        }
        assert.deepEqual(
          checkAccount(
            account,
            transfers.map((each) => ({ ...each, key: null })),
          ),
          [],
        );
        const sides = sidesOf(transfers);
        assert.equal(sides.issued, account.available + account.held + sides.consumed + sides.expired);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
