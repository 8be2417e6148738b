import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { keys } from '../accounts/keys.ts';
import { portalFiles, portalHeaders, portalPage } from '../portal/portalPage.ts';
import { portalSession } from '../portal/portalSession.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { RateLimit } from './rateLimit.ts';
import { jsonBody, type Env, type RouteDeps, type Routes } from './routeContext.ts';
import type { Context } from 'hono';

/** The account page on the web: its document and files, signing in with a key, and signing out. */
export function addPortalRoutes(routes: Routes, deps: RouteDeps): void {
  const { writer, ids, clock } = deps;
  const page = portalPage(deps.signIn?.provider ?? 'key');
  const attempts = new RateLimit(SIGN_INS_PER_MINUTE, clock);

  routes.get('/account', (context) => context.body(page, 200, portalHeaders));

  routes.get('/account/:file', async (context) => {
    const name = context.req.param('file');
    const type = portalFiles[name];
    const file = type === undefined ? null : await readFile(new URL(name, deps.pagesFolder)).catch(() => null);
    if (type === undefined || file === null) throw new HttpRefusal('not_found', 'There is nothing here.');
    return context.body(file, 200, {
      'content-type': type,
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
    });
  });

  routes.post('/account/sign-in', async (context) => {
    mustBeOwn(context);
    const seconds = attempts.take(context.env.incoming.socket.remoteAddress ?? '');
    if (seconds > 0) {
      const headers = { 'retry-after': String(seconds) };
      throw new HttpRefusal('rate_limited', 'Too many sign-ins. Wait a moment.', { headers });
    }
    const { key } = await jsonBody(context, deps, SignInRequest);
    const accountId = await deps.authenticate(`Bearer ${key}`);
    const session = keys.generate();
    const { prefix, hash } = session;
    const expiresAt = portalSession.expiresAt(clock());
    await writer.submit('addKey', { id: ids(), accountId, name: 'portal', prefix, hash, expiresAt });
    portalSession.begin(context, session.key);
    return context.json({});
  });

  routes.post('/account/sign-out', async (context) => {
    const session = portalSession.keyOf(context);
    if (session !== undefined) await endSession(session, deps);
    portalSession.end(context);
    return context.json({});
  });
}

async function endSession(session: string, { signIn, database, writer, clock }: RouteDeps): Promise<void> {
  if (signIn !== null && !keys.isKey(session)) return signIn.signOut(session);
  const found = await keys.find(database.query, session, clock());
  if (found !== undefined) await writer.submit('revokeKey', { keyId: found.id });
}

const SignInRequest = z.object({ key: z.string().check(z.minLength(1), z.regex(/^\S+$/)) });

/** For each address: a person mistypes a few times, a program guesses by the thousand. */
const SIGN_INS_PER_MINUTE = 10;

/** Nobody is signed in by another site's form, into an account that is not theirs. */
function mustBeOwn(context: Context<Env>): void {
  if (!portalSession.isOwnOrigin(context)) {
    throw new HttpRefusal('unauthenticated', 'Signing in works from the account page only.');
  }
}
