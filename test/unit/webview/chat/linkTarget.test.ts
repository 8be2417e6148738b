import assert from 'node:assert/strict';
import { linkTarget } from '../../../../webview/chat/linkTarget.ts';

describe('where a link leads', () => {
  it('leads to the web by http, https and mailto alone', () => {
    for (const href of ['https://example.com/a', 'http://localhost:1/', 'mailto:a@example.com'])
      assert.deepEqual(linkTarget(href), { kind: 'web', href });
  });

  it('opens files of the workspace, at a line', () => {
    assert.deepEqual(linkTarget('src/app.ts'), { kind: 'file', path: 'src/app.ts' });
    assert.deepEqual(linkTarget('./a%20b.ts:12'), { kind: 'file', path: 'a b.ts', line: 12 });
    assert.deepEqual(linkTarget('a.ts:12:5'), { kind: 'file', path: 'a.ts', line: 12 });
    assert.deepEqual(linkTarget('a.ts#L7-L9'), { kind: 'file', path: 'a.ts', line: 7 });
  });

  it('leads nowhere else', () => {
    const nowhere = [
      'javascript:alert(1)',
      'JAVASCRIPT:alert(1)',
      'java\tscript:alert(1)',
      'data:text/html,x',
      'vbscript:x',
      'command:workbench.action.quit',
      'vscode://x',
      'file:///etc/passwd',
      '/etc/passwd',
      '//evil.example',
      '\\\\server\\share',
      'C:\\windows',
      '../outside',
      'a/../../b',
      '%2e%2e/x',
      '%E0%A4%A',
      '#top',
      '?q',
      '',
    ];
    for (const href of nowhere) assert.deepEqual(linkTarget(href), { kind: 'none' }, href);
  });
});
