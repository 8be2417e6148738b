import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, describe, it } from 'mocha';
import { AccountBody, PublicationBody, PublicationsBody } from '../../src/protocol/api.ts';
import { askApp } from '../support/askApp.ts';
import { eventually } from '../support/eventually.ts';
import { refusalOf } from '../support/meteredBackend.ts';
import { startBackend, type TestBackend } from '../support/startBackend.ts';
import { zipOf } from '../support/zipOf.ts';

const page = (words: string) => ({ 'index.html': `<!doctype html><title>${words}</title>` });

describe('publishing', () => {
  const uploads = mkdtempSync(path.join(tmpdir(), 'tokenfare-uploads-'));
  let backend: TestBackend;

  before(async () => {
    backend = await startBackend({ config: {}, environment: { TMPDIR: uploads } });
  });
  after(async () => {
    assert.deepEqual(readdirSync(uploads), []);
    const { balance } = AccountBody.parse(await backend.json('/v1/account'));
    assert.deepEqual(balance, { available: 300_000, held: 0, allowance: 300_000, used: 0 });
    await backend.dispose();
    rmSync(uploads, { recursive: true });
  });

  const post = (body: Uint8Array, query = '', headers: Record<string, string> = {}): Promise<Response> =>
    backend.request(`/v1/publications${query}`, { method: 'POST', body: new Uint8Array(body), headers });
  const publish = async (
    files: Readonly<Record<string, string | Uint8Array>>,
    query = '',
    headers: Record<string, string> = {},
  ): Promise<PublicationBody> => {
    const answer = await post(await zipOf(files), query, headers);
    assert.equal(answer.status, 200, await answer.clone().text());
    return PublicationBody.parse(await answer.json());
  };
  const list = async () => PublicationsBody.parse(await backend.json('/v1/publications')).publications;
  const unpublish = (id: string) => backend.request(`/v1/publications/${id}`, { method: 'DELETE' });

  it('gives an app an origin of its own, and serves its files there and nowhere else', async () => {
    const app = await publish({ ...page('Shop'), 'a/b.css': 'b{}' }, '?name=My%20Shop');
    assert.match(app.url, new RegExp(`^http://my-shop-[a-z0-9]{8}\\.localhost:${new URL(backend.url).port}$`));
    assert.deepEqual([app.name, app.version, app.files, app.bytes], ['My Shop', 1, 2, 37]);
    assert.match((await askApp(app.url, '/')).body, /<title>Shop/);
    assert.equal((await askApp(app.url, '/a/b.css')).headers['content-type'], 'text/css; charset=utf-8');
    assert.equal((await askApp(backend.url, '/a/b.css')).status, 404);
    const nowhere = app.url.replace('my-shop', 'your-shop');
    assert.deepEqual([(await askApp(nowhere, '/')).status, (await askApp(nowhere, '/v1/plans')).status], [404, 404]);
    assert.equal((await askApp(app.url, '/v1/account', { authorization: `Bearer ${backend.key}` })).status, 404);
    assert.equal((await unpublish(app.id)).status, 200);
  });

  it('serves the app on a port of its own too, for windows that reach nothing but localhost', async () => {
    const app = await publish(page('Port'));
    assert.ok(app.portUrl !== null && new URL(app.portUrl).port !== new URL(backend.url).port);
    assert.match((await askApp(app.portUrl, '/')).body, /<title>Port/);
    await unpublish(app.id);
    await assert.rejects(askApp(app.portUrl, '/'));
    assert.equal((await askApp(app.url, '/')).status, 404);
  });

  it('adds a version each time, goes back to an earlier one, and forgets the oldest', async () => {
    const project = { 'tokenfare-project': 'p1' };
    const first = await publish(page('one'), '?name=Names', project);
    for (let number = 2; number <= 11; number += 1) await publish(page(`version ${number}`), '?name=Other', project);
    const [up, ...others] = await list();
    assert.equal(others.length, 0);
    assert.ok(up);
    assert.deepEqual([up.id, up.slug, up.name, up.version], [first.id, first.slug, 'Other', 11]);
    assert.deepEqual(
      up.versions.map(({ version }) => version),
      [11, 10, 9, 8, 7, 6, 5, 4, 3, 2],
    );
    const activate = (n: string) => backend.request(`/v1/publications/${up.id}/versions/${n}/activate`, { json: {} });
    assert.equal((await activate('4')).status, 200);
    assert.match((await askApp(up.url, '/')).body, /version 4</);
    for (const unknown of ['1', '12', 'x']) assert.equal((await activate(unknown)).status, 404);
    assert.equal((await publish(page('after'), '', project)).version, 12);
    assert.equal(uploadsOf(up.id).length, 10);
    assert.equal((await unpublish(up.id)).status, 200);
    assert.equal((await unpublish(up.id)).status, 404);
    assert.deepEqual([await list(), uploadsOf(up.id)], [[], []]);
    const again = await publish(page('again'), '', project);
    assert.deepEqual([again.url, again.version], [up.url, 13]);
    await unpublish(up.id);
  });

  it('takes a name in any script, for the app and for its files', async () => {
    const app = await publish(
      { ...page('ようこそ'), 'größe/写真.json': '{}' },
      `?name=${encodeURIComponent('日本の店 Café')}`,
    );
    assert.deepEqual([app.name, /^cafe-\w{8}$/.test(app.slug)], ['日本の店 Café', true]);
    assert.equal(
      (await askApp(app.url, `/${encodeURIComponent('größe')}/${encodeURIComponent('写真.json')}`)).body,
      '{}',
    );
    await unpublish(app.id);
  });

  it('takes ten thousand files', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 9_999 }, (_, n) => [`data/${n % 100}/${n}.json`, `{"n":${n}}`]),
    );
    const app = await publish({ ...files, ...page('many') });
    assert.equal(app.files, 10_000);
    assert.equal((await askApp(app.url, '/data/77/4277.json')).body, '{"n":4277}');
    const oneMore = await post(await zipOf({ ...files, ...page('many'), 'more.txt': '' }));
    assert.equal((await refusalOf(oneMore)).code, 'too_large');
    await unpublish(app.id);
  });

  it('keeps both of two publishes at once, each whole', async () => {
    const versions = await Promise.all(['left', 'right'].map((words) => publish(page(words), '?name=both')));
    assert.deepEqual(versions.map(({ version }) => version).sort(), [1, 2]);
    const [up] = await list();
    assert.deepEqual([up?.version, up?.versions.length], [2, 2]);
    await unpublish(up?.id ?? '');
  });

  it('keeps three apps up on Free, however many come at once, and each in its bounds', async () => {
    const up = await Promise.all(['a', 'b', 'c'].map((name) => publish(page(name), `?name=${name}`)));
    const fourth = await refusalOf(await post(await zipOf(page('d')), '?name=d'));
    assert.deepEqual([fourth.status, fourth.code], [403, 'plan_required']);
    assert.equal((await publish(page('again'), '?name=a')).version, 2);
    await unpublish(up[0]?.id ?? '');
    const raced = await Promise.all(
      ['e', 'f', 'g'].map(async (name) => post(await zipOf(page(name)), `?name=${name}`)),
    );
    assert.deepEqual(raced.map(({ status }) => status).sort(), [200, 403, 403]);
    const three = await list();
    assert.equal(three.length, 3);
    for (const { id } of three) {
      assert.equal(uploadsOf(id).length > 0, true);
      await unpublish(id);
    }
    for (const name of ['', '%20', 'x'.repeat(81), '%01']) {
      assert.equal((await refusalOf(await post(await zipOf(page('')), `?name=${name}`))).param, 'name');
    }
  });

  it('is not offered where people can’t reach it, and not below the portal’s own domain', async () => {
    const dataDir = mkdtempSync(path.join(uploads, 'server-'));
    const start = (publishing: object) =>
      startBackend({ dataDir, config: { publicUrl: 'https://tokens.example.com', publishing } });
    await assert.rejects(start({ baseDomain: 'apps.example.com' }), /publishing\.baseDomain: .* share a registrable/);
    const server = await start({});
    const body = new Uint8Array(await zipOf(page('x')));
    const refusal = await refusalOf(await server.request('/v1/publications', { method: 'POST', body }));
    assert.deepEqual([refusal.status, /publishing\.baseDomain/.test(refusal.message)], [503, true]);
    await server.dispose();
  });

  it('is no export: that is part of the paid plans', async () => {
    const refusal = await refusalOf(await backend.request('/v1/exports', { json: { projectId: 'p1' } }));
    assert.deepEqual([refusal.status, refusal.code], [403, 'plan_required']);
    assert.equal((await refusalOf(await backend.request('/v1/exports', { json: {} }))).param, 'projectId');
  });

  describe('refuses, and leaves what is up alone:', () => {
    let app: PublicationBody;
    before(async () => {
      app = await publish(page('stays'));
    });
    after(() => unpublish(app.id));
    afterEach(async () => {
      assert.match((await askApp(app.url, '/')).body, /stays/);
      assert.equal(uploadsOf(app.id).length, 1);
    });

    const named = async (name: string, other: string) =>
      renamed(await zipOf({ ...page('x'), [name]: 'x' }), name, other);
    const mebibytes = (n: number) => new Uint8Array(n * 1024 * 1024);
    const hostile: readonly (readonly [string, () => Promise<Buffer>, string])[] = [
      ['a path that climbs', () => named('zz/evil.html', '../evil.html'), 'invalid_request'],
      ['a path that climbs by backslash', () => named('zz/evil.html', '..\\evil.html'), 'invalid_request'],
      ['an absolute path', () => named('zetc/passwd.html', '/etc/passwd.html'), 'invalid_request'],
      ['a drive', () => named('Cz/evil.html', 'C:/evil.html'), 'invalid_request'],
      ['a control character', () => named('zevil.html', '\nevil.html'), 'invalid_request'],
      ['the same path twice', () => named('endex.html', 'index.html'), 'invalid_request'],
      ['a link', async () => zipOf({ ...page('x'), 'passwd.html': '/etc/passwd' }, 0o120_777), 'invalid_request'],
      ['a file of settings', () => zipOf({ ...page('x'), 'sub/.env.local': 'A=1' }), 'invalid_request'],
      ['a key', () => zipOf({ ...page('x'), 'server.pem': 'x' }), 'invalid_request'],
      ['a secret', () => zipOf({ ...page('x'), 'app.js': `const key = "AKIA${'A'.repeat(16)}"` }), 'invalid_request'],
      ['no first page', () => zipOf({ 'about.html': 'x' }), 'invalid_request'],
      ['no zip', () => Promise.resolve(Buffer.from('PK\u0003\u0004 no')), 'invalid_request'],
      ['half a zip', async () => (await zipOf({ ...page('x'), a: mebibytes(1) })).subarray(0, 900), 'invalid_request'],
      ['nothing', () => Promise.resolve(Buffer.alloc(0)), 'invalid_request'],
      [
        'too many bytes',
        () => zipOf({ ...page('x'), a: mebibytes(20), b: mebibytes(20), c: mebibytes(20) }),
        'too_large',
      ],
      ['a file that is too large', () => zipOf({ ...page('x'), a: mebibytes(24) }), 'too_large'],
      [
        'a bomb that lies about itself',
        async () => lying(await zipOf({ ...page('x'), bomb: mebibytes(9) })),
        'invalid_request',
      ],
    ];
    for (const [what, make, code] of hostile) {
      it(what, async () => {
        const refusal = await refusalOf(await post(await make()));
        assert.equal(refusal.code, code, refusal.message);
      });
    }

    it('a body that goes on and on', async () => {
      const answer = await post(Buffer.alloc(61_000_000, 1));
      assert.equal((await refusalOf(answer)).code, 'too_large');
    });

    it('a body that breaks off', async () => {
      const { hostname, port } = new URL(backend.url);
      const socket = connect(Number(port), hostname);
      const head = `POST /v1/publications HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${backend.key}\r\n`;
      socket.write(`${head}Content-Length: 1000000\r\n\r\nPK`);
      await eventually(() => assert.ok(readdirSync(uploads).length > 0));
      socket.destroy();
      await eventually(() => assert.deepEqual(readdirSync(uploads), []));
    });

    it('what nobody signed', async () => {
      const answers = await Promise.all([
        post(await zipOf(page('x')), '', { authorization: '' }),
        backend.request('/v1/publications', { headers: { authorization: '' } }),
        backend.request(`/v1/publications/${app.id}`, { method: 'DELETE', headers: { authorization: '' } }),
        backend.request('/v1/exports', { json: { projectId: 'p' }, headers: { authorization: '' } }),
      ]);
      assert.deepEqual(
        answers.map(({ status }) => status),
        [401, 401, 401, 401],
      );
    });
  });

  function uploadsOf(id: string): string[] {
    const folder = path.join(backend.dataDir, 'apps', id);
    return existsSync(folder) ? readdirSync(folder) : [];
  }
});

/** A zip in which a name is another of the same length, as no tool would write it. */
function renamed(zip: Buffer, from: string, to: string): Buffer {
  assert.equal(from.length, to.length);
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

/** A zip that says of its last file that it is a single byte. */
function lying(zip: Buffer): Buffer {
  const entry = zip.lastIndexOf(Buffer.from('PK\u0001\u0002'));
  zip.writeUInt32LE(1, entry + UNPACKED_SIZE);
  return zip;
}

/** Where in an entry of a zip's directory the size of the unpacked file stands. */
const UNPACKED_SIZE = 24;
