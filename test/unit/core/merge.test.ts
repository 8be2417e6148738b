import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeRollback } from '../../../src/core/merge.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const file = (...lines: string[]): string => lines.map((line) => `${line}\n`).join('');

describe('mergeRollback', () => {
  const merged: [name: string, before: string | null, after: string | null, now: string | null, text: string | null][] =
    [
      ['restores an untouched file', file('a'), file('b'), file('b'), file('a')],
      ['deletes what the generation created', null, file('a'), file('a'), null],
      ['brings back what the generation deleted', file('a'), null, null, file('a')],
      ['leaves what is already back', file('a'), file('b'), file('a'), file('a')],
      ['leaves what the generation did not change', file('a'), file('a'), file('c'), file('c')],
      ['leaves a file deleted that never was', null, file('a'), null, null],
      [
        'keeps a later edit elsewhere',
        file('a', 'b', 'c', 'd', 'e'),
        file('A', 'b', 'c', 'd', 'e'),
        file('A', 'b', 'c', 'd', 'E'),
        file('a', 'b', 'c', 'd', 'E'),
      ],
      [
        'keeps lines added later',
        file('a', 'b', 'c'),
        file('a', 'x', 'b', 'c'),
        file('a', 'x', 'b', 'c', 'mine'),
        file('a', 'b', 'c', 'mine'),
      ],
      [
        'keeps lines removed later',
        file('a', 'b', 'c', 'd', 'e'),
        file('a', 'b', 'c', 'd', 'e', 'x'),
        file('a', 'c', 'd', 'e', 'x'),
        file('a', 'c', 'd', 'e'),
      ],
      [
        'takes the same change once',
        file('a', 'b', 'c'),
        file('X', 'b', 'Y'),
        file('a', 'b', 'Y'),
        file('a', 'b', 'c'),
      ],
      [
        'keeps CRLF and a missing last line end',
        'a\r\nb\r\nc\r\nd',
        'A\r\nb\r\nc\r\nd',
        'A\r\nb\r\nc\r\nD',
        'a\r\nb\r\nc\r\nD',
      ],
      ['keeps a BOM', '\uFEFFa\nb\nc\n', '\uFEFFa\nb\nX\n', '\uFEFFmine\na\nb\nX\n', '\uFEFFmine\na\nb\nc\n'],
      ['keeps lone carriage returns', 'a\rb\rc\rd\r', 'A\rb\rc\rd\r', 'A\rb\rc\rD\r', 'a\rb\rc\rD\r'],
      ['keeps an empty file empty', '', file('a'), file('a'), ''],
      ['tells an empty file from none', null, '', '', null],
    ];
  for (const [name, before, after, now, text] of merged) {
    it(name, () => assert.deepEqual(mergeRollback(before, after, now), { kind: 'merged', text }));
  }

  it('shows an overlap with all three sides and the line where it starts', () => {
    const result = mergeRollback(file('a', 'b', 'c'), file('a', 'B', 'c'), file('top', 'a', 'mine', 'c'));
    assert.deepEqual(result.kind === 'conflict' ? result.hunks : null, [
      { mine: 'mine\n', old: 'b\n', base: 'B\n', startLine: 3 },
    ]);
    assert.deepEqual(result.kind === 'conflict' ? result.regions.map((region) => typeof region) : null, [
      'string',
      'object',
      'string',
    ]);
  });

  const absent: [name: string, before: string | null, after: string | null, now: string | null][] = [
    ['a created file that was edited since', null, file('a'), file('b')],
    ['a deleted file that was made anew', file('a'), null, file('b')],
    ['a changed file that was deleted since', file('a'), file('b'), null],
  ];
  for (const [name, before, after, now] of absent) {
    it(`never decides over ${name}`, () => {
      const hunk = { mine: now, old: before, base: after, startLine: 1 };
      assert.deepEqual(mergeRollback(before, after, now), { kind: 'conflict', hunks: [hunk], regions: [hunk] });
    });
  }

  const texts = fc.option(
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'c', ''), fc.constantFrom('\n', '\r\n', '\r', '')), { maxLength: 12 })
      .map((lines) => lines.flat().join('')),
  );

  it('restores every byte where nothing was edited since, and changes none where nothing is to be restored', () => {
    fc.assert(
      fc.property(texts, texts, (one, other) => {
        assert.deepEqual(mergeRollback(one, other, other), { kind: 'merged', text: one });
        assert.deepEqual(mergeRollback(one, one, other), { kind: 'merged', text: other });
        assert.deepEqual(mergeRollback(one, other, one), { kind: 'merged', text: one });
      }),
      { numRuns: propertyRuns() },
    );
  });

  it('keeps both sides of edits that lie apart', () => {
    const edits = fc.array(
      fc.record({ at: fc.nat(14), mine: fc.boolean(), text: fc.constantFrom('', 'new\n', 'new\nnewer\r\n') }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(edits, (all) => {
        const { before, after, now, both } = editedApart(all);
        assert.deepEqual(mergeRollback(before, after, now), { kind: 'merged', text: both });
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  it('merges a large file of mostly equal lines in no time', () => {
    const rules = Array.from({ length: 20_000 }, (_, at) =>
      at % 4 === 0 ? `.rule-${at} {\n` : at % 4 === 3 ? '\n' : '}\n',
    );
    const [before, now, both] = [
      rules.with(40, 'old\n'),
      rules.with(-40, 'mine\n'),
      rules.with(40, 'old\n').with(-40, 'mine\n'),
    ];
    const result = mergeRollback(before.join(''), rules.join(''), now.join(''));
    assert.ok(result.kind === 'merged' && result.text === both.join(''));
  });

  it('shows as one overlap what no one could match', () => {
    const [before, after, now] = [900, 1_000, 1_100].map((count) => '}\n'.repeat(count));
    const result = mergeRollback(`top\n${before}old\n`, `top\n${after}`, `top\n${now}mine\n`);
    assert.deepEqual(result.kind === 'conflict' ? result.hunks.map((hunk) => [hunk.startLine, hunk.mine]) : null, [
      [2, `${now}mine\n`],
    ]);
  });

  it('loses nothing: the sides of its regions join to the file as it is now', () => {
    fc.assert(
      fc.property(texts, texts, texts, (before, after, now) => {
        const result = mergeRollback(before, after, now);
        if (result.kind === 'merged') return;
        assert.ok(result.hunks.length > 0);
        for (const { mine, old } of result.hunks) {
          assert.notEqual(mine, old);
          assert.ok(mine === null || now?.includes(mine));
          assert.ok(old === null || before?.includes(old));
        }
      }),
      { numRuns: propertyRuns(1_000) },
    );
  });
});

/** Edits on lines of their own, with untouched lines between them; each by the generation or by the person. */
function editedApart(
  edits: readonly { at: number; mine: boolean; text: string }[],
): Record<'before' | 'after' | 'now' | 'both', string> {
  const sides = { before: '', after: '', now: '', both: '' };
  const add = (names: readonly (keyof typeof sides)[], text: string): void =>
    names.forEach((name) => (sides[name] += text));
  for (let line = 0; line < 15; line += 1) {
    const edit = edits.find(({ at }) => at === line);
    const original = `line ${line}\n`;
    const changed = edit?.text ?? original;
    const byPerson = edit?.mine === true;
    add(['before'], original);
    add(['after'], byPerson ? original : changed);
    add(['now'], changed);
    add(['both'], byPerson ? changed : original);
    add(['before', 'after', 'now', 'both'], `}\n\nrule ${line} {\n}\n\n`);
  }
  return sides;
}
