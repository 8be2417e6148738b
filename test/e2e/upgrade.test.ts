import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { endBackend } from '../../scripts/endBackend.ts';
import { backendAccess } from '../support/backendAccess.ts';
import { eventually } from '../support/eventually.ts';
import { passTime } from '../support/passTime.ts';
import { s3Keys, startS3Double } from '../support/s3Double.ts';
import { told } from '../support/told.ts';
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

  it('publishes the open app on Free, after asking once where, and keeps it from everything else', async () => {
    const { page, data, workspace: folder } = workbench;
    writeFileSync(path.join(folder, '.env'), 'SECRET=1');
    writeFileSync(path.join(folder, 'probe.html'), '<!doctype html><title>Probe</title>');
    await runCommand(page, 'Tokenfare: Publish App…');
    await pick(page, 'This Computer');
    await row(page, /Publish \d+ files/).waitFor();
    await screenshot(page, 'publish-files');
    const listed = await page.locator('.quick-input-list').innerText();
    assert.match(listed, /probe\.html/);
    assert.match(listed, /\.env\s*secrets belong in it/);
    await pick(page, /Publish \d+ files/);
    await told(page, 'Version 1 is up, and its link is copied. 0 tokens.');
    const [app] = (await backendAccess(data).publications()).publications;
    assert.ok(app?.portUrl);
    const visitor = await page.context().newPage();
    await visitor.goto(app.portUrl);
    await visitor.getByRole('heading').first().waitFor();
    const portal = backendAccess(data).url();
    await keptApart(visitor, `${app.url}/probe.html`, portal);
    await keptApart(visitor, `${app.url}/probe.html`, portal.replace('127.0.0.1', 'localhost'));
    await keptApart(visitor, `${app.portUrl}/probe.html`, portal);
    await visitor.close();
    await page.bringToFront();
    await shownStatus(page, WHOLE_BALANCE);

    await runCommand(page, 'Tokenfare: Publish App…');
    await pick(page, 'Publish Again');
    await pick(page, /Publish \d+ files/);
    await told(page, 'Version 2 is up');
    await runCommand(page, 'Tokenfare: Publish App…');
    await pick(page, 'Roll Back to a Version…');
    await pick(page, 'Version 1');
    await told(page, 'Version 1 is up again. 0 tokens.');
    await runCommand(page, 'Tokenfare: Publish App…');
    await pick(page, 'Unpublish…');
    await page.getByRole('button', { name: 'Unpublish', exact: true }).click();
    await told(page, 'is down.');
    assert.deepEqual((await backendAccess(data).publications()).publications, []);
  });

  it('builds first where there is a script for it, and publishes into a bucket of one’s own', async () => {
    const { page, workspace: folder } = workbench;
    const bucket = await startS3Double();
    const build = 'mkdir dist && echo Built > dist/index.html';
    writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'shop', scripts: { build } }));
    await runCommand(page, 'Tokenfare: Publish App…');
    await pick(page, 'Build, then publish');
    await row(page, 'Publish 1 file,').waitFor({ timeout: 30_000 });
    await screenshot(page, 'publish-built');
    await pick(page, 'Publish 1 file,');
    await told(page, 'Version 3 is up');
    await runCommand(page, 'Tokenfare: Publish App…');
    await pick(page, 'Publish Somewhere Else…');
    await pick(page, 'Your S3-Compatible Bucket');
    const { accessKeyId, secretAccessKey } = s3Keys;
    await enter(page, 'The address of the storage service', bucket.endpoint);
    await enter(page, 'The name of the bucket', 'apps');
    await enter(page, 'Its region', 'eu-central-1');
    await enter(page, 'The address at which the bucket’s pages are seen', 'https://shop.example.com');
    await enter(page, 'The access key’s id', accessKeyId);
    await page.locator('.quick-input-widget input[type="password"]').waitFor();
    await screenshot(page, 'publish-bucket');
    await enter(page, 'The secret access key', secretAccessKey);
    await pick(page, 'Publish what is built');
    await pick(page, 'Publish 1 file,');
    await eventually(() => assert.equal(bucket.objects.get('index.html')?.bytes.toString().trim(), 'Built'), 30_000);
    await runCommand(page, 'Tokenfare: Publish App…');
    await row(page, 'Unpublish…').waitFor();
    await page.keyboard.press('Escape');
    for (const made of ['package.json', 'dist']) rmSync(path.join(folder, made), { recursive: true });
    await bucket.stop();
  });

  it('says on Free what an export needs', async () => {
    const { page } = workbench;
    await runCommand(page, 'Tokenfare: Export Code…');
    await told(page, 'Export is part of the paid plans');
    await screenshot(page, 'export-on-free');
    await page.locator('.notifications-center').getByRole('button', { name: 'Upgrade' }).waitFor();
  });

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
    await payBy(checkout, 'Pay $20.00');
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

  it('exports the code on a paid plan, as a zip without secrets', async () => {
    const { page, workspace: folder } = workbench;
    await runCommand(page, 'Tokenfare: Export Code…');
    const file = path.join(path.dirname(folder), 'workspace.zip');
    const input = page.locator('.quick-input-widget input');
    await eventually(async () => {
      assert.equal(await input.inputValue(), file);
    }, 60_000);
    await screenshot(page, 'export-where');
    // While the dialog looks at what lies there it passes over Enter.
    await eventually(async () => {
      if (await input.isVisible()) await page.keyboard.press('Enter');
      await input.waitFor({ state: 'hidden', timeout: 3_000 });
    }, 60_000);
    await told(page, 'workspace.zip. 0 tokens. Left out, as secrets belong in them or they are links: .env.');
    assert.ok(existsSync(file));
    const names = readFileSync(file).toString('latin1');
    assert.ok(names.includes('probe.html') && names.includes('Dockerfile') && names.includes('nginx.conf'));
    assert.ok(!names.includes('SECRET=1'));
  });

  it('follows a dearer plan, a cheaper one from the next month on, its renewal, and a refund', async () => {
    const { page, data } = workbench;
    await runCommand(page, 'Tokenfare: Upgrade Plan…');
    const opened = page.context().waitForEvent('page');
    await pick(page, /^Pro 3K · 3,000 tokens/);
    await payBy(await opened, 'Pay $20.00');
    await shownStatus(page, 'Tokenfare: 3,000.0 of 3,000 tokens left');
    await page.bringToFront();
    await runCommand(page, 'Tokenfare: Change Plan…');
    await pick(page, /^Pro · 1,500 tokens/);
    await told(page, 'Pro starts on');

    const { period } = await backendAccess(data).account();
    await endBackend(data);
    passTime(data, Date.parse(period.end) - Date.now());
    await shownStatus(page, 'Tokenfare: 1,500.0 of 1,500 tokens left');
    const renewed = await backendAccess(data).account();
    assert.deepEqual([renewed.plan.id, renewed.scheduledChange], ['pro', null]);

    await runCommand(page, 'Tokenfare: Request Refund…');
    await page.getByRole('dialog').getByText('A refund would be approved at once.').waitFor();
    await screenshot(page, 'refund-asked');
    await page.getByRole('button', { name: 'Request Refund', exact: true }).click();
    await told(page, 'The refund is approved.');
    await shownStatus(page, WHOLE_BALANCE);
  });

  it('says that a disputed payment holds the account, and whom to ask, where one would buy more', async () => {
    const { page, data } = workbench;
    await backendAccess(data).buy('pro', '4000 0000 0000 0259');
    await shownStatus(page, 'Tokenfare: 1,500.0 of 1,500 tokens left');
    await runCommand(page, 'Tokenfare: Change Plan…');
    await pick(page, /^Pro 3K · 3,000 tokens/);
    await told(page, 'This account is on hold: a payment was disputed. Nothing was paid.');
    await screenshot(page, 'account-on-hold');
    await page.locator('.notifications-center').getByRole('button', { name: 'Contact Support' }).waitFor();
  });
});

