import assert from 'node:assert/strict';
import { leaveDraft, takeDraft } from '../../../../src/extension/chat/draftHandover.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';

const at = new Date('2026-11-01T10:00:00.000Z');
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000);

describe('draft handover', () => {
  let shared: MemoryFiles;

  beforeEach(() => {
    shared = new MemoryFiles();
  });

  it('brings a draft to the next window, once', async () => {
    await leaveDraft(shared, 'Make a file.', at);
    assert.equal(await takeDraft(shared, later(5)), 'Make a file.');
    assert.equal(await takeDraft(shared, later(6)), null);
  });

  it('drops a draft that was left two minutes ago: it belongs to another errand', async () => {
    await leaveDraft(shared, 'Make a file.', at);
    assert.equal(await takeDraft(shared, later(121)), null);
    assert.equal(await takeDraft(shared, later(5)), null);
  });

  it('leaves nothing where nothing was written, and takes nothing where nothing was left', async () => {
    await leaveDraft(shared, '  \n', at);
    assert.equal(shared.texts.size, 0);
    assert.equal(await takeDraft(shared, at), null);
  });

  it('takes nothing from a file that cannot be understood', async () => {
    await leaveDraft(shared, 'Make a file.', at);
    for (const name of shared.texts.keys()) shared.texts.set(name, '{"draft":');
    assert.equal(await takeDraft(shared, at), null);
  });
});
