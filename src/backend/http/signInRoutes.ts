import { HttpRefusal } from './httpRefusal.ts';
import { RateLimit } from './rateLimit.ts';
import { readBody } from './readBody.ts';
import type { RouteDeps, Routes } from './routeContext.ts';

/** Sign-in by a company's OpenID Connect and by device codes, where this backend has it. */
export function addSignInRoutes(routes: Routes, deps: RouteDeps): void {
  const { signIn, clock } = deps;
  if (signIn === null) return;
  const calls = new RateLimit(CALLS_PER_MINUTE, clock);

  routes.all('/api/auth/*', async (context) => {
    const { incoming } = context.env;
    const seconds = calls.take(incoming.socket.remoteAddress ?? '');
    if (seconds > 0) {
      const headers = { 'retry-after': String(seconds) };
      throw new HttpRefusal('rate_limited', 'Too many sign-ins. Wait a moment.', { headers });
    }
    const { method, path } = context.req;
    const query = new URL(context.req.url).search;
    const body = method === 'POST' ? { body: new Uint8Array(await readBody(incoming, BODY_BYTES)) } : {};
    const headers = new Headers(context.req.header());
    return signIn.handle(new Request(deps.publicUrl() + path + query, { method, headers, ...body }));
  });
}

/** For each address, which many people may share; a device that waits asks twelve times a minute. */
const CALLS_PER_MINUTE = 120;
/** Codes and addresses; nothing longer is ever sent here. */
const BODY_BYTES = 20_000;
