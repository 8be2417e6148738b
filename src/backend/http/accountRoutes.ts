import { streamSSE } from 'hono/streaming';
import { entitlementsOf } from '../../core/entitlements.ts';
import { plans } from '../../core/plans.ts';
import { listTransfers } from '../ledger/transferList.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { readPage } from './pageCursor.ts';
import { accountOf, type RouteDeps, type Routes } from './routeContext.ts';
import { streamAccount } from './streamAccount.ts';

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
    const { feed, ending } = deps;
    context.env.outgoing.setTimeout(UNREAD_MS);
    return streamSSE(context, (stream) => streamAccount(stream, { feed, accountId, ending }));
  });

  routes.get('/v1/ledger', async (context) => {
    const accountId = await accountOf(context, deps);
    return context.json(await listTransfers(deps.database.query, accountId, readPage(context.req.query())));
  });
}

/** Several signs of life long: whoever took none of them is not reading. */
const UNREAD_MS = 60_000;
