import assert from 'node:assert/strict';
import { chatHtml } from '../../../../src/extension/chat/chatHtml.ts';

describe('the chat page’s document', () => {
  const page = {
    nonce: 'abc',
    cspSource: 'https://csp',
    script: 'https://x/chat.js',
    styles: ['https://x/"a.css'],
    language: 'en',
    title: 'Chat <b>',
  };

  it('lets nothing run or load but our own', () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(chatHtml(page))?.[1];
    assert.equal(
      policy,
      "default-src 'none'; script-src 'nonce-abc'; style-src https://csp; font-src https://csp; img-src https://csp data:",
    );
  });

  it('escapes what it is given', () => {
    assert.match(chatHtml(page), /Chat &lt;b>/);
    assert.match(chatHtml(page), /&quot;a\.css/);
  });
});
