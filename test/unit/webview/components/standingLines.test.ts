import assert from 'node:assert/strict';
import { standingLines } from '../../../../webview/components/standingLines.ts';

const file = (state?: string, partlyUndone?: true) => ({ added: 4, removed: 2, state, partlyUndone });

describe('the lines that stand', () => {
  it('are those of all files but the undone ones', () => {
    assert.deepEqual(standingLines([file(), file('kept'), file('undone')]), { added: 8, removed: 4 });
  });

  it('are not known where some of a file is undone, also where the rest of it is kept', () => {
    assert.equal(standingLines([file('partly')]), null);
    assert.equal(standingLines([file('kept', true), file()]), null);
  });

  it('are those that were undone where nothing stands', () => {
    assert.deepEqual(standingLines([file('undone'), file('undone')]), { added: 8, removed: 4 });
    assert.deepEqual(standingLines([]), { added: 0, removed: 0 });
  });
});
