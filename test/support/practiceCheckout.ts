import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/** Picks a plan from the list that is open, and pays for it on the practice checkout page. */
export async function payInPracticeCheckout(page: Page, row: string): Promise<void> {
  const rows = page.locator('.quick-input-list .monaco-list-row');
  await eventually(async () => {
    assert.equal(await rows.count(), 8);
  });
  const opened = page.context().waitForEvent('page');
  await rows.filter({ hasText: row }).click();
  const checkout = await opened;
  await checkout.getByText('Practice checkout. No money moves.').waitFor();
  await checkout.getByLabel('Card number').fill('4242 4242 4242 4242');
  await checkout.getByLabel('Expiry').fill('12/30');
  await checkout.getByLabel('CVC').fill('123');
  await checkout.getByRole('button', { name: /^Pay / }).click();
  await checkout.getByText(/Pro/).first().waitFor();
  await checkout.close();
  await page.bringToFront();
}
