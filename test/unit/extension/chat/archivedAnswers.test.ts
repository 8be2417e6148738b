import assert from 'node:assert/strict';
import { ArchivedAnswers } from '../../../../src/extension/chat/archivedAnswers.ts';
import { newChatState } from '../../../../src/extension/chat/chatState.ts';
import { SessionFiles } from '../../../../src/extension/chat/sessionFiles.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';

describe('answers of chats that are not shown', () => {
  const run = { folder: 'file:///w', checkpoints: ['g1'], estimate: null, multiplier: 1 };
  let files: MemoryFiles;
  let archive: ArchivedAnswers;

  beforeEach(async () => {
    files = new MemoryFiles();
    archive = new ArchivedAnswers(files);
    for (const id of ['s1', 's2']) {
      const held = await new SessionFiles(files).hold(id);
      await held?.write({ ...newChatState(id, 'agent'), runs: { [id === 's1' ? 'g1' : 'g2']: run } });
      held?.release();
    }
    await files.write('sessions/s0.json', 'damaged');
  });

  it('are found by their generation, whatever else lies there', async () => {
    assert.equal((await archive.find('g2'))?.thread.session, 's2');
    assert.equal(await archive.find('g3'), null);
  });

  it('are changed in their file, and left to the window that has them', async () => {
    const kept = { ...run, kept: { 'a.txt': 'all' as const } };
    await archive.dispatch('g1', { kind: 'run', id: 'g1', run: kept });
    assert.deepEqual((await archive.find('g1'))?.runs['g1'], kept);
    const elsewhere = await new SessionFiles(files).hold('s1');
    await archive.dispatch('g1', { kind: 'run', id: 'g1', run });
    elsewhere?.release();
    assert.deepEqual((await archive.find('g1'))?.runs['g1'], kept);
  });
});
