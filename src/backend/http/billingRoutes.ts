import { askProvider } from './askProvider.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { readBody } from './readBody.ts';
import { accountOf, type RouteDeps, type Routes } from './routeContext.ts';

/** The payment provider's side: its portal for people, and its events. */
export function addBillingRoutes(routes: Routes, deps: RouteDeps): void {
  routes.post('/v1/billing', async (context) =>
    context.json({ url: await askProvider(deps.payments.portal(await accountOf(context, deps))) }),
  );

  routes.post('/webhooks/stripe', async (context) => {
    const body = (await readBody(context.env.incoming, EVENT_BYTES)).toString('utf8');
    const received = await deps.payments.receive(body, context.req.header('stripe-signature') ?? '');
    if (received === 'forged') throw new HttpRefusal('unauthenticated', 'The signature is not the one of this body.');
    if (received === 'later') throw new HttpRefusal('unavailable', 'Its period has not begun here. Send it again.');
    return context.json({ received: true });
  });
}

/** Stripe's largest events are a few hundred kilobytes. */
const EVENT_BYTES = 1_000_000;
