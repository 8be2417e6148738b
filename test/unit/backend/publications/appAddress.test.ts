import assert from 'node:assert/strict';
import { appAddresses, sharesSite } from '../../../../src/backend/publications/appAddress.ts';

describe('the addresses of published apps', () => {
  for (const [publicUrl, baseDomain, url] of [
    ['http://127.0.0.1:4141', 'localhost', 'http://shop.localhost:4141'],
    ['https://tokens.example.com', 'apps-of-ours.net', 'https://shop.apps-of-ours.net'],
    ['https://tokens.example.com:8443', 'apps-of-ours.net', 'https://shop.apps-of-ours.net:8443'],
  ] as const) {
    it(`are below ${baseDomain}, as ${publicUrl} is reached`, () => {
      assert.equal(appAddresses(baseDomain, () => publicUrl).urlOf('shop'), url);
    });
  }

  it('are told from all other hosts', () => {
    const { slugOf } = appAddresses('apps.net', () => 'http://127.0.0.1:1');
    assert.deepEqual(
      [
        'shop.apps.net',
        'SHOP.Apps.net:80',
        'a.b.apps.net',
        'apps.net',
        'evilapps.net',
        'apps.net.evil',
        '',
        undefined,
      ].map(slugOf),
      ['shop', 'shop', 'a.b', null, null, null, null, null],
    );
  });

  it('can’t be had where people come from elsewhere and there is no domain', () => {
    assert.equal(appAddresses('localhost', () => 'https://tokens.example.com').isReachable, false);
    assert.equal(appAddresses('localhost', () => 'http://127.0.0.1:9').isReachable, true);
    assert.equal(appAddresses('apps.net', () => 'https://tokens.example.com').isReachable, true);
  });

  for (const [publicUrl, baseDomain, shared] of [
    ['https://tokens.example.com', 'apps.example.com', true],
    ['https://example.com', 'example.com', true],
    ['https://tokens.example.co.uk', 'apps.example.co.uk', true],
    ['https://tokens.example.co.uk', 'apps.other.co.uk', false],
    ['https://tokens.example.com', 'example-apps.com', false],
    ['https://a.github.io', 'b.github.io', false],
    ['https://tokens.intranet', 'apps.tokens.intranet', true],
    ['http://127.0.0.1:4141', 'localhost', false],
    ['http://localhost:4141', 'localhost', false],
    ['http://portal.localhost:4141', 'localhost', true],
  ] as const) {
    it(`${baseDomain} ${shared ? 'shares a site' : 'shares no site'} with ${publicUrl}`, () => {
      assert.equal(sharesSite(publicUrl, baseDomain), shared);
    });
  }
});
