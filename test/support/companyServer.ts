import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { OAuth2Server } from 'oauth2-mock-server';
import { Client } from 'pg';
import { postgresServer } from './postgresServer.ts';
import { startBackend, type TestBackend } from './startBackend.ts';

/** A company's backend on PostgreSQL, and the OpenID provider that its people sign in with. */
export class CompanyServer {
  readonly backend: TestBackend;
  readonly #provider: OAuth2Server;
  readonly #database: string;

  private constructor(backend: TestBackend, provider: OAuth2Server, database: string) {
    this.backend = backend;
    this.#provider = provider;
    this.#database = database;
  }

  /** `person`: who sits in front of the browser. */
  static async start(port: number, person: object): Promise<CompanyServer> {
    const provider = new OAuth2Server();
    await provider.issuer.keys.generate('RS256');
    await provider.start(0, '127.0.0.1');
    provider.issuer.url = `http://127.0.0.1:${String(provider.address().port)}`;
    provider.service.on('beforeTokenSigning', (token: { payload: object }) => Object.assign(token.payload, person));
    provider.service.on('beforeUserinfo', (answer: { body: unknown }) => (answer.body = person));
    const database = await (await postgresServer()).createDatabase();
    const issuer = provider.issuer.url;
    const backend = await startBackend({
      dataDir: mkdtempSync(path.join(tmpdir(), 'tokenfare-company-')),
      args: ['--port', String(port)],
      environment: { COMPANY_SECRET: 'a secret of the company' },
      key: '',
      config: {
        database,
        publicUrl: `http://127.0.0.1:${String(port)}`,
        auth: { mode: 'oidc', issuer, clientId: 'tokenfare', clientSecretEnv: 'COMPANY_SECRET' },
      },
    });
    return new CompanyServer(backend, provider, database);
  }

  /** Ends all sessions, as time would. */
  async expireSessions(): Promise<void> {
    const client = new Client({ connectionString: this.#database });
    await client.connect();
    await client.query(`update sign_in.session set "expiresAt" = now() - interval '1 minute'`);
    await client.end();
  }

  async stop(): Promise<void> {
    await this.backend.end('SIGTERM');
    await this.#provider.stop();
  }
}
