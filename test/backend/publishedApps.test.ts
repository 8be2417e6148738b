import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { PublicationBody } from '../../src/protocol/api.ts';
import { askApp } from '../support/askApp.ts';
import { startBackend, type TestBackend } from '../support/startBackend.ts';
import { zipOf } from '../support/zipOf.ts';

describe('a published app', () => {
  let backend: TestBackend;
  let url: string;

  before(async () => {
    backend = await startBackend({ config: {} });
    url = await publish('app', {
      'index.html': '<h1>First</h1>',
      'about.html': '<h1>About</h1>',
      'docs/index.html': '<h1>Docs</h1>',
      'assets/app.js': '0123456789',
      'assets/logo.svg': '<svg/>',
      'data.unknown': 'x',
      empty: '',
    });
  });
  after(() => backend.dispose());

  const publish = async (name: string, files: Readonly<Record<string, string>>): Promise<string> => {
    const body = new Uint8Array(await zipOf(files));
    return PublicationBody.parse(await backend.json(`/v1/publications?name=${name}`, { method: 'POST', body })).url;
  };
  const browser = { accept: 'text/html,*/*;q=0.8' };

  for (const [path, status, type, body] of [
    ['/', 200, 'text/html; charset=utf-8', '<h1>First</h1>'],
    ['/?q=1', 200, 'text/html; charset=utf-8', '<h1>First</h1>'],
    ['/about.html', 200, 'text/html; charset=utf-8', '<h1>About</h1>'],
    ['/about', 200, 'text/html; charset=utf-8', '<h1>About</h1>'],
    ['/docs/', 200, 'text/html; charset=utf-8', '<h1>Docs</h1>'],
    ['/assets/app.js', 200, 'text/javascript; charset=utf-8', '0123456789'],
    ['/assets/logo.svg', 200, 'image/svg+xml; charset=utf-8', '<svg/>'],
    ['/data.unknown', 200, 'application/octet-stream', 'x'],
    ['/empty', 200, 'application/octet-stream', ''],
    ['/assets/other.js', 404, 'text/plain; charset=utf-8', 'There is nothing here.\n'],
    ['/manifest.json', 404, 'text/plain; charset=utf-8', 'There is nothing here.\n'],
    ['/assets/%2e%2e/%2e%2e/backend.json', 404, 'text/plain; charset=utf-8', 'There is nothing here.\n'],
    ['/../../key', 404, 'text/plain; charset=utf-8', 'There is nothing here.\n'],
    ['/%', 404, 'text/plain; charset=utf-8', 'There is nothing here.\n'],
    ['/__proto__', 404, 'text/plain; charset=utf-8', 'There is nothing here.\n'],
  ] as const) {
    it(`answers ${path} with ${status}`, async () => {
      const answer = await askApp(url, path);
      assert.deepEqual([answer.status, answer.headers['content-type'], answer.body], [status, type, body]);
    });
  }

  it('sends a browser that goes to a folder to its own address, and never to another site', async () => {
    const answer = await askApp(url, '/docs?q=1', browser);
    assert.deepEqual([answer.status, answer.headers.location], [308, '/docs/?q=1']);
    assert.equal((await askApp(url, '//evil.example/..', browser)).headers.location, undefined);
  });

  it('shows its first page where a browser goes to a page of the app, and its 404 page if it has one', async () => {
    const page = await askApp(url, '/users/7', browser);
    assert.deepEqual([page.status, page.body], [200, '<h1>First</h1>']);
    const image = await askApp(url, '/users/7.png', { ...browser, 'sec-fetch-mode': 'no-cors' });
    assert.equal(image.status, 404);
    const other = await publish('other', { 'index.html': 'x', '404.html': '<h1>Lost</h1>' });
    const lost = await askApp(other, '/users/7', { 'sec-fetch-mode': 'navigate' });
    assert.deepEqual([lost.status, lost.body], [404, '<h1>Lost</h1>']);
  });

  it('is not sent again to whoever has it', async () => {
    const { etag = '' } = (await askApp(url, '/assets/app.js')).headers;
    assert.match(etag, /^"[0-9a-f]{32}"$/);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await askApp(url, '/assets/app.js', { 'if-none-match': known });
      assert.deepEqual([answer.status, answer.body, answer.headers.etag], [304, '', etag]);
    }
    assert.equal((await askApp(url, '/assets/app.js', { 'if-none-match': '"other"' })).status, 200);
  });

  for (const [range, status, body, contentRange] of [
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=5-99', 206, '56789', 'bytes 5-9/10'],
    ['bytes=-99', 206, '0123456789', 'bytes 0-9/10'],
    ['bytes=10-', 416, '', 'bytes */10'],
    ['bytes=-0', 416, '', 'bytes */10'],
    ['bytes=3-1', 200, '0123456789', undefined],
    ['bytes=0-1,3-4', 200, '0123456789', undefined],
    ['lines=0-1', 200, '0123456789', undefined],
  ] as const) {
    it(`answers the range ${range} with ${status}`, async () => {
      const answer = await askApp(url, '/assets/app.js', { range });
      assert.deepEqual([answer.status, answer.body, answer.headers['content-range']], [status, body, contentRange]);
    });
  }

  it('gives a range only of the file that the client has begun', async () => {
    const { etag = '' } = (await askApp(url, '/assets/app.js')).headers;
    const ask = async (ifRange: string) =>
      (await askApp(url, '/assets/app.js', { range: 'bytes=0-1', 'if-range': ifRange })).status;
    assert.deepEqual([await ask(etag), await ask('"another"')], [206, 200]);
  });

  it('answers HEAD without a body, and no other method', async () => {
    const head = await askApp(url, '/assets/app.js', {}, 'HEAD');
    assert.deepEqual([head.status, head.headers['content-length'], head.body], [200, '10', '']);
    const post = await askApp(url, '/', {}, 'POST');
    assert.deepEqual([post.status, post.headers.allow], [405, 'GET, HEAD']);
  });

  it("has the headers of a stranger's page, and sets no cookie", async () => {
    for (const path of ['/', '/nothing.js']) {
      const { headers } = await askApp(url, path);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.equal(headers['cross-origin-opener-policy'], 'same-origin');
      assert.equal(headers['cross-origin-resource-policy'], 'same-origin');
      assert.equal(headers['set-cookie'], undefined);
      assert.equal(headers['access-control-allow-origin'], undefined);
    }
  });

  it('leaves nothing of its visitors in the log', async () => {
    await askApp(url, '/users/zebra-4711', browser);
    await backend.end('SIGTERM');
    assert.ok(backend.log().includes('"path":"(app)"'));
    assert.ok(!backend.log().includes('zebra-4711'));
  });
});
