import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sharedChunks } from '../../../../src/extension/node/sharedChunks.ts';

describe('what the parts of a page share', () => {
  let pages: string;

  before(() => {
    pages = mkdtempSync(path.join(tmpdir(), 'tokenfare-pages-'));
    mkdirSync(path.join(pages, 'chat'));
    for (const name of ['chunk-A1.js', 'chunk-A1.js.map', 'chunk-B2.js', 'codeColours-C3.js'])
      writeFileSync(path.join(pages, 'chat', name), '');
  });

  after(() => rmSync(pages, { recursive: true }));

  it('is named by its place, and nothing is that is loaded later', () => {
    assert.deepEqual(sharedChunks(pages, 'chat').sort(), ['chat/chunk-A1', 'chat/chunk-B2']);
  });
});
