import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AccountBody, KeysBody, NewKeyBody } from '../../src/protocol/api.ts';
import { runAdmin, startBackend, type TestBackend } from '../support/startBackend.ts';

describe('keys and the portal', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-portal-'));
  let backend: TestBackend;
  let mine: string;
  let other: string;

  before(async () => {
    backend = await startBackend({ dataDir, config: { auth: { mode: 'keys' } }, key: '' });
    const create = async (email: string): Promise<string> => {
      const { stdout } = await runAdmin(dataDir, ['accounts', 'create', '--email', email, '--json']);
      return (JSON.parse(stdout) as { key: string }).key;
    };
    [mine, other] = [await create('a@example.com'), await create('b@example.com')];
  });
  after(() => backend.dispose());

  const as = (key: string, route: string, init: { method?: string; json?: unknown } = {}): Promise<Response> =>
    backend.request(route, { ...init, headers: { authorization: `Bearer ${key}` } });
  const keysOf = async (key: string) => KeysBody.parse(await (await as(key, '/v1/keys')).json()).keys;
  const make = async (name: string) => NewKeyBody.parse(await (await as(mine, '/v1/keys', { json: { name } })).json());

  /** A request as the portal's own script sends it, or with other headers in the place of its own. */
  const fromPage = (route: string, init: { method?: string; json?: unknown; cookie?: string; origin?: string } = {}) =>
    fetch(backend.url + route, {
      method: init.method ?? (init.json === undefined ? 'GET' : 'POST'),
      headers: {
        'tokenfare-portal': '1',
        ...(init.cookie === undefined ? {} : { cookie: init.cookie }),
        origin: init.origin ?? backend.url,
      },
      ...(init.json === undefined ? {} : { body: JSON.stringify(init.json) }),
    });
  const signIn = async (key = mine): Promise<string> => {
    const answer = await fromPage('/account/sign-in', { json: { key } });
    assert.equal(answer.status, 200);
    return (answer.headers.get('set-cookie') ?? '').split(';', 1)[0] ?? '';
  };

  it('makes a key that works at once and is said once, lists it by how it begins, and revokes it', async () => {
    const { id, key, prefix, ...made } = await make('CI');
    assert.deepEqual({ ...made, createdAt: '' }, { name: 'CI', createdAt: '', lastUsedAt: null });
    assert.ok(key.startsWith(prefix) && key.length > 40);
    assert.equal((await as(key, '/v1/account')).status, 200);
    const listed = await as(mine, '/v1/keys');
    assert.ok(!(await listed.text()).includes(key));
    assert.ok((await keysOf(mine)).some((each) => each.id === id && each.prefix === prefix));
    assert.equal((await as(mine, `/v1/keys/${id}`, { method: 'DELETE' })).status, 200);
    assert.equal((await as(key, '/v1/account')).status, 401);
    assert.ok(!(await keysOf(mine)).some((each) => each.id === id));
    assert.equal((await as(mine, `/v1/keys/${id}`, { method: 'DELETE' })).status, 404);
  });

  it('shows and revokes nobody’s keys but one’s own, and makes none without a name', async () => {
    const { id, key } = await make('mine');
    assert.ok(!(await keysOf(other)).some((each) => each.id === id));
    assert.equal((await as(other, `/v1/keys/${id}`, { method: 'DELETE' })).status, 404);
    assert.equal((await as(key, '/v1/account')).status, 200);
    for (const name of ['', '   ', 'x'.repeat(81), 7]) {
      assert.equal((await as(mine, '/v1/keys', { json: { name } })).status, 422, String(name));
    }
  });

  it('serves the page with a policy that lets in no inline script and no frame around it', async () => {
    const page = await fetch(`${backend.url}/account`);
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'; script-src 'self'; style-src 'self';.*frame-ancestors 'none'/);
    assert.doesNotMatch(policy, /unsafe/);
    assert.deepEqual(
      ['x-frame-options', 'x-content-type-options', 'cache-control'].map((name) => page.headers.get(name)),
      ['DENY', 'nosniff', 'no-store'],
    );
    assert.doesNotMatch(await page.text(), /<script>|<style|onload=/);
    for (const name of ['nothing.js', '..%2fbackend.js', 'review.js']) {
      assert.equal((await fetch(`${backend.url}/account/${name}`)).status, 404, name);
    }
  });

  it('signs a browser in with a cookie that no script reads and no other site sends', async () => {
    const answer = await fromPage('/account/sign-in', { json: { key: mine } });
    const cookie = answer.headers.get('set-cookie') ?? '';
    assert.match(cookie, /^tokenfare-session=tf_[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/);
    assert.ok(!cookie.includes(mine));
    const session = cookie.split(';', 1)[0] ?? '';
    const body = AccountBody.parse(await (await fromPage('/v1/account', { cookie: session })).json());
    assert.equal(body.account.email, 'a@example.com');
    assert.ok(!(await keysOf(mine)).some(({ name }) => name === 'portal'), 'a session is no API key');
    assert.equal((await fromPage('/account/sign-in', { json: { key: 'tf_wrong' } })).status, 401);
    const secure = await fromPage('/account/sign-in', {
      json: { key: mine },
      origin: backend.url.replace('http', 'https'),
    });
    assert.match(secure.headers.get('set-cookie') ?? '', /; HttpOnly; Secure; SameSite=Strict$/);
  });

  it('lets a session change something only by the page’s own script from its own origin', async () => {
    const cookie = await signIn();
    const post = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${backend.url}/v1/keys`, { method: 'POST', headers: { cookie, ...headers }, body: '{"name":"forged"}' });
    const own = { 'tokenfare-portal': '1', origin: backend.url };
    assert.equal((await post({ origin: backend.url })).status, 401);
    assert.equal((await post({ 'tokenfare-portal': '1' })).status, 401);
    assert.equal((await post({ ...own, origin: 'http://evil.example' })).status, 401);
    assert.equal((await post({ ...own, origin: backend.url.replace(/\d+$/, '1') })).status, 401);
    assert.equal((await post({ ...own, origin: 'null' })).status, 401);
    assert.ok(!(await keysOf(mine)).some(({ name }) => name === 'forged'));
    assert.equal((await post(own)).status, 200);
    const forgedSignIn = await fromPage('/account/sign-in', { json: { key: mine }, origin: 'http://evil.example' });
    assert.equal(forgedSignIn.status, 401);
  });

  it('spends no tokens by a session', async () => {
    const body = { model: 'builder', messages: [{ role: 'user', content: 'Hello' }] };
    assert.equal((await fromPage('/v1/chat/completions', { json: body, cookie: await signIn() })).status, 401);
  });

  it('ends the session on the server when told to', async () => {
    const cookie = await signIn();
    const answer = await fromPage('/account/sign-out', { json: {}, cookie });
    assert.match(answer.headers.get('set-cookie') ?? '', /^tokenfare-session=; Max-Age=0;/);
    assert.equal((await fromPage('/v1/account', { cookie })).status, 401);
    assert.equal((await as(mine, '/v1/account')).status, 200);
  });

  it('lets nobody try keys by the dozen', async () => {
    const tries = await Promise.all(
      Array.from({ length: 12 }, () => fromPage('/account/sign-in', { json: { key: 'tf_guess' } })),
    );
    const limited = tries.filter(({ status }) => status === 429);
    assert.ok(limited.length > 0);
    assert.match(limited[0]?.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
  });
});
