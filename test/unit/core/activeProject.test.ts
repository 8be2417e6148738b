import assert from 'node:assert/strict';
import { activeProject, type ProjectState } from '../../../src/core/activeProject.ts';

const none: ProjectState = { activeId: null, moves: 0, movesPeriod: 0 };
const atA: ProjectState = { ...none, activeId: 'a' };

describe('the active project', () => {
  it('is the first one, and the only one with a limit', () => {
    assert.deepEqual(activeProject.use(none, 'a', 1), { kind: 'used', state: atA });
    assert.deepEqual(activeProject.use(atA, 'a', 1), { kind: 'used', state: atA });
    assert.deepEqual(activeProject.use(atA, 'b', 1), { kind: 'limited', activeId: 'a' });
  });

  it('is the last used without a limit, so that it stays active after a downgrade', () => {
    const used = activeProject.use(atA, 'b', null);
    assert.deepEqual(used, { kind: 'used', state: { ...atA, activeId: 'b' } });
  });

  it('moves three times a period; to where it is already is no move', () => {
    let state = atA;
    for (const [index, to] of ['b', 'b', 'c', 'a'].entries()) {
      const moved = activeProject.move(state, to, { limit: 1, periodStart: 5 });
      assert.ok(moved.kind === 'moved', `move ${index}`);
      ({ state } = moved);
    }
    assert.deepEqual(state, { activeId: 'a', moves: 3, movesPeriod: 5 });
    assert.equal(activeProject.movesLeft(state, 5), 0);
    assert.deepEqual(activeProject.move(state, 'b', { limit: 1, periodStart: 5 }), { kind: 'tooManyMoves' });
    const next = { activeId: 'b', moves: 1, movesPeriod: 6 };
    assert.deepEqual(activeProject.move(state, 'b', { limit: 1, periodStart: 6 }), { kind: 'moved', state: next });
  });

  it('moves freely without a limit', () => {
    const spent = { ...atA, moves: 3, movesPeriod: 5 };
    assert.equal(activeProject.move(spent, 'b', { limit: null, periodStart: 5 }).kind, 'moved');
  });
});
