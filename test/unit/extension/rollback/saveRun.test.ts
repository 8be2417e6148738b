import assert from 'node:assert/strict';
import { SaveRun } from '../../../../src/extension/rollback/saveRun.ts';

describe('what runs at a save', () => {
  const nobody = (at: number) => ({ at, isPersons: false, isKey: false });
  const key = (at: number) => ({ at, isPersons: false, isKey: true });

  it('is the change that comes with the save', () => {
    const run = new SaveRun('a');
    run.changed('b', nobody(1_000));
    run.saving(1_005, false);
    assert.deepEqual(run.saved(), { from: 'a', to: 'b' });
    assert.equal(run.saved(), null, 'and only once');
  });

  it('is also what comes after the editor has said that it saves', () => {
    const run = new SaveRun('a');
    run.saving(1_000, false);
    run.changed('b', nobody(3_000));
    assert.deepEqual(run.saved(), { from: 'a', to: 'b' });
  });

  it('is not what was typed before it, whether the caret is told of first or last', () => {
    const run = new SaveRun('a');
    run.changed('ab', nobody(1_000));
    run.moved(1_001);
    run.moved(1_010);
    run.changed('abc', nobody(1_012));
    run.changed('(abc)', nobody(1_100));
    run.saving(1_105, true);
    assert.deepEqual(run.saved(), { from: 'abc', to: '(abc)' });
  });

  it('is not what was undone just before it', () => {
    const run = new SaveRun('a');
    run.changed('b', { at: 1_000, isPersons: true, isKey: false });
    run.saving(1_001, true);
    assert.equal(run.saved(), null);
  });

  it('reaches back as far as actions take where there are any, and no further', () => {
    const withActions = (hasActions: boolean) => {
      const run = new SaveRun('a');
      run.changed('replaced', nobody(0));
      run.changed('organised', nobody(2_000));
      run.changed('formatted', nobody(2_400));
      run.saving(2_401, hasActions);
      return run.saved();
    };
    assert.deepEqual(withActions(true), { from: 'replaced', to: 'formatted' });
    assert.deepEqual(withActions(false), { from: 'organised', to: 'formatted' });
  });

  it('is not what an extension types for the person, of which no caret tells, but a single letter of a formatter is', () => {
    const run = new SaveRun('a');
    run.changed('ab', key(1_000));
    run.changed('abc', key(1_200));
    run.changed('abc\n', nobody(1_400));
    run.changed('abc;\n', key(1_500));
    run.saving(1_502, true);
    assert.deepEqual(run.saved(), { from: 'abc', to: 'abc;\n' });
  });

  it('is nothing where it comes to nothing', () => {
    const run = new SaveRun('a');
    run.changed('b', nobody(1_000));
    run.changed('a', nobody(1_001));
    run.saving(1_002, false);
    assert.equal(run.saved(), null);
  });
});
