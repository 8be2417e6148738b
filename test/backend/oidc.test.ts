import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OAuth2Server } from 'oauth2-mock-server';
import * as z from 'zod/mini';
import { oidcOptions } from '../../src/backend/accounts/oidcOptions.ts';
import { StartRefusal } from '../../src/backend/startRefusal.ts';
import { AccountBody } from '../../src/protocol/api.ts';
import { Config } from '../../src/protocol/config.ts';
import { CompanyBrowser } from '../support/companyBrowser.ts';
import { freePort } from '../support/freePort.ts';
import { postgresServer } from '../support/postgresServer.ts';
import { configFile, runAdmin, startBackend, type TestBackend } from '../support/startBackend.ts';

const DeviceCode = z.object({ device_code: z.string(), user_code: z.string(), verification_uri_complete: z.string() });
const Token = z.object({ access_token: z.string(), token_type: z.literal('Bearer') });

describe('signing in through a company', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-oidc-'));
  const company = new OAuth2Server();
  let backend: TestBackend;
  const ann = { sub: 'ann', email: 'ann@example.com', email_verified: true };
  let person = ann;

  before(async () => {
    await company.issuer.keys.generate('RS256');
    await company.start(0, '127.0.0.1');
    company.issuer.url = `http://127.0.0.1:${company.address().port}`;
    company.service.on('beforeTokenSigning', (token: { payload: object }) => Object.assign(token.payload, person));
    company.service.on('beforeUserinfo', (answer: { body: unknown }) => (answer.body = person));
    const port = await freePort();
    backend = await startBackend({
      dataDir,
      args: ['--port', String(port)],
      environment: { COMPANY_SECRET: 'a secret of the company' },
      key: '',
      config: {
        database: await (await postgresServer()).createDatabase(),
        publicUrl: `http://127.0.0.1:${port}`,
        auth: { mode: 'oidc', issuer: company.issuer.url, clientId: 'tokenfare', clientSecretEnv: 'COMPANY_SECRET' },
      },
    });
  });
  after(async () => {
    await backend.end('SIGTERM');
    await company.stop();
  });

  const accountOf = async (token: string): Promise<AccountBody> =>
    AccountBody.parse(await (await as(token, '/v1/account')).json());
  const as = (token: string, route: string): Promise<Response> =>
    backend.request(route, { headers: { authorization: `Bearer ${token}` } });
  const signIn = async (who: typeof person): Promise<CompanyBrowser> => {
    person = who;
    const browser = new CompanyBrowser(backend.url);
    await browser.signIn('/account');
    return browser;
  };
  const code = async () => {
    const answer = await backend.request('/api/auth/device/code', post({ client_id: 'tokenfare-vscode' }));
    return DeviceCode.parse(await answer.json());
  };
  const token = (device: z.infer<typeof DeviceCode>): Promise<Response> => {
    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
    const body = { grant_type, device_code: device.device_code, client_id: 'tokenfare-vscode' };
    return backend.request('/api/auth/device/token', post(body));
  };

  it('leads to the company and back into an account on Free, with a cookie that no other site sends', async () => {
    const browser = await signIn(ann);
    assert.match(browser.sessionCookie, /HttpOnly.*SameSite=Strict|SameSite=Strict.*HttpOnly/i);
    const { account, plan } = AccountBody.parse(await (await browser.get('/v1/account')).json());
    assert.deepEqual([account.email, plan.id], ['ann@example.com', 'free']);
    const again = await signIn(ann);
    assert.equal(AccountBody.parse(await (await again.get('/v1/account')).json()).account.id, account.id);
  });

  it('lets a device in once its code is approved by whoever is signed in', async () => {
    const device = await code();
    assert.equal(device.verification_uri_complete, `${backend.url}/account?user_code=${device.user_code}`);
    const browser = await signIn(ann);
    assert.equal((await browser.decideDevice(device.user_code, 'approve')).status, 200);
    const { access_token: session } = Token.parse(await (await token(device)).json());
    assert.equal((await accountOf(session)).account.email, 'ann@example.com');
    assert.equal(await errorOf(await token(device)), 'invalid_grant');
    await fetch(`${backend.url}/api/auth/sign-out`, post({}, session));
    assert.equal((await as(session, '/v1/account')).status, 401);
  });

  it('lets no device in that waits, was denied, or whose code a stranger wants to approve', async () => {
    assert.equal(await errorOf(await token(await code())), 'authorization_pending');
    const denied = await code();
    const browser = await signIn(ann);
    assert.equal((await browser.decideDevice(denied.user_code, 'deny')).status, 200);
    assert.equal(await errorOf(await token(denied)), 'access_denied');
    const stranger = new CompanyBrowser(backend.url);
    const wanted = await code();
    assert.equal((await stranger.decideDevice(wanted.user_code, 'approve')).status, 401);
    assert.equal(await errorOf(await token(wanted)), 'authorization_pending');
  });

  it('leads into the account that the operator made, if the company has checked the address', async () => {
    const prepare = async (email: string) => {
      const args = ['accounts', 'create', '--email', email, '--plan', 'pro', '--json'];
      const made = await runAdmin(dataDir, args, configFile(dataDir));
      return z.object({ id: z.string(), key: z.string() }).parse(JSON.parse(made.stdout));
    };
    const { id, key } = await prepare('bob@example.com');
    await prepare('carol@example.com');
    const unproven = await signIn({ sub: 'eve', email: 'carol@example.com', email_verified: false });
    assert.equal((await unproven.get('/v1/account')).status, 401);
    const bob = await signIn({ sub: 'bob', email: 'bob@example.com', email_verified: true });
    const { account, plan } = AccountBody.parse(await (await bob.get('/v1/account')).json());
    assert.deepEqual([account.id, plan.id], [id, 'pro']);
    assert.equal((await accountOf(key)).account.id, id, 'keys go on working');
  });

  it('guards a session against other sites as the portal’s own, and ends it on the server', async () => {
    const browser = await signIn(ann);
    assert.equal((await browser.post('/v1/keys', { name: 'mine' })).status, 200);
    const cookie = `tokenfare-session=${browser.session}`;
    const forged = { method: 'POST', body: '{"name":"forged"}', headers: { cookie, origin: 'http://evil.example' } };
    assert.equal((await fetch(`${backend.url}/v1/keys`, forged)).status, 401);
    const { user_code: userCode } = await code();
    await browser.get(`/api/auth/device?user_code=${userCode}`);
    const approval = { ...forged, body: JSON.stringify({ userCode }) };
    const headers = { ...forged.headers, 'content-type': 'application/json' };
    assert.equal((await fetch(`${backend.url}/api/auth/device/approve`, { ...approval, headers })).status, 403);
    assert.equal((await browser.post('/account/sign-out', {})).status, 200);
    assert.equal((await fetch(`${backend.url}/v1/account`, { headers: { cookie } })).status, 401);
  });

  it('is offered on the page in the place of a key', async () => {
    assert.match(await (await fetch(`${backend.url}/account`)).text(), /data-sign-in="oidc"/);
  });

  it('lets nobody ask for codes by the hundred', async () => {
    const asked = await Promise.all(Array.from({ length: 130 }, () => backend.request('/api/auth/get-session')));
    const limited = asked.filter(({ status }) => status === 429);
    assert.ok(limited.length > 0);
    assert.match(limited[0]?.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
  });

  function post(body: object, session = '') {
    return {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: session && `Bearer ${session}`, 'content-type': 'application/json' },
    };
  }
});

