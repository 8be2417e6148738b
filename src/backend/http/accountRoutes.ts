import { streamSSE } from 'hono/streaming';
import { entitlementsOf } from '../../core/entitlements.ts';
import { plans } from '../../core/plans.ts';
import { listTransfers } from '../ledger/transferList.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { readPage } from './pageCursor.ts';
import { accountOf, type RouteDeps, type Routes } from './routeContext.ts';

/** The account as it stands, live, and what moved it. */
export function addAccountRoutes(routes: Routes, deps: RouteDeps): void {
  routes.get('/v1/plans', async (context) => {
    await accountOf(context, deps);
    return context.json({
      plans: plans.map((plan) => ({ ...plan, entitlements: entitlementsOf(plan) })),
      rateCard: deps.card,
    });
  });

  routes.get('/v1/account', async (context) => {
    const body = await deps.readAccount(await accountOf(context, deps));
    if (body === null) throw new HttpRefusal('not_found', 'There is no such account.');
    return context.json(body);
  });

  routes.get('/v1/account/events', async (context) => {
    const accountId = await accountOf(context, deps);
    if (context.req.method === 'HEAD') return context.body(null, 200, { 'content-type': 'text/event-stream' });
    return streamSSE(context, async (stream) => {
      const over = Promise.withResolvers<undefined>();
      const end = (): void => {
        over.resolve(undefined);
      };
      const unwatch = deps.feed.watch(accountId, (json) => {
        stream.writeSSE({ event: 'account', data: json }).catch(end);
      });
      const alive = setInterval(() => {
        stream.write(': alive\n\n').catch(end);
      }, ALIVE_MS);
      stream.onAbort(end);
      deps.ending.addEventListener('abort', end, { once: true });
      await over.promise;
      clearInterval(alive);
      unwatch();
      deps.ending.removeEventListener('abort', end);
    });
  });

  routes.get('/v1/ledger', async (context) => {
    const accountId = await accountOf(context, deps);
    return context.json(await listTransfers(deps.database.query, accountId, readPage(context.req.query())));
  });
}

/** A comment now and then, so that a dead connection is found and proxies keep a live one. */
const ALIVE_MS = 15_000;
