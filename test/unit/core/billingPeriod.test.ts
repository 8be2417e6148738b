import assert from 'node:assert/strict';
import fc from 'fast-check';
import { periodAt } from '../../../src/core/billingPeriod.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

describe('periodAt', () => {
  const cases: [name: string, anchor: string, instant: string, start: string, end: string][] = [
    [
      'the anchor itself',
      '2025-01-31T09:14:00Z',
      '2025-01-31T09:14:00Z',
      '2025-01-31T09:14:00.000Z',
      '2025-02-28T09:14:00.000Z',
    ],
    [
      'a clamped day',
      '2025-01-31T09:14:00Z',
      '2025-03-01T00:00:00Z',
      '2025-02-28T09:14:00.000Z',
      '2025-03-31T09:14:00.000Z',
    ],
    [
      'a day that comes back',
      '2025-01-31T09:14:00Z',
      '2025-03-31T09:14:00Z',
      '2025-03-31T09:14:00.000Z',
      '2025-04-30T09:14:00.000Z',
    ],
    [
      'a leap year',
      '2023-12-31T00:00:00Z',
      '2024-02-29T00:00:00Z',
      '2024-02-29T00:00:00.000Z',
      '2024-03-31T00:00:00.000Z',
    ],
    [
      'the millisecond before an end',
      '2025-01-14T12:00:00.500Z',
      '2025-02-14T12:00:00.499Z',
      '2025-01-14T12:00:00.500Z',
      '2025-02-14T12:00:00.500Z',
    ],
    [
      'an end, which starts the next',
      '2025-01-14T12:00:00.500Z',
      '2025-02-14T12:00:00.500Z',
      '2025-02-14T12:00:00.500Z',
      '2025-03-14T12:00:00.500Z',
    ],
    [
      'a year after year',
      '2024-12-15T10:00:00Z',
      '2026-01-15T09:59:59.999Z',
      '2025-12-15T10:00:00.000Z',
      '2026-01-15T10:00:00.000Z',
    ],
    [
      'an offset, read as UTC',
      '2025-01-31T23:30:00-02:00',
      '2025-02-15T00:00:00+01:00',
      '2025-02-01T01:30:00.000Z',
      '2025-03-01T01:30:00.000Z',
    ],
    [
      'an instant without seconds',
      '2025-01-14T12:00Z',
      '2025-02-14T12:00Z',
      '2025-02-14T12:00:00.000Z',
      '2025-03-14T12:00:00.000Z',
    ],
    [
      'a first-century anchor',
      '0050-03-31T00:00:00Z',
      '0050-04-30T00:00:00Z',
      '0050-04-30T00:00:00.000Z',
      '0050-05-31T00:00:00.000Z',
    ],
    [
      'thousands of years',
      '2025-01-31T00:00:00Z',
      '+012025-02-15T00:00:00Z',
      '+012025-01-31T00:00:00.000Z',
      '+012025-02-28T00:00:00.000Z',
    ],
  ];
  for (const [name, anchor, instant, start, end] of cases) {
    it(`gives the period of ${name}`, () => assert.deepEqual(periodAt(anchor, instant), { start, end }));
  }

  const bad: [anchor: string, instant: string, says: string][] = [
    ['2025-01-31T09:14:00Z', '2025-01-31T09:13:59.999Z', 'is before the anchor 2025-01-31T09:14:00Z'],
    ['', '2025-01-31T09:14:00Z', 'not an instant: '],
    ['yesterday', '2025-01-31T09:14:00Z', 'not an instant: yesterday'],
    ['2025-01-31', '2025-02-01T00:00:00Z', 'not an instant: 2025-01-31'],
    ['2025-01-31T09:14:00', '2025-02-01T00:00:00Z', 'not an instant: 2025-01-31T09:14:00'],
    ['2025-02-30T00:00:00Z', '2025-04-01T00:00:00Z', 'no such day: 2025-02-30T00:00:00Z'],
    ['2025-13-01T00:00:00Z', '2026-04-01T00:00:00Z', 'not an instant: 2025-13-01T00:00:00Z'],
    ['2025-01-01T25:00:00Z', '2026-04-01T00:00:00Z', 'not an instant: 2025-01-01T25:00:00Z'],
    ['2025-01-01T00:00:00Z', 'NaN', 'not an instant: NaN'],
    ['2025-01-01T00:00:00Z', '+275760-09-13T00:00:00Z', 'Invalid time value'],
  ];
  for (const [anchor, instant, says] of bad) {
    it(`refuses ${JSON.stringify(instant)} with anchor ${JSON.stringify(anchor)}`, () =>
      assert.throws(
        () => periodAt(anchor, instant),
        (error) => error instanceof RangeError && error.message.endsWith(says),
      ));
  }

  const times = fc.integer({ min: Date.UTC(1600, 0, 1), max: Date.UTC(6000, 0, 1) });

  it('holds every instant in one period, and periods join without gap or overlap', () => {
    fc.assert(
      fc.property(times, times, (one, other) => {
        const anchor = iso(Math.min(one, other));
        const instant = iso(Math.max(one, other));
        const { start, end } = periodAt(anchor, instant);
        assert.ok(Date.parse(start) <= Date.parse(instant) && Date.parse(instant) < Date.parse(end));
        assert.equal(periodAt(anchor, end).start, end);
        assert.deepEqual(periodAt(anchor, iso(Date.parse(end) - 1)), { start, end });
      }),
      { numRuns: propertyRuns() },
    );
  });

  it("keeps the anchor's time of day, and its day wherever the month has it", () => {
    fc.assert(
      fc.property(times, times, (one, other) => {
        const anchor = new Date(Math.min(one, other));
        const start = new Date(periodAt(anchor.toISOString(), iso(Math.max(one, other))).start);
        const days = new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 0)).getUTCDate();
        assert.equal(start.toISOString().slice(-13), anchor.toISOString().slice(-13));
        assert.equal(start.getUTCDate(), Math.min(anchor.getUTCDate(), days));
      }),
      { numRuns: propertyRuns() },
    );
  });
});

function iso(time: number): string {
  return new Date(time).toISOString();
}
