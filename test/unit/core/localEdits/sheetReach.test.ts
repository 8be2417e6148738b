import assert from 'node:assert/strict';
import { indexStyles } from '../../../../src/core/localEdits/planLocalEdit.ts';
import { reachFor } from '../../../../src/core/localEdits/sheetReach.ts';

/** The sheets that reach a page beside these other files; null where any may. */
function sheetsOf(page: string, path: string, others: Record<string, string>): string[] | null {
  const files = Object.entries({ [path]: page, ...others }).map(([each, text]) => ({ path: each, text }));
  const { always } = reachFor(indexStyles(files).reach, path);
  return always && [...always].filter((each) => /\.(?:css|scss|less)$/.test(each));
}

const link = (href: string, more = ''): string => `<link rel="stylesheet" href="${href}"${more}>`;

describe('which sheets reach a page', () => {
  const sheets = { 'a.css': '', 'css/b.css': '', 'lib/deep/c.css': '' };

  it('those that it links, from where it stands', () => {
    assert.deepEqual(sheetsOf(link('css/b.css'), 'index.html', sheets), ['css/b.css']);
    assert.deepEqual(sheetsOf(link('../a.css?v=2#x'), 'docs/index.html', sheets), ['a.css']);
    assert.deepEqual(sheetsOf(`<link href='./b.css' rel=stylesheet>`, 'css/index.html', sheets), ['css/b.css']);
    assert.deepEqual(sheetsOf(link('/deep/c.css'), 'pages/index.html', sheets), ['lib/deep/c.css']);
    assert.deepEqual(sheetsOf(link('/s.css'), 'two/index.html', { 'one/s.css': '', 'two/public/s.css': '' }), [
      'two/public/s.css',
    ]);
  });

  it('any, where it links none of the workspace or is put together by a server', () => {
    assert.equal(sheetsOf('<h1>Hi</h1>', 'index.html', sheets), null);
    assert.equal(sheetsOf(link('https://cdn.example/a.css'), 'index.html', sheets), null);
    assert.equal(sheetsOf(link('b.css'), 'index.html', sheets), null);
    assert.equal(sheetsOf(`${link('a.css')}{% include "more.html" %}`, 'index.html', sheets), null);
    assert.equal(sheetsOf(`${link('a.css')}<link rel="stylesheet" th:href="@{/x.css}">`, 'index.html', sheets), null);
    assert.equal(sheetsOf(`${link('a.css')}${link('{{ theme }}.css')}`, 'index.html', sheets), null);
  });

  it('none, where a whole document has a style of its own, or has none while others link theirs', () => {
    const other = { 'other.html': link('a.css') };
    assert.deepEqual(sheetsOf('<html><style>p { margin: 0; }</style></html>', 'index.html', sheets), []);
    assert.deepEqual(sheetsOf('<html><p>Hi</p></html>', 'index.html', { ...sheets, ...other }), []);
    assert.equal(sheetsOf('<html><p>Hi</p></html>', 'index.html', sheets), null);
    assert.equal(sheetsOf('<html><app-root></app-root></html>', 'index.html', { ...sheets, ...other }), null);
    assert.equal(sheetsOf('<html><div id="root"></div></html>', 'index.html', { ...sheets, ...other }), null);
  });

  it('not those in a comment, for print, or preloaded as something else', () => {
    const others = `<!-- ${link('css/b.css')} --><link rel="preload" as="font" href="css/b.css">`;
    assert.deepEqual(sheetsOf(link('a.css') + others, 'index.html', sheets), ['a.css']);
    assert.deepEqual(sheetsOf(link('a.css') + link('css/b.css', ' media="print"'), 'index.html', sheets), ['a.css']);
    assert.deepEqual(sheetsOf(link('a.css', ' media="screen"'), 'index.html', sheets), ['a.css']);
  });

  it('what those import, as far as it goes, in a circle too', () => {
    const css = {
      'a.css': '@import url(css/b.css) layer(base);\n@import "d.css" print;\n/* @import "e.css"; */',
      'css/b.css': '@import "../a.css";',
      'd.css': '',
      'e.css': '',
    };
    assert.deepEqual(sheetsOf(link('a.css'), 'index.html', css), ['a.css', 'css/b.css']);
    assert.deepEqual(sheetsOf('<style>@import "e.css";</style>', 'index.html', css), ['e.css']);
  });

  it('the source of a sheet that is built, with its partials', () => {
    const scss = {
      'scss/site.scss': "@use 'sass:math';\n@use 'base';\n@import 'parts/card', 'parts/nav';",
      'scss/_base.scss': '',
      'scss/parts/_card.scss': '',
      'scss/parts/nav/_index.scss': '',
      'scss/_unused.scss': '',
    };
    const all = ['scss/_base.scss', 'scss/parts/_card.scss', 'scss/parts/nav/_index.scss', 'scss/site.scss'];
    assert.deepEqual(sheetsOf(link('css/site.css'), 'index.html', scss), all);
    assert.deepEqual(sheetsOf(link('site.css'), 'index.html', { 'site.scss': '', 'site.css': '' }), ['site.scss']);
    assert.deepEqual(sheetsOf(link('x.css'), 'index.html', { 'x.less': '@import (less) "y";', 'y.less': '' }), [
      'x.less',
      'y.less',
    ]);
  });

  it('what no page links, where a bundler may bring it', () => {
    const page = `${link('a.css')}<script type="module" src="/main.js"></script>`;
    const css = { 'a.css': '', 'b.css': '', 'c.css': '' };
    assert.deepEqual(sheetsOf(page, 'index.html', { ...css, 'other.html': link('c.css') }), ['a.css', 'b.css']);
  });
});
