import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { vsixPath } from '../../scripts/packageVsix.ts';

describe('the package', () => {
  // A zip archive names its files uncompressed.
  const names = readFileSync(vsixPath).toString('latin1');

  it('brings what the extension reads at run time', () => {
    for (const name of [
      'dist/extension.js',
      'dist/backend.js',
      'dist/webview/chat.js',
      'media/tokenfare.svg',
      'examples/styles.css',
      'docs/prompting-guide.md',
    ]) {
      assert.ok(names.includes(`extension/${name}`), name);
    }
  });

  it("brings the tokenizer's words, which the backend reads beside its program", () => {
    assert.match(names, /extension\/dist\/backend\/o200k_base-\w+\.json/);
  });

  it('leaves out sources, tests and source maps', () => {
    for (const name of ['extension/src/', 'extension/test/', '.map', 'node_modules/']) {
      assert.ok(!names.includes(name), name);
    }
  });
});