describe('the configuration of a company’s sign-in', () => {
  const auth = { mode: 'oidc', issuer: 'http://127.0.0.1:1', clientId: 'tokenfare', clientSecretEnv: 'COMPANY_SECRET' };
  const whole = { database: 'postgres://127.0.0.1:1/none', publicUrl: 'http://127.0.0.1:4141', auth };
  const refused = (config: object, environment = { COMPANY_SECRET: 'secret' }): string => {
    try {
      oidcOptions(Config.parse(config), environment);
      return '';
    } catch (error) {
      return error instanceof StartRefusal ? error.message : 'a fault';
    }
  };

  it('names what is missing', () => {
    assert.equal(refused(whole), '');
    assert.match(refused({ ...whole, database: 'sqlite:x.db' }), /database: .*PostgreSQL/);
    assert.match(refused({ ...whole, publicUrl: undefined }), /publicUrl/);
    assert.match(refused({ ...whole, auth: { ...auth, issuer: undefined } }), /auth\.issuer/);
    assert.match(refused({ ...whole, auth: { ...auth, clientId: undefined } }), /auth\.clientId/);
    assert.match(refused(whole, { COMPANY_SECRET: '' }), /auth\.clientSecretEnv/);
  });
});

async function errorOf(answer: Response): Promise<string> {
  return z.object({ error: z.string() }).parse(await answer.json()).error;
}
