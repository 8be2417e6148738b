import type { Config } from '../../protocol/config.ts';
import { StartRefusal } from '../startRefusal.ts';
import { GITHUB } from './gitHubProvider.ts';
import type { OidcOptions } from './oidcSignIn.ts';

/** What sign-in needs to know; null in the other modes. Throws a StartRefusal that names what is missing. */
export function oidcOptions(config: Config, environment: NodeJS.ProcessEnv): OidcOptions | null {
  const { mode, clientId, clientSecretEnv } = config.auth;
  const issuer = config.auth.issuer ?? (mode === 'github' ? GITHUB : undefined);
  if (mode !== 'oidc' && mode !== 'github') return null;
  const { database, publicUrl } = config;
  if (database.startsWith('sqlite:')) throw missing(`database: sign-in by ${mode} needs PostgreSQL`);
  if (publicUrl === undefined) throw missing(`publicUrl: sign-in by ${mode} returns to it`);
  if (issuer === undefined) throw missing('auth.issuer: the address of the OpenID provider');
  if (clientId === undefined) throw missing('auth.clientId: what the provider calls this backend');
  const clientSecret = environment[clientSecretEnv ?? ''];
  if (!clientSecret) throw missing('auth.clientSecretEnv: the environment variable that holds the client’s secret');
  return { database, provider: mode, issuer, clientId, clientSecret, publicUrl: publicUrl.replace(/\/+$/, '') };
}

function missing(what: string): StartRefusal {
  return new StartRefusal(`Configuration: ${what}.`);
}
