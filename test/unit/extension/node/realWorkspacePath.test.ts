import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { realWorkspacePath } from '../../../../src/extension/node/realWorkspacePath.ts';

describe('real workspace path', () => {
  let home: string;
  let root: string;

  before(() => {
    home = mkdtempSync(path.join(tmpdir(), 'tokenfare-real-'));
    root = path.join(home, 'work');
    mkdirSync(path.join(root, 'src'), { recursive: true });
    mkdirSync(path.join(home, 'secret'));
    writeFileSync(path.join(home, 'secret', 'key'), 'k');
    symlinkSync(path.join(home, 'secret'), path.join(root, 'out'));
    symlinkSync(path.join(home, 'secret', 'new'), path.join(root, 'dangling'));
    symlinkSync('src', path.join(root, 'inner'));
    symlinkSync('..', path.join(root, 'src', 'up'));
    symlinkSync('missing/../circle', path.join(root, 'circle'));
  });

  after(() => rmSync(home, { recursive: true }));

  const cases: [string, string | null][] = [
    ['src/a.ts', 'src/a.ts'],
    ['new/deep/a.ts', 'new/deep/a.ts'],
    ['..foo', '..foo'],
    ['inner/a.ts', 'src/a.ts'],
    ['src/up/a.ts', 'a.ts'],
    ['out/key', null],
    ['out/new', null],
    ['dangling', null],
    ['dangling/x', null],
  ];
  for (const [given, expected] of cases) {
    it(`${given} is ${expected ?? 'outside'}`, async () => {
      assert.equal(await realWorkspacePath(root, given), expected);
    });
  }

  it('is not looked for without end where a link leads back to itself', async () => {
    await assert.rejects(realWorkspacePath(root, 'circle'), { code: 'ENOENT' });
  });
});
