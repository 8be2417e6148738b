import type Stripe from 'stripe';
import type { StripePrices } from './stripePayments.ts';

/**
 * Makes a subscription at Stripe what ours is: its price, what is scheduled for the period's end, or its end. Asked
 * again, it changes nothing.
 */
export async function followContract(stripe: Stripe, contractId: string, wanted: WantedContract): Promise<void> {
  const contract = await stripe.subscriptions.retrieve(contractId);
  if (contract.status === 'canceled') return;
  if (wanted.planId === 'free') {
    await endContract(stripe, contractId);
    return;
  }
  const [item] = contract.items.data;
  if (item === undefined) throw new Error('a contract about nothing');
  if (contract.schedule !== null) await stripe.subscriptionSchedules.release(idOf(contract.schedule));
  const price = priceOf(wanted, wanted.planId);
  const cancelAtEnd = wanted.scheduledPlanId === 'free';
  if (item.price.id !== price || contract.cancel_at_period_end !== cancelAtEnd) {
    await stripe.subscriptions.update(contractId, {
      items: [{ id: item.id, price }],
      cancel_at_period_end: cancelAtEnd,
      proration_behavior: 'none',
    });
  }
  if (wanted.scheduledPlanId === null || cancelAtEnd) return;
  await schedulePrice(stripe, contractId, { price, next: priceOf(wanted, wanted.scheduledPlanId) });
}

export interface WantedContract {
  readonly planId: string;
  readonly scheduledPlanId: string | null;
  readonly prices: StripePrices;
}

/** What it still asks for is voided: nobody is to pay for a plan that has ended. */
async function endContract(stripe: Stripe, contractId: string): Promise<void> {
  await stripe.subscriptions.cancel(contractId, { invoice_now: false, prorate: false });
  const open = await stripe.invoices.list({ subscription: contractId, status: 'open' });
  for (const { id } of open.data) await stripe.invoices.voidInvoice(id);
}

/** The running period as it is, and from its end another price. */
async function schedulePrice(
  stripe: Stripe,
  contractId: string,
  { price, next }: { price: string; next: string },
): Promise<void> {
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: contractId });
  const [running] = schedule.phases;
  if (running === undefined) throw new Error('a schedule without a phase');
  const { start_date, end_date } = running;
  await stripe.subscriptionSchedules.update(schedule.id, {
    end_behavior: 'release',
    proration_behavior: 'none',
    phases: [
      { items: [{ price, quantity: 1 }], start_date, end_date },
      { items: [{ price: next, quantity: 1 }], duration: { interval: 'month' }, proration_behavior: 'none' },
    ],
  });
}

function priceOf({ prices }: WantedContract, planId: string): string {
  const found = Object.entries(prices).find(([id]) => id === planId);
  if (found === undefined) throw new Error(`no price for ${planId}`);
  return found[1];
}

function idOf(reference: string | { id: string }): string {
  return typeof reference === 'string' ? reference : reference.id;
}
