import type { Context } from 'hono';
import { planById } from '../../core/plans.ts';
import { SubscriptionRequest } from '../../protocol/api.ts';
import { payments, type PayAnswer } from '../payments/payments.ts';
import {
  checkoutHeaders,
  checkoutPage,
  checkoutStyles,
  noCheckoutPage,
  type CheckoutStep,
} from '../portal/checkoutPage.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { readBody } from './readBody.ts';
import { accountOf, jsonBody, type Env, type RouteDeps, type Routes } from './routeContext.ts';

/** Choosing a plan, and the sandbox's page on which it is paid for. */
export function addSubscriptionRoutes(routes: Routes, deps: RouteDeps): void {
  const findCheckout = (id: string) => payments.findCheckout(deps.database.query, id, deps.clock());

  routes.post('/v1/subscription', async (context) => {
    const accountId = await accountOf(context, deps);
    const { planId } = await jsonBody(context, deps, SubscriptionRequest);
    const plan = planById(planId);
    if (plan === undefined) throw new HttpRefusal('invalid_request', 'There is no such plan.', { param: 'planId' });
    const checkoutId = deps.newCheckoutId();
    const chosen = await deps.writer.submit('choosePlan', { accountId, plan, checkoutId });
    if (chosen.kind === 'pay')
      return context.json({ kind: 'checkout', url: `${deps.publicUrl()}/checkout/${checkoutId}` });
    if (chosen.kind === 'changed') return context.json({ kind: 'changed' });
    return context.json({ kind: 'scheduled', at: new Date(chosen.at).toISOString() });
  });

  routes.delete('/v1/subscription/scheduled', async (context) => {
    const accountId = await accountOf(context, deps);
    await deps.writer.submit('callOffChange', { accountId });
    return context.json({ kind: 'changed' });
  });

  routes.get('/checkout.css', (context) =>
    context.body(checkoutStyles, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' }),
  );

  routes.get('/checkout/:id', async (context) => {
    const checkout = await findCheckout(context.req.param('id'));
    if (checkout === null) return context.body(noCheckoutPage(), 404, checkoutHeaders);
    return context.body(checkoutPage(checkout, stepOfState[checkout.state]), 200, checkoutHeaders);
  });

  routes.post('/checkout/:id', async (context) => {
    const form = new URLSearchParams((await readBody(context.env.incoming, FORM_BYTES)).toString('utf8'));
    const checkout = await findCheckout(context.req.param('id'));
    if (checkout === null) return context.body(noCheckoutPage(), 404, checkoutHeaders);
    const { id, accountId } = checkout;
    const payment = { id, accountId, card: form.get('card') ?? '', confirmed: form.get('confirmed') === 'yes' };
    return answerPayment(context, await deps.writer.submit('payCheckout', payment));
  });
}

/** A card's three fields. */
const FORM_BYTES = 10_000;

const stepOfState = { open: 'card', confirming: 'confirm', paid: 'paid', expired: 'expired' } as const;

function answerPayment(context: Context<Env>, answer: PayAnswer): Response {
  if (answer.kind === 'unknown') return context.body(noCheckoutPage(), 404, checkoutHeaders);
  const step: CheckoutStep = answer.kind;
  const status = step === 'paid' || step === 'confirm' ? 200 : 402;
  return context.body(checkoutPage(answer.checkout, step), status, checkoutHeaders);
}
