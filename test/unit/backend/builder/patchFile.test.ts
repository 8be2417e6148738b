import assert from 'node:assert/strict';
import { patchFile } from '../../../../src/backend/models/builder/patchFile.ts';

const lines = (...texts: string[]) => texts.map((text) => `line ${text}\n`).join('');
const before = lines('one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten');
const after = before.replace('line five', 'line 5');

describe('patchFile', () => {
  it('changes the place alone, whatever a person changed elsewhere', () => {
    const now = before.replace('line two', 'mine').concat('more\n');
    const patched = patchFile(before, after, now);
    assert.equal(patched?.content, now.replace('line five', 'line 5'));
    assert.ok(patched.edits.every((edit) => now.split(edit.find).length === 2));
  });

  it('takes more lines along until the place is found once', () => {
    const now = before + lines('four', 'five', 'six');
    const patched = patchFile(before, after, now);
    assert.equal(patched?.content, after + lines('four', 'five', 'six'));
    assert.ok((patched.edits[0]?.find.split('\n').length ?? 0) > 3);
  });

  it('refuses a place that is there twice', () => {
    assert.equal(patchFile(before, after, before + before), null);
  });

  it('refuses a place that a person rewrote', () => {
    assert.equal(patchFile(before, after, before.replace('line five', 'line V')), null);
  });

  it('refuses a file that is mostly something else', () => {
    assert.equal(patchFile(before, after, lines('four', 'five', 'six')), null);
  });

  it('changes nothing where nothing changes', () => {
    assert.deepEqual(patchFile(before, before, 'anything'), { edits: [], content: 'anything' });
  });
});
