import assert from 'node:assert/strict';
import { capWords } from '../../../../src/extension/rollback/capWords.ts';
import { wording } from '../wording.ts';

const generation = (prompt: string, at = '2026-10-01T10:00:00.000Z') => ({ prompt, at });

describe('what is said before checkpoints go', () => {
  it('names them with their day, what it frees and what it means', () => {
    const said = capWords([generation('Create a users table'), generation('', '')], 12_300_000, wording);
    assert.match(said, /“Create a users table” \(1 Oct\), “no prompt”\./);
    assert.match(said, /frees 12\.3 MB/);
    assert.match(said, /your files stay as they are/);
    assert.match(said, /can’t be rolled back any more/);
  });

  it('counts those that it does not name', () => {
    const many = Array.from({ length: 9 }, (_, n) => generation(`Prompt ${String(n)} ${'x'.repeat(50)}`));
    const said = capWords(many, 1, wording);
    assert.match(said, /Prompt 2 x+… .*Prompt|and 6 more/);
    assert.doesNotMatch(said, /Prompt 3/);
    assert.match(said, /and 6 more\./);
  });
});
