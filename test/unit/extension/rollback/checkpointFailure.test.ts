import assert from 'node:assert/strict';
import { CheckpointError } from '../../../../src/extension/node/checkpoints/checkpointError.ts';
import { checkpointFailure } from '../../../../src/extension/rollback/checkpointFailure.ts';
import { wording } from '../wording.ts';

describe('the failure of a rollback', () => {
  it('says what it means for the files and what to do', () => {
    const said = (error: unknown): string => checkpointFailure(error, wording.l10n);
    assert.equal(
      said(new CheckpointError('diskFull', { path: 'a.txt', code: 'ENOSPC' })),
      'The disk is full, so nothing was changed. Free some space and try again.',
    );
    assert.match(said(new CheckpointError('locked', { path: 'a.txt' })), /^a\.txt is in use .* Nothing was changed\./);
    assert.equal(
      said(new CheckpointError('failed', { path: 'a.txt', code: 'EMFILE' })),
      'Nothing was changed: the system refused a.txt (EMFILE).',
    );
    assert.match(said(new CheckpointError('closed')), /\(closed\)/);
    assert.equal(said(new Error('a.txt could not be saved.')), 'a.txt could not be saved.');
  });
});
