import assert from 'node:assert/strict';
import { codeReference } from '../../../../webview/chat/codeReference.ts';

describe('a name in code that is a place in a file', () => {
  it('has a line, or folders', () => {
    assert.deepEqual(codeReference('styles.css:12'), { kind: 'file', path: 'styles.css', line: 12 });
    assert.deepEqual(codeReference('main.c#L7'), { kind: 'file', path: 'main.c', line: 7 });
    assert.deepEqual(codeReference('app/[id]/page.tsx'), { kind: 'file', path: 'app/[id]/page.tsx' });
    assert.deepEqual(codeReference('./src/app.ts'), { kind: 'file', path: 'src/app.ts' });
  });

  it('is no other code, and nothing outside the workspace', () => {
    const others = [
      'console.log',
      'app.ts',
      'application/json',
      '127.0.0.1:8080',
      'localhost:3000',
      'a / b.c',
      'and/or',
    ];
    const outside = ['/etc/hosts.conf', '../up/a.ts', 'https://example.com/a.ts', 'file:///a/b.ts', 'src/${name}.ts'];
    for (const code of [...others, ...outside, 'f("a/b.ts")', '@types/node', '']) {
      assert.equal(codeReference(code), null, code);
    }
  });
});
