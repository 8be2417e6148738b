import assert from 'node:assert/strict';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { axeProblems } from '../support/axeProblems.ts';
import { eventually } from '../support/eventually.ts';
import { runAdmin, startBackend, type TestBackend } from '../support/startBackend.ts';
import { launchChromium } from '../support/launchChromium.ts';

describe('the account page on the web', () => {
  let backend: TestBackend;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  const errors: string[] = [];

  before(async () => {
    backend = await startBackend({ config: {} });
    browser = await launchChromium();
    context = await browser.newContext({ locale: 'en-GB', timezoneId: 'UTC' });
    page = await context.newPage();
    page.on('console', (message) => {
      // A browser logs each answer that is no success by itself.
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
        errors.push(message.text());
    });
    page.on('pageerror', ({ message }) => errors.push(message));
  });
  after(async () => {
    await browser.close();
    await backend.dispose();
  });
  afterEach(() => assert.deepEqual(errors, [], 'the page logged errors'));

  const button = (name: string) => page.getByRole('button', { name, exact: true });

  it('asks for a key, says when it is refused, and shows the account of the one that is not', async () => {
    await page.goto(`${backend.url}/account`);
    await page.getByLabel('API key').fill('tf_wrong');
    await button('Sign in').click();
    await page.getByText('This key was refused.').waitFor();
    assert.deepEqual(await axeProblems(page), []);
    await page.getByLabel('API key').fill(backend.key);
    await button('Sign in').click();
    await page.getByRole('region', { name: '300.0 of 300 tokens left' }).waitFor();
    const cookies = await context.cookies();
    assert.deepEqual(
      cookies.map(({ httpOnly, sameSite }) => ({ httpOnly, sameSite })),
      [{ httpOnly: true, sameSite: 'Strict' }],
    );
  });

  it('follows the account without a reload, and keeps the session over one', async () => {
    await runAdmin(backend.dataDir, ['grants', 'add', 'local', '25000', '--reason', 'test']);
    await page.getByRole('region', { name: '325.0 of 325 tokens left' }).waitFor();
    await page.reload();
    await page.getByRole('region', { name: '325.0 of 325 tokens left' }).waitFor();
  });

  it('buys a plan in a tab of its own, and shows it as soon as it is paid', async () => {
    const opened = context.waitForEvent('page');
    await page
      .getByRole('row', { name: /^Pro 1,500/ })
      .getByRole('button', { name: 'Upgrade' })
      .click();
    const checkout = await opened;
    await checkout.getByLabel('Card number').fill('4242 4242 4242 4242');
    await checkout.getByLabel('Expiry').fill('12/30');
    await checkout.getByLabel('CVC').fill('123');
    await checkout.getByRole('button', { name: 'Pay $20.00' }).click();
    await page.getByText('Plan: Pro').waitFor();
    await checkout.close();
  });

  it('makes a key that works, and saves the receipts as a file', async () => {
    await page.getByLabel('Name of the key').fill('Web');
    await button('Create key').click();
    const key = await page.getByRole('group', { name: 'New API key' }).locator('code').innerText();
    const headers = { authorization: `Bearer ${key}` };
    const json = { model: 'builder', messages: [{ role: 'user', content: 'Create a form with name and email.' }] };
    await backend.request('/v1/chat/completions', { headers, json });
    await page.getByRole('region', { name: 'Receipts' }).locator('tbody tr').first().waitFor();
    const download = page.waitForEvent('download');
    await button('Export CSV').click();
    assert.match((await download).suggestedFilename(), /^tokenfare-receipts-\d{4}-\d\d-\d\d\.csv$/);
  });

  const looks = {
    light: { colorScheme: 'light', forcedColors: 'none' },
    dark: { colorScheme: 'dark', forcedColors: 'none' },
    // What a system does that is set to high contrast.
    highContrast: { colorScheme: 'dark', forcedColors: 'active' },
  } as const;
  for (const [name, look] of Object.entries(looks)) {
    it(`is accessible and fits in ${name} colours`, async () => {
      await page.emulateMedia(look);
      for (const width of [250, 1200]) {
        await page.setViewportSize({ width, height: 900 });
        const file = path.join(projectRoot, 'test', 'e2e', 'screenshots', `portal-${name}-${width}.png`);
        await page.screenshot({ path: file, fullPage: true });
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
        assert.deepEqual(await axeProblems(page), []);
      }
    });
  }

  it('signs out, also on the server', async () => {
    const [session] = await context.cookies();
    await button('Sign out').click();
    await page.getByText('Sign in with an API key').waitFor();
    await eventually(async () => assert.deepEqual(await context.cookies(), []));
    const headers = { authorization: `Bearer ${session?.value ?? ''}` };
    assert.equal((await backend.request('/v1/account', { headers })).status, 401);
  });
});
