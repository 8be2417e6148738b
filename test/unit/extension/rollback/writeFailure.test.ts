import assert from 'node:assert/strict';
import { writeFailure } from '../../../../src/extension/rollback/writeFailure.ts';

describe('write failure', () => {
  it('says in words why a file could not be written', () => {
    assert.match(writeFailure(Object.assign(new Error('x'), { code: 'EACCES' }), 'a'), /read-only/);
    assert.match(
      writeFailure(new Error('x', { cause: Object.assign(new Error(), { code: 'ENOSPC' }) }), 'a'),
      /disk is full/,
    );
    assert.match(writeFailure(Object.assign(new Error('x'), { kind: 'readOnly' }), 'a'), /read-only/);
    assert.equal(writeFailure(new Error('odd'), 'a'), 'a could not be written: odd');
  });
});
