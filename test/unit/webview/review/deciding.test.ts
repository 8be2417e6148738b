import assert from 'node:assert/strict';
import { decided, decidingOf, decisionsOf, undecidedPlaces } from '../../../../webview/review/deciding.ts';
import { edited } from '../../../support/reviewScenes.ts';

const sides = edited('old 1\nsame\nold 2\n', 'new 1\nsame\nnew 2\n', 'mine 1\nsame\nmine 2\n');
const whole = { files: ['x'], hunks: null };

describe('what waits for a decision', () => {
  it('is every place where a later edit overlaps, with both texts', () => {
    const deciding = decidingOf(whole, [{ path: 'x', sides }]);
    assert.deepEqual(
      deciding.files[0]?.places.map(({ kind, line, mine, old }) => [kind, line, mine, old]),
      [
        ['lines', 1, 'mine 1\n', 'old 1\n'],
        ['lines', 3, 'mine 2\n', 'old 2\n'],
      ],
    );
  });

  it('is only what the chosen hunks overlap with', () => {
    const deciding = decidingOf({ files: [], hunks: { path: 'x', positions: [1] } }, [{ path: 'x', sides }]);
    assert.deepEqual(
      deciding.files[0]?.places.map(({ line }) => line),
      [3],
    );
  });

  it('is the whole file where it is no text, or where lines are not what is in the way', () => {
    const binary = { ...sides, now: { kind: 'binary' as const, bytes: 3 } };
    const blocked = edited('old\n', 'new\n');
    for (const each of [binary, blocked]) {
      assert.deepEqual(
        decidingOf(whole, [{ path: 'x', sides: each }]).files[0]?.places.map(({ kind }) => kind),
        ['file'],
      );
    }
  });

  it('is asked for in the order of the places, once all are decided', () => {
    let deciding = decidingOf(whole, [{ path: 'x', sides }]);
    assert.equal(undecidedPlaces(deciding), 2);
    deciding = decided(decided(deciding, 'x', 1, 'both'), 'x', 0, 'mine');
    assert.equal(undecidedPlaces(deciding), 0);
    assert.deepEqual(decisionsOf(deciding), { x: ['mine', 'both'] });
  });
});
