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
  expireSessions(): Promise<void> {
    return this.#change(`update sign_in.session set "expiresAt" = now() - interval '1 minute'`);
  }

  /** As if so much time had gone by: every instant that the backend's own tables know is so much earlier. */
  passTime(milliseconds: number): Promise<void> {
    const earlier = Math.ceil(milliseconds);
    return this.#change(`do $$ declare each record; begin
      for each in select table_name as t, column_name as c from information_schema.columns
        where table_schema = 'public' and data_type = 'bigint'
      loop execute format('update %1$I set %2$I = %2$I - ${earlier} where %2$I > ${FIRST_INSTANT}', each.t, each.c);
      end loop; end $$`);
  }

  async #change(sql: string): Promise<void> {
    const client = new Client({ connectionString: this.#database });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  async stop(): Promise<void> {
    await this.backend.dispose();
    await this.#provider.stop();
  }
}

/** In 2020: no amount is as large, and every instant of ours is later. */
const FIRST_INSTANT = Date.parse('2020-01-01');
