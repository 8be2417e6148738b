import assert from 'node:assert/strict';
import fc from 'fast-check';
import { lineDiff } from '../../../src/core/lineDiff.ts';
import { shortDiff } from '../../../src/core/shortDiff.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

const numbered = (count: number): string => Array.from({ length: count }, (_, n) => `${String(n + 1)}\n`).join('');
const marks = { same: ' ', added: '+', removed: '-', gap: '…' };

function drawn(oldText: string, newText: string): string[] {
  return shortDiff(oldText, newText).lines.map(({ kind, text }) => marks[kind] + text);
}

describe('a short diff', () => {
  it('shows a change with two lines around it', () => {
    const fresh = numbered(9).replace('5\n', 'five\n');
    assert.deepEqual(drawn(numbered(9), fresh), ['…', ' 3', ' 4', '-5', '+five', ' 6', ' 7', '…']);
  });

  it('shows changes that lie near each other as one piece, and others apart', () => {
    const near = numbered(9).replace('3\n', 'three\n').replace('6\n', 'six\n');
    assert.deepEqual(drawn(numbered(9), near).slice(0, 9), [
      ' 1',
      ' 2',
      '-3',
      '+three',
      ' 4',
      ' 5',
      '-6',
      '+six',
      ' 7',
    ]);
    const apart = numbered(20).replace('\n3\n', '\nthree\n').replace('\n12\n', '\ntwelve\n');
    const expected = ['-3', '+three', ' 4', ' 5', '…', ' 10', ' 11', '-12', '+twelve', ' 13', ' 14', '…'];
    assert.deepEqual(drawn(numbered(20), apart).slice(2), expected);
  });

  it('names each change as a roll back does: by its place in the way back', () => {
    const fresh = numbered(20).replace('\n3\n', '\nthree\n').replace('\n12\n', '\n');
    const hunks = shortDiff(numbered(20), fresh).lines.flatMap(({ kind, text, hunk }) =>
      kind === 'added' || kind === 'removed' ? [[marks[kind] + text, hunk]] : (assert.equal(hunk, undefined) ?? []),
    );
    assert.deepEqual(hunks, [
      ['-3', 0],
      ['+three', 0],
      ['-12', 1],
    ]);
    assert.equal(lineDiff(fresh, numbered(20))[1]?.added[0], '12\n');
  });

  it('says nothing of texts that are the same, and all of one that is new', () => {
    assert.deepEqual(shortDiff('a\n', 'a\n'), { lines: [], isCut: false });
    assert.deepEqual(drawn('', 'a\r\nb'), ['+a', '+b']);
  });

  it('is cut after forty lines, and in very long ones', () => {
    assert.deepEqual(shortDiff('', numbered(40)).isCut, false);
    const { lines, isCut } = shortDiff('', numbered(41));
    assert.deepEqual([lines.length, isCut], [40, true]);
    assert.equal(shortDiff('', 'x'.repeat(5_000)).lines[0]?.text.length, 301);
  });

  it('shows every line of the new text once at most, in order', () => {
    const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n'), { maxLength: 12 });
    fc.assert(
      fc.property(text, text, (old, fresh) => {
        const { lines } = shortDiff(old.join(''), fresh.join(''));
        const present = lines.filter(({ kind }) => kind === 'same' || kind === 'added').map(({ text: line }) => line);
        let at = 0;
        for (const line of present) {
          at = fresh.findIndex((other, index) => index >= at && other === `${line}\n`) + 1;
          assert.ok(at > 0, 'a line that is not there, or twice');
        }
        const added = lines.filter(({ kind }) => kind === 'added').length;
        const removed = lines.filter(({ kind }) => kind === 'removed').length;
        assert.equal(fresh.length - old.length, added - removed);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
