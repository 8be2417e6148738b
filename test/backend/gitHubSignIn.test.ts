import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as z from 'zod/mini';
import { GITHUB, gitHubProvider } from '../../src/backend/accounts/gitHubProvider.ts';
import { oidcOptions } from '../../src/backend/accounts/oidcOptions.ts';
import { AccountBody } from '../../src/protocol/api.ts';
import { Config } from '../../src/protocol/config.ts';
import { CompanyBrowser } from '../support/companyBrowser.ts';
import { freePort } from '../support/freePort.ts';
import { GitHubDouble } from '../support/gitHubDouble.ts';
import { postgresServer } from '../support/postgresServer.ts';
import { configFile, runAdmin, startBackend, type TestBackend } from '../support/startBackend.ts';

describe('signing in through GitHub', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-github-'));
  const github = new GitHubDouble();
  let backend: TestBackend;

  before(async () => {
    await github.listen();
    const port = await freePort();
    const auth = { mode: 'github', issuer: github.url, clientId: 'tokenfare', clientSecretEnv: 'GITHUB_SECRET' };
    backend = await startBackend({
      dataDir,
      args: ['--port', String(port)],
      environment: { GITHUB_SECRET: github.clientSecret },
      key: '',
      config: {
        database: await (await postgresServer()).createDatabase(),
        publicUrl: `http://127.0.0.1:${String(port)}`,
        auth,
      },
    });
  });
  after(async () => {
    await backend.end('SIGTERM');
    await github.close();
  });

  const signIn = async (id: number, ...emails: [email: string, primary: boolean, verified: boolean][]) => {
    const all = emails.map(([email, primary, verified]) => ({ email, primary, verified }));
    github.person = { id, login: `login${String(id)}`, name: null, emails: all };
    const browser = new CompanyBrowser(backend.url);
    await browser.signIn('/account', 'github');
    return browser;
  };
  const accountOf = async (browser: CompanyBrowser) =>
    AccountBody.parse(await (await browser.get('/v1/account')).json());

  it('leads there and back into an account of the primary address, the same one again', async () => {
    const { account, plan } = await accountOf(
      await signIn(1, ['other@example.com', false, true], ['ann@example.com', true, true]),
    );
    assert.deepEqual([account.email, plan.id], ['ann@example.com', 'free']);
    assert.equal((await accountOf(await signIn(1, ['ann@example.com', true, true]))).account.id, account.id);
  });

  it('leads into the account that the operator made only if GitHub has checked the address', async () => {
    const args = ['accounts', 'create', '--email', 'bob@example.com', '--plan', 'pro', '--json'];
    const made = await runAdmin(dataDir, args, configFile(dataDir));
    const { id } = z.object({ id: z.string() }).parse(JSON.parse(made.stdout));
    await assert.rejects(signIn(2, ['bob@example.com', true, false]));
    const bob = await accountOf(await signIn(3, ['bob@example.com', true, true]));
    assert.deepEqual([bob.account.id, bob.plan.id], [id, 'pro']);
  });

  it('lets nobody in without an address', async () => {
    await assert.rejects(signIn(5));
  });

  it('is offered on the page', async () => {
    assert.match(await (await fetch(`${backend.url}/account`)).text(), /data-sign-in="github"/);
  });
});

describe('GitHub as configured', () => {
  it('is github.com, with its API at a host of its own, unless a company has a server', () => {
    const auth = { mode: 'github', clientId: 'tokenfare', clientSecretEnv: 'SECRET' };
    const config = { database: 'postgres://127.0.0.1:1/none', publicUrl: 'https://tokens.example.com', auth };
    const options = oidcOptions(Config.parse(config), { SECRET: 'x' });
    assert.deepEqual([options?.provider, options?.issuer], ['github', GITHUB]);
    assert.equal(gitHubProvider(GITHUB).tokenUrl, 'https://github.com/login/oauth/access_token');
    assert.equal(
      gitHubProvider('https://git.example.com').authorizationUrl,
      'https://git.example.com/login/oauth/authorize',
    );
  });
});
