import { createHmac } from 'node:crypto';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { bearer } from 'better-auth/plugins/bearer';
import { deviceAuthorization } from 'better-auth/plugins/device-authorization';
import { genericOAuth } from 'better-auth/plugins/generic-oauth';
import type { Pool } from 'pg';
import { postgresPool } from '../database/postgresPool.ts';
import { gitHubProvider } from './gitHubProvider.ts';

/**
 * Sign-in through a company's OpenID Connect or GitHub, and by device codes for what is no browser. The one file that
 * knows better-auth, which keeps its tables in a schema of its own.
 */
export class OidcSignIn {
  /** Whom people sign in with. */
  readonly provider: OidcOptions['provider'];
  readonly #auth: ReturnType<typeof createAuth>;
  readonly #pool: Pool;

  private constructor(provider: OidcOptions['provider'], auth: ReturnType<typeof createAuth>, pool: Pool) {
    this.provider = provider;
    this.#auth = auth;
    this.#pool = pool;
  }

  /** Brings its tables up to date, one process at a time. */
  static async open(options: OidcOptions): Promise<OidcSignIn> {
    const connectionString = options.database;
    const pool = postgresPool({ connectionString, max: CONNECTIONS, options: `-c search_path=${SCHEMA}` });
    const auth = createAuth(options, pool);
    const client = await pool.connect();
    try {
      await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      await client.query(`create schema if not exists ${SCHEMA}`);
      const { runMigrations } = await getMigrations(auth.options);
      await runMigrations();
      await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    } finally {
      client.release();
    }
    return new OidcSignIn(options.provider, auth, pool);
  }

  /** Answers what is asked under `/api/auth/`. */
  handle(request: Request): Promise<Response> {
    return this.#auth.handler(request);
  }

  /** Who has this session; undefined if it is unknown or over. */
  async userOf(session: string): Promise<SignedInUser | undefined> {
    const found = await this.#auth.api.getSession({ headers: headersOf(session) });
    if (found === null) return undefined;
    const { id, email, emailVerified } = found.user;
    return { id, email, emailVerified };
  }

  /** Ends a session. */
  async signOut(session: string): Promise<void> {
    await this.#auth.api.signOut({ headers: headersOf(session) });
  }

  close(): Promise<void> {
    return this.#pool.end();
  }
}

export interface OidcOptions {
  /** PostgreSQL's URL. */
  readonly database: string;
  readonly publicUrl: string;
  /** Its name is where the answers come back: `/api/auth/callback/oidc` or `…/github` is registered there. */
  readonly provider: 'oidc' | 'github';
  /** The provider's address. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface SignedInUser {
  readonly id: string;
  readonly email: string;
  /** The issuer has checked that the address is theirs. */
  readonly emailVerified: boolean;
}

const SCHEMA = 'sign_in';
/** Sessions are looked up by their keys; a few connections serve hundreds of requests a second. */
const CONNECTIONS = 5;
/** Any number that nothing else in this database locks. */
const MIGRATION_LOCK = 7_266_001;
/** A month, as on the portal: billing comes around once in it. */
const SESSION_SECONDS = 30 * 24 * 60 * 60;

function createAuth({ publicUrl, provider, issuer, clientId, clientSecret }: OidcOptions, pool: Pool) {
  const site = issuer.replace(/\/+$/, '');
  const isOidc = provider === 'oidc';
  return betterAuth({
    appName: 'Tokenfare',
    baseURL: publicUrl,
    // Every instance signs alike, without one more secret to keep.
    secret: createHmac('sha256', clientSecret).update('tokenfare sessions').digest('hex'),
    database: pool,
    telemetry: { enabled: false },
    rateLimit: { enabled: false },
    session: { expiresIn: SESSION_SECONDS },
    // The page says it in its own words.
    onAPIError: { errorURL: `${publicUrl}/account` },
    advanced: {
      cookies: {
        session_token: { name: 'tokenfare-session', attributes: { sameSite: 'strict' } },
      },
    },
    plugins: [
      bearer(),
      deviceAuthorization({ verificationUri: `${publicUrl}/account` }),
      genericOAuth({
        config: [
          {
            ...{ providerId: provider, clientId, clientSecret },
            ...(isOidc ? openIdProvider(site) : gitHubProvider(site)),
          },
        ],
      }),
    ],
  });
}

function openIdProvider(site: string) {
  return { discoveryUrl: `${site}/.well-known/openid-configuration`, scopes: ['openid', 'email', 'profile'] };
}

function headersOf(session: string): Headers {
  return new Headers({ authorization: `Bearer ${session}` });
}
