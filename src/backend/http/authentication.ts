import { timingSafeEqual } from 'node:crypto';
import { LOCAL_ACCOUNT } from '../accounts/accounts.ts';
import { keys } from '../accounts/keys.ts';
import type { OidcSignIn, SignedInUser } from '../accounts/oidcSignIn.ts';
import type { Clock } from '../clock.ts';
import type { CommandWriter } from '../commands.ts';
import type { Reader } from '../database/database.ts';
import { HttpRefusal } from './httpRefusal.ts';

/** Finds whose request this is, by its Authorization header. Throws `unauthenticated`. */
export type Authenticate = (authorization: string | undefined) => Promise<string>;

/**
 * Local mode: one account, whose key is in a file that only its user can read. Other clients have keys of their own,
 * which `byKey` knows.
 */
export function localAuthentication(isOwner: ReturnType<typeof ownerCheck>, byKey: Authenticate): Authenticate {
  return async (authorization) => (isOwner(authorization) ? LOCAL_ACCOUNT.id : byKey(authorization));
}

/** Tells whether a request bears the key that is in the file. Throws `unauthenticated` for one that bears none. */
export function ownerCheck(localKey: string): (authorization: string | undefined) => boolean {
  const expected = Buffer.from(localKey);
  return (authorization) => {
    const given = Buffer.from(bearerOf(authorization));
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
}

/** Every account has its keys, looked up by their hashes each time, so that a revoked one is out at once. */
export function keyAuthentication(query: Reader, writer: CommandWriter, clock: Clock): Authenticate {
  return async (authorization) => {
    const found = await keys.find(query, bearerOf(authorization), clock());
    if (found === undefined) throw unauthenticated();
    if (clock() - (found.lastUsedAt ?? 0) > LAST_USED_STEP_MS) {
      writer.submit('touchKey', { keyId: found.id }).catch(() => undefined);
    }
    return found.accountId;
  };
}

/** Sessions of people who have signed in, beside keys. `accountFor` says whose account it is; null is nobody's. */
export function sessionAuthentication(
  signIn: Pick<OidcSignIn, 'userOf'>,
  byKey: Authenticate,
  accountFor: (user: SignedInUser) => Promise<string | null>,
): Authenticate {
  return async (authorization) => {
    const bearer = bearerOf(authorization);
    if (keys.isKey(bearer)) return byKey(authorization);
    const user = await signIn.userOf(bearer);
    const accountId = user === undefined ? null : await accountFor(user);
    if (accountId === null) throw unauthenticated();
    return accountId;
  };
}

/** When a key was last used is told to the minute: no write for each request. */
const LAST_USED_STEP_MS = 60_000;

function bearerOf(authorization: string | undefined): string {
  const match = /^Bearer +(\S+)$/i.exec(authorization ?? '');
  if (match?.[1] === undefined) throw unauthenticated();
  return match[1];
}

function unauthenticated(): HttpRefusal {
  return new HttpRefusal('unauthenticated', 'A valid key is needed: Authorization: Bearer <key>.', {
    headers: { 'www-authenticate': 'Bearer' },
  });
}
