import type { Context } from 'hono';
import { checkouts, type PayAnswer } from '../payments/checkouts.ts';
import {
  checkoutHeaders,
  checkoutPage,
  checkoutStyles,
  noCheckoutPage,
  type CheckoutStep,
} from '../portal/checkoutPage.ts';
import { readBody } from './readBody.ts';
import type { Env, RouteDeps, Routes } from './routeContext.ts';

/** The sandbox's page on which a plan is paid for. */
export function addCheckoutRoutes(routes: Routes, deps: RouteDeps): void {
  const findCheckout = async (id: string) =>
    deps.takesPracticeCards ? checkouts.find(deps.database.query, id, deps.clock()) : null;

  routes.get('/checkout.css', (context) =>
    context.body(checkoutStyles, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': 'max-age=3600' }),
  );

  routes.get('/checkout/:id', async (context) => {
    const checkout = await findCheckout(context.req.param('id'));
    if (checkout === null) return context.body(noCheckoutPage(), 404, checkoutHeaders);
    return context.body(checkoutPage(checkout, stepOfState[checkout.state], deps.supportUrl), 200, checkoutHeaders);
  });

  routes.post('/checkout/:id', async (context) => {
    const form = new URLSearchParams((await readBody(context.env.incoming, FORM_BYTES)).toString('utf8'));
    const checkout = await findCheckout(context.req.param('id'));
    if (checkout === null) return context.body(noCheckoutPage(), 404, checkoutHeaders);
    const { id, accountId } = checkout;
    const payment = { id, accountId, card: form.get('card') ?? '', confirmed: form.get('confirmed') === 'yes' };
    return answerPayment(context, await deps.writer.submit('payCheckout', payment), deps.supportUrl);
  });
}

/** A card's three fields. */
const FORM_BYTES = 10_000;

const stepOfState = { open: 'card', confirming: 'confirm', paid: 'paid', expired: 'expired' } as const;

function answerPayment(context: Context<Env>, answer: PayAnswer, supportUrl: string): Response {
  if (answer.kind === 'unknown') return context.body(noCheckoutPage(), 404, checkoutHeaders);
  const step: CheckoutStep = answer.kind;
  const status = step === 'paid' || step === 'confirm' ? 200 : 402;
  return context.body(checkoutPage(answer.checkout, step, supportUrl), status, checkoutHeaders);
}
