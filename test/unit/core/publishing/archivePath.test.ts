import assert from 'node:assert/strict';
import { archivePath } from '../../../../src/core/publishing/archivePath.ts';

describe('the path of an archive’s entry', () => {
  for (const [name, reason] of [
    ['../evil.html', 'outside'],
    ['a/../../evil.html', 'outside'],
    ['a/.. /evil.html', 'outside'],
    ['/etc/passwd', 'absolute'],
    ['C:/evil.html', 'drive'],
    ['./C:/evil.html', 'drive'],
    ['a\\evil.html', 'backslash'],
    ['a\0.html', 'nul'],
    ['a\n.html', 'control'],
    ['', 'empty'],
    ['./', 'empty'],
    [`${'a/'.repeat(64)}b`, 'deep'],
    ['x'.repeat(5_000), 'too_long'],
    ['.env', 'private'],
    ['a/.git/config', 'private'],
    ['node_modules/a.js', 'private'],
  ] as const) {
    it(`${JSON.stringify(name.slice(0, 30))} is refused: ${reason}`, () => {
      assert.deepEqual(archivePath(name), { kind: 'refusal', reason });
    });
  }

  for (const [name, path] of [
    ['index.html', 'index.html'],
    ['./a//b.css', 'a/b.css'],
    ['..a/b..c/.well-known', '..a/b..c/.well-known'],
    ['cafe\u0301/写真.png', 'café/写真.png'],
  ] as const) {
    it(`${JSON.stringify(name)} is ${path}`, () => assert.deepEqual(archivePath(name), { kind: 'file', path }));
  }
});
