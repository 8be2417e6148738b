import assert from 'node:assert/strict';
import { eventually } from '../support/eventually.ts';
import {
  frameWith,
  openWorkbench,
  runCommand,
  screenshot,
  shownStatus,
  statusBarItem,
  type Workbench,
  WHOLE_BALANCE,
} from '../support/workbench.ts';

describe('upgrading', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
    await statusBarItem(workbench.page).waitFor();
  });

  after(() => workbench.close());

  it('lists the eight plans, pays in the practice checkout, and every window follows without a reload', async () => {
    const { page } = workbench;
    const other = await workbench.openWindow();
    await page.bringToFront();
    await shownStatus(page, WHOLE_BALANCE);
    await runCommand(page, 'Tokenfare: Upgrade Plan…');
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await eventually(async () => {
      assert.equal(await rows.count(), 8);
    });
    await screenshot(page, 'upgrade-plans');
    const opened = page.context().waitForEvent('page');
    await rows.filter({ hasText: 'Pro · 1,500 tokens' }).click();
    const checkout = await opened;
    await checkout.getByText('Practice checkout. No money moves.').waitFor();
    await checkout.getByLabel('Card number').fill('4242 4242 4242 4242');
    await checkout.getByLabel('Expiry').fill('12/30');
    await checkout.getByLabel('CVC').fill('123');
    await checkout.screenshot({ path: 'test/e2e/screenshots/checkout.png' });
    await checkout.getByRole('button', { name: 'Pay $20.00' }).click();
    await checkout.getByText(/Pro/).first().waitFor();
    await checkout.screenshot({ path: 'test/e2e/screenshots/checkout-paid.png' });
    await shownStatus(page, 'Tokenfare: 1,500.0 of 1,500 tokens left');
    await shownStatus(other, 'Tokenfare: 1,500.0 of 1,500 tokens left');
    await page.bringToFront();
    await screenshot(page, 'upgraded');
  });

  it('shows the plan and the usage on the account page, and calls off on it what is scheduled there', async () => {
    const { page } = workbench;
    await runCommand(page, 'Tokenfare: Open Account');
    const account = await frameWith(page, (frame) => frame.locator('tokenfare-account .balance'));
    await account.getByRole('region', { name: '1,500.0 of 1,500 tokens left' }).waitFor();
    await account.getByRole('button', { name: 'Cancel plan' }).click();
    await account.getByRole('button', { name: 'Keep Pro' }).click();
    await account.getByRole('button', { name: 'Keep Pro' }).waitFor({ state: 'detached' });
    await account.getByText('A refund would be approved at once.').waitFor();
    await screenshot(page, 'account-page');
  });
});
