import assert from 'node:assert/strict';
import fc from 'fast-check';
import { posix, win32 } from 'node:path';
import { needsConsent, resolveWorkspacePath } from '../../../src/core/changeSet.ts';
import { propertyRuns } from '../../support/propertyRuns.ts';

describe('resolveWorkspacePath', () => {
  const inside: [path: string, resolved: string][] = [
    ['index.html', 'index.html'],
    ['./src//app.js', 'src/app.js'],
    ['src/./deep/', 'src/deep'],
    ['a..b/...c', 'a..b/...c'],
    ['mit Leerzeichen/ü.css', 'mit Leerzeichen/ü.css'],
  ];
  for (const [path, resolved] of inside) {
    it(`takes ${path}`, () =>
      assert.deepEqual(resolveWorkspacePath(path), { kind: 'inside', path: resolved, needsConsent: false }));
  }

  const refused: [path: string, reason: string][] = [
    ['', 'empty'],
    ['.', 'empty'],
    ['./', 'empty'],
    ['/etc/passwd', 'absolute'],
    ['//server/share', 'absolute'],
    ['../secret', 'outside'],
    ['a/../../b', 'outside'],
    ['a/../b', 'outside'],
    ['a/.. /b', 'outside'],
    ['a/..', 'outside'],
    ['C:/Windows', 'drive'],
    ['c:relative', 'drive'],
    ['./C:/Windows', 'drive'],
    ['C:\\Windows', 'backslash'],
    ['..\\secret', 'backslash'],
    ['a\0b', 'nul'],
    ['a\ud800.txt', 'not_unicode'],
    ['a'.repeat(5_000), 'too_long'],
  ];
  for (const [path, reason] of refused) {
    it(`refuses ${JSON.stringify(path.slice(0, 20))} as ${reason}`, () =>
      assert.deepEqual(resolveWorkspacePath(path), { kind: 'refusal', reason }));
  }

  it('never leads outside, on any platform', () => {
    const pieces = fc.array(fc.constantFrom('..', '.', '/', '\\', 'a', ' ', 'C:', '\0', '.git', '~'), { maxLength: 8 });
    fc.assert(
      fc.property(pieces, (all) => {
        const resolved = resolveWorkspacePath(all.join(''));
        if (resolved.kind === 'refusal') return;
        for (const { path, root } of [
          { path: posix, root: '/project' },
          { path: win32, root: 'D:\\work\\here' },
        ]) {
          assert.ok(path.resolve(root, resolved.path).startsWith(root + path.sep), resolved.path);
        }
      }),
      { numRuns: propertyRuns(2_000) },
    );
  });
});

describe('needsConsent', () => {
  it('guards what could run code, hold secrets or unmake a rollback', () => {
    const guarded = [
      '.git/hooks/pre-commit',
      '.vscode/tasks.json',
      '.env',
      '.env.local',
      'packages/a/.env',
      '.tokenfare/project.json',
      'VSCODE~1/tasks.json',
      'ENV~1',
      'ENV~1.LOC',
      'git~2/config',
      'GI1A2B~1/config',
      'app.code-workspace',
    ];
    const disguised = [
      '.GIT/config',
      '.git./config',
      '.git /config',
      'GIT~1/config',
      '.git::$INDEX_ALLOCATION/config',
      '.Env',
      '.g\u200cit/config',
      '.v\u017fcode/tasks.json',
    ];
    for (const path of [...guarded, ...disguised]) assert.equal(needsConsent(path), true, path);
    for (const path of ['.gitignore', 'env.ts', 'src/.github/x', 'git/x', '.vscodeignore']) {
      assert.equal(needsConsent(path), false, path);
    }
  });

  it('is told with the path', () => {
    assert.deepEqual(resolveWorkspacePath('./.env'), { kind: 'inside', path: '.env', needsConsent: true });
  });
});
