import assert from 'node:assert/strict';
import { pageHtml } from '../../../src/extension/pageHtml.ts';

describe('the document of a page', () => {
  const page = {
    nonce: 'abc',
    cspSource: 'https://csp',
    script: 'https://x/chat.js',
    later: [],
    styles: ['https://x/"a.css'],
    language: 'en',
    title: 'Chat <b>',
    pictures: [],
    isModule: false,
    writesStyles: false,
  };

  it('lets nothing run or load but our own', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(pageHtml(page))?.[1];
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-abc'; style-src https://csp; font-src https://csp; img-src https://csp data:",
    );
  });

  it('lets a page write styles of its own only where it must, and scripts never', () => {
    const policy = pageHtml({ ...page, writesStyles: true });
    assert.match(policy, /style-src https:\/\/csp 'unsafe-inline';/);
    assert.match(policy, /script-src 'nonce-abc';/);
  });

  it('marks a script that loads parts of itself', () => {
    assert.match(
      pageHtml({ ...page, isModule: true }),
      /<script type="module" nonce="abc" src="https:\/\/x\/chat\.js">/,
    );
    assert.match(pageHtml(page), /<script nonce="abc"/);
  });

  it('has the browser begin at once with what the script loads later', () => {
    const html = pageHtml({ ...page, later: ['https://x/diffs.js'] });
    assert.match(html, /<link rel="modulepreload" nonce="abc" href="https:\/\/x\/diffs\.js">/);
    assert.doesNotMatch(pageHtml(page), /modulepreload/);
  });

  it('names the folders whose pictures it may show, where there are any', () => {
    const html = pageHtml({ ...page, pictures: ['https://x/one', 'https://x/two%20b'] });
    assert.match(html, /<meta name="pictures" content="https:\/\/x\/one https:\/\/x\/two%20b">/);
    assert.doesNotMatch(pageHtml(page), /pictures/);
  });

  it('escapes what it is given', () => {
    assert.match(pageHtml(page), /Chat &lt;b>/);
    assert.match(pageHtml(page), /&quot;a\.css/);
  });
});
