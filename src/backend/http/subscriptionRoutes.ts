import { planById } from '../../core/plans.ts';
import { SubscriptionRequest } from '../../protocol/api.ts';
import { askProvider } from './askProvider.ts';
import { HttpRefusal } from './httpRefusal.ts';
import { accountOf, jsonBody, type RouteDeps, type Routes } from './routeContext.ts';

/** Choosing a plan, and calling a scheduled change off. */
export function addSubscriptionRoutes(routes: Routes, deps: RouteDeps): void {
  routes.post('/v1/subscription', async (context) => {
    const accountId = await accountOf(context, deps);
    const { planId, budget } = await jsonBody(context, deps, SubscriptionRequest);
    const plan = planById(planId);
    if (plan === undefined) throw new HttpRefusal('invalid_request', 'There is no such plan.', { param: 'planId' });
    if (budget === true) {
      if (!deps.setsOwnBudget()) {
        const sentence = 'Only who pays the models themselves, on this machine, sets a budget without a checkout.';
        throw new HttpRefusal('invalid_request', sentence, { param: 'budget' });
      }
      await deps.writer.submit('givePlan', { accountId, plan });
      return context.json({ kind: 'changed' });
    }
    const chosen = await deps.writer.submit('choosePlan', { accountId, plan });
    switch (chosen.kind) {
      case 'changed':
        return context.json({ kind: 'changed' });
      case 'scheduled':
        return context.json({ kind: 'scheduled', at: new Date(chosen.at).toISOString() });
      case 'ended':
        throw hasEnded(chosen.at);
      case 'onHold':
        throw new HttpRefusal('account_on_hold', 'This account is on hold: a payment was disputed. Nothing was paid.');
      case 'pay': {
        const { for: kind, from, amount, currency } = chosen;
        const paidFor = planById(chosen.planId) ?? plan;
        const url = await askProvider(
          deps.payments.collect({ accountId, kind, plan: paidFor, from, amount, currency }),
        );
        return context.json(url === null ? { kind: 'changed' } : { kind: 'checkout', url });
      }
    }
  });

  routes.delete('/v1/subscription/scheduled', async (context) => {
    const accountId = await accountOf(context, deps);
    const calledOff = await deps.writer.submit('callOffChange', { accountId });
    if (calledOff.kind === 'ended') throw hasEnded(calledOff.at);
    return context.json({ kind: 'changed' });
  });
}

function hasEnded(at: number): HttpRefusal {
  const sentence =
    'The payment provider has ended this plan. You keep it until its period ends, and can choose a plan again then. Nothing was paid.';
  return new HttpRefusal('invalid_request', sentence, { details: { at: new Date(at).toISOString() } });
}
