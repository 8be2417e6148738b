import type { OpenCheckout } from '../payments/checkouts.ts';

/** What the checkout page shows: the form, a step in between, or how it ended. */
export type CheckoutStep = 'card' | 'confirm' | 'paid' | 'declined' | 'notPractice' | 'expired' | 'outOfDate';

/**
 * The sandbox's checkout page: plain HTML with a form, no script, so that the strictest policy fits it. Where the
 * answer is no yes, `supportUrl` leads to somebody to talk to.
 */
export function checkoutPage(checkout: OpenCheckout, step: CheckoutStep, supportUrl: string): string {
  const { plan, amount } = checkout;
  const price = formatMoney(amount);
  const tokens = new Intl.NumberFormat('en-US').format(plan.allowance / 1000);
  return page(`
    <p class="practice">Practice checkout. No money moves.</p>
    <h1>${plan.name}</h1>
    <p>${tokens} tokens a month · ${formatMoney(plan.price.amount)} a month</p>
    ${bodies[step](price, plan.name)}${unhappySteps.has(step) ? supportLine(supportUrl) : ''}`);
}

/** A page for a checkout that is not there. */
export function noCheckoutPage(): string {
  return page('<h1>No such checkout</h1><p>Choose a plan in VS Code to open a new one.</p>');
}

/** No script, no frames, nothing from elsewhere; the form goes to this page only. */
export const checkoutHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
} as const;

/** The page's style sheet, served beside it. */
export const checkoutStyles = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; display: grid; place-items: start center; min-height: 100vh; }
main { box-sizing: border-box; width: min(26rem, 100%); padding: 2rem 1.25rem; }
.practice { padding: .5rem .75rem; border: 1px dashed; border-radius: .375rem; }
h1 { margin: 1rem 0 0; font-size: 1.5rem; }
form { display: grid; gap: .75rem; margin-top: 1rem; }
label { display: grid; gap: .25rem; min-width: 0; }
input { box-sizing: border-box; min-width: 0; width: 100%; }
input, button { font: inherit; padding: .5rem .625rem; border-radius: .375rem; border: 1px solid GrayText; }
button { background: #1a5fb4; color: #fff; border-color: transparent; cursor: pointer; }
:focus-visible { outline: 2px solid Highlight; outline-offset: 2px; }
.row { display: grid; grid-template-columns: 1fr 1fr; gap: .75rem; }
.problem { color: light-dark(#a40000, #ff9b9b); }
`;

const bodies: Readonly<Record<CheckoutStep, (price: string, name: string) => string>> = {
  card: (price) => cardForm(price),
  declined: (price) =>
    `<p class="problem" role="alert">The card was declined. Your plan hasn't changed.</p>${cardForm(price)}`,
  notPractice: (price) =>
    `<p class="problem" role="alert">Only practice cards work here. Try 4242 4242 4242 4242.</p>${cardForm(price)}`,
  confirm: (price) => `<p>Your bank asks you to confirm this payment.</p>
    <form method="post"><input type="hidden" name="confirmed" value="yes"><button>Confirm ${price}</button></form>`,
  paid: (_price, name) => `<p role="status">Your plan ${name} is active. You can close this window.</p>`,
  expired: () => '<p role="status">This checkout has expired. Choose a plan in VS Code to open a new one.</p>',
  outOfDate: () =>
    '<p role="status">Your plan has changed since this checkout was opened, so nothing was paid. Choose a plan again.</p>',
};

const unhappySteps: ReadonlySet<CheckoutStep> = new Set(['declined', 'expired', 'outOfDate']);

/** A URL as its parser writes it has no quotes. */
function supportLine(url: string): string {
  return `<p><a href="${new URL(url).href.replaceAll('&', '&amp;')}">Support</a></p>`;
}

function cardForm(price: string): string {
  return `<form method="post">
      <label>Card number <input name="card" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" required autofocus></label>
      <div class="row">
        <label>Expiry <input name="expiry" autocomplete="cc-exp" placeholder="12 / 34" required></label>
        <label>CVC <input name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" required></label>
      </div>
      <button>Pay ${price}</button>
    </form>`;
}

function formatMoney(cents: number): string {
  return new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' }).format(cents / 100);
}

function page(content: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Tokenfare checkout</title><link rel="stylesheet" href="/checkout.css"></head>
<body><main>${content}
</main></body></html>`;
}
