import assert from 'node:assert/strict';
import { SaveRun, type RunBeforeSave } from '../../../../src/extension/rollback/saveRun.ts';

describe('what runs at a save', () => {
  const nobody = (at: number) => ({ at, isPersons: false, isKey: false });
  const key = (at: number) => ({ at, isPersons: false, isKey: true });

  it('is the change that comes with the save', () => {
    const run = new SaveRun('a');
    run.changed('b', nobody(1_000));
    run.saving(1_005, 'formatter');
    assert.deepEqual(run.saved(), { from: 'a', to: 'b' });
    assert.equal(run.saved(), null, 'and only once');
  });

  it('is also what comes after the editor has said that it saves', () => {
    const run = new SaveRun('a');
    run.saving(1_000, 'formatter');
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
    run.saving(1_105, 'actions');
    assert.deepEqual(run.saved(), { from: 'abc', to: '(abc)' });
  });

  it('is not what was undone just before it', () => {
    const run = new SaveRun('a');
    run.changed('b', { at: 1_000, isPersons: true, isKey: false });
    run.saving(1_001, 'actions');
    assert.equal(run.saved(), null);
  });

  it('reaches back as far as what the person has run before a save takes, and no further', () => {
    const after = (ran: RunBeforeSave) => {
      const run = new SaveRun('a');
      run.changed('replaced', nobody(0));
      run.changed('organised', nobody(2_000));
      run.changed('formatted', nobody(2_400));
      run.saving(2_401, ran);
      return run.saved();
    };
    assert.deepEqual(after('actions'), { from: 'replaced', to: 'formatted' });
    assert.deepEqual(after('formatter'), { from: 'organised', to: 'formatted' });
    assert.equal(after('nothing'), null);
  });

  it('is not what an extension types for the person, of which no caret tells, but a single letter of a formatter is', () => {
    const run = new SaveRun('a');
    run.changed('ab', key(1_000));
    run.changed('abc', key(1_200));
    run.changed('abc\n', nobody(1_400));
    run.changed('abc;\n', key(1_500));
    run.saving(1_502, 'actions');
    assert.deepEqual(run.saved(), { from: 'abc', to: 'abc;\n' });
  });

  it('is nothing where it comes to nothing', () => {
    const run = new SaveRun('a');
    run.changed('b', nobody(1_000));
    run.changed('a', nobody(1_001));
    run.saving(1_002, 'formatter');
    assert.equal(run.saved(), null);
  });
});
