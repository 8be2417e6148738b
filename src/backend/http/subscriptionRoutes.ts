import { planById, type Plan } from '../../core/plans.ts';
import { SubscriptionRequest } from '../../protocol/api.ts';
import type { CallOffAnswer } from '../subscriptions/subscriptions.ts';
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
      case 'practice':
        throw hasEnded(chosen);
      case 'onHold':
        throw new HttpRefusal('account_on_hold', 'This account is on hold: a payment was disputed. Nothing was paid.');
      case 'pay': {
        const { for: kind, from, amount, currency } = chosen;
        const paidFor = planById(chosen.planId) ?? plan;
        const url = await askProvider(
          deps.payments.collect({ accountId, kind, plan: paidFor, from, amount, currency }),
        );
        if (url !== null) return context.json({ kind: 'checkout', url });
        await refuseUnlessOn(paidFor, accountId, deps);
        return context.json({ kind: 'changed' });
      }
    }
  });

  routes.delete('/v1/subscription/scheduled', async (context) => {
    const accountId = await accountOf(context, deps);
    const calledOff = await deps.writer.submit('callOffChange', { accountId });
    if (calledOff.kind !== 'changed') throw hasEnded(calledOff);
    return context.json({ kind: 'changed' });
  });
}

/** Another payment may have come first: what was paid after it has gone back. */
async function refuseUnlessOn(paidFor: Plan, accountId: string, deps: RouteDeps): Promise<void> {
  const view = await deps.writer.submit('viewAccount', { accountId });
  if (view === null || view.plan.id === paidFor.id) return;
  throw new HttpRefusal(
    'invalid_request',
    `Another payment came first, and your plan is ${view.plan.name}. What was paid after it goes back.`,
  );
}

const ends = {
  ended:
    'The payment provider has ended this plan. You keep it until its period ends, and can choose a plan again then. Nothing was paid.',
  practice:
    'A practice card paid for this plan, which ends with its period. To keep it, choose it and pay. Nothing was paid.',
};

function hasEnded({ kind, at }: Exclude<CallOffAnswer, { kind: 'changed' }>): HttpRefusal {
  const sentence = ends[kind];
  return new HttpRefusal('invalid_request', sentence, { details: { at: new Date(at).toISOString() } });
}