/** Pays with the practice card that always works. */
async function payBy(checkout: Page, button: string): Promise<void> {
  await checkout.getByLabel('Card number').fill('4242 4242 4242 4242');
  await checkout.getByLabel('Expiry').fill('12/30');
  await checkout.getByLabel('CVC').fill('123');
  await checkout.screenshot({ path: 'test/e2e/screenshots/checkout.png' });
  await checkout.getByRole('button', { name: button }).click();
}

/** Answers the question that is open, and waits until it is another one. */
async function enter(page: Page, question: string, words: string): Promise<void> {
  await page.locator('.quick-input-widget .quick-input-message', { hasText: question }).waitFor();
  await page.locator('.quick-input-widget input').fill(words);
  await page.keyboard.press('Enter');
}

/** Presses the row of the list that is open. */
async function pick(page: Page, words: string | RegExp): Promise<void> {
  await row(page, words).click();
}

function row(page: Page, words: string | RegExp) {
  return page.locator('.quick-input-list .monaco-list-row', { hasText: words }).first();
}

/** A published page sees no cookie of the portal's, sends none, and gets nothing from the portal's API. */
async function keptApart(visitor: Page, url: string, portal: string): Promise<void> {
  const cookie = { name: 'session', value: 'zebra-4711', httpOnly: false, sameSite: 'Strict' as const };
  await visitor.context().clearCookies();
  await visitor.context().addCookies([{ ...cookie, url: portal }]);
  const sent = visitor.waitForRequest((request) => request.url() === `${portal}/v1/account`);
  await visitor.goto(url);
  const seen = await visitor.evaluate(async (api) => {
    const answer = await fetch(api, { credentials: 'include' }).then(
      (response) => response.status,
      () => 'kept away',
    );
    return { cookie: document.cookie, answer };
  }, `${portal}/v1/account`);
  assert.deepEqual(seen, { cookie: '', answer: 'kept away' });
  assert.equal((await (await sent).allHeaders())['cookie'], undefined);
}
