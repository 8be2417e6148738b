import assert from 'node:assert/strict';
import { fencePath, pathBefore } from '../../../../webview/chat/codePath.ts';

describe('the file that a code block is for', () => {
  it('is named behind the fence', () => {
    assert.equal(fencePath('ts src/app.ts'), 'src/app.ts');
    assert.equal(fencePath('ts:src/app.ts'), 'src/app.ts');
    assert.equal(fencePath('css title="a/b.css" {1-3}'), 'a/b.css');
    assert.equal(fencePath('jsx filename=App.jsx'), 'App.jsx');
    assert.equal(fencePath('tsx app/[id]/page.tsx'), 'app/[id]/page.tsx');
    assert.equal(fencePath('Dockerfile deploy/Dockerfile'), 'deploy/Dockerfile');
  });

  it('is none where nothing is named, or what is named is outside', () => {
    for (const info of [
      '',
      'ts',
      'js {1,3}',
      'ts ../x.ts',
      'ts /etc/passwd.txt',
      'ts title=javascript:alert(1)',
      'c++ 1.5',
    ])
      assert.equal(fencePath(info), null, info);
  });

  it('is named just before', () => {
    assert.equal(pathBefore('In `src/app.ts`:'), 'src/app.ts');
    assert.equal(pathBefore('Then change (styles.css):\n'), 'styles.css');
    for (const text of ['Use this:', 'See app.ts for more', 'as in e.g.', 'version 1.5:', 'in ../x.ts:', ''])
      assert.equal(pathBefore(text), null, text);
  });
});
