import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { PublicationsBody } from '../../src/protocol/api.ts';
import { askApp } from '../support/askApp.ts';
import { chatPage, shownChat, type ChatPage } from '../support/chat.ts';
import { CompanyServer } from '../support/companyServer.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/freePort.ts';
import { runAdmin, startBackend, type TestBackend } from '../support/startBackend.ts';
import { told } from '../support/told.ts';
import {
  openWorkbench,
  runCommand,
  screenshot,
  shownStatus,
  statusBarItem,
  type Workbench,
  WHOLE_BALANCE,
} from '../support/workbench.ts';

describe('a server of one’s own', () => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'tokenfare-server-'));
  let workbench: Workbench;
  let server: TestBackend | undefined;
  let company: CompanyServer | undefined;
  let port: number;
  let key: string;
  const asOwner = () => ({ headers: { authorization: `Bearer ${key}` } });

  before(async () => {
    port = await freePort();
    workbench = await openWorkbench({ settings: { 'tokenfare.server.url': `http://127.0.0.1:${String(port)}` } });
  });

  after(async () => {
    await workbench.close();
    await server?.dispose();
    await company?.stop();
  });

  it('asks for a sign-in in the status bar and the chat', async () => {
    await shownStatus(workbench.page, 'Tokenfare: Sign In');
    const chat = await chatPage(workbench.page);
    await chat.frame.getByText('You are signed out.').waitFor();
    await chat.message.fill('Hello there');
    await screenshot(workbench.page, 'signed-out');
  });

  it('says that the server cannot be reached, and goes on trying', async () => {
    const chat = await shownChat(workbench.page);
    await chat.button('Sign In').click();
    await workbench.page.locator('.quick-input-widget', { hasText: 'It can’t be reached right now.' }).waitFor();
    await enterKey('tf_not-a-key');
    await shownStatus(workbench.page, 'Tokenfare: offline');
    await chat.frame.getByText('The backend can’t be reached.').waitFor();
    await screenshot(workbench.page, 'server-offline');
    const config = { auth: { mode: 'keys' } };
    server = await startBackend({ dataDir, config, args: ['--port', String(port)], key: '' });
    await shownStatus(workbench.page, 'Tokenfare: Sign In');
    await chat.frame.getByText(`This key was refused by 127.0.0.1:${String(port)}.`).waitFor();
    await screenshot(workbench.page, 'key-refused');
  });

  it('works with the key of an account, and keeps the draft', async () => {
    const made = await runAdmin(dataDir, ['accounts', 'create', '--email', 'a@example.com', '--json']);
    ({ key } = JSON.parse(made.stdout) as { key: string });
    const chat = await shownChat(workbench.page);
    await chat.button('Change key').click();
    await enterKey(key);
    await shownStatus(workbench.page, WHOLE_BALANCE);
    assert.equal(await chat.message.inputValue(), 'Hello there');
    await chat.message.fill('Create a contact form with name, email and message.');
    await chat.send.click();
    await chat.receipts.first().waitFor();
    await screenshot(workbench.page, 'signed-in');
    await eventually(async () => {
      assert.match(
        (await statusBarItem(workbench.page).getAttribute('aria-label')) ?? '',
        /^Tokenfare: 29\d\.\d of 300/,
      );
    });
  });

  it('publishes there, at a name of its own, after asking where', async () => {
    const { page } = workbench;
    const row = (words: string | RegExp) => page.locator('.quick-input-list .monaco-list-row', { hasText: words });
    await runCommand(page, 'Tokenfare: Publish App…');
    await row('Your Server').waitFor();
    await screenshot(page, 'publish-where');
    await row('Your Server').click();
    await row(/Publish \d+ files/).waitFor();
    await screenshot(page, 'publish-server');
    await row(/Publish \d+ files/).click();
    await told(page, 'Version 1 is up, and its link is copied. 0 tokens.');
    await screenshot(page, 'published-server');
    const { publications } = PublicationsBody.parse(await server?.json('/v1/publications', asOwner()));
    const [app] = publications;
    assert.ok(app?.portUrl === null);
    assert.match(app.url, new RegExp(`^http://[a-z-]+-[a-z0-9]{8}\\.localhost:${String(port)}$`));
    assert.match((await askApp(app.url, '/')).body, /<html/);
  });

  it('forgets the key when told to, and shows the account no more', async () => {
    const tab = workbench.page.getByRole('tab', { name: 'Account' });
    await runCommand(workbench.page, 'Tokenfare: Open Account');
    await tab.waitFor();
    await runCommand(workbench.page, 'Tokenfare: Sign Out');
    await shownStatus(workbench.page, 'Tokenfare: Sign In');
    await tab.waitFor({ state: 'detached' });
    await runCommand(workbench.page, 'Tokenfare: Open Account');
    await told(workbench.page, `Sign in to http://127.0.0.1:${String(port)} to go on.`);
    await workbench.page.locator('.notifications-center').getByRole('button', { name: 'Sign In' }).waitFor();
    assert.equal(await tab.count(), 0, 'there is no account to show');
  });

  it('signs in by a code that is shown, copied and approved in the browser, to chats of its own', async () => {
    const { page } = workbench;
    await server?.dispose();
    server = undefined;
    company = await CompanyServer.start(port, { sub: 'ann', email: 'ann@example.com', email_verified: true });
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const browser = await deniedOnce(page);
    await browser.bringToFront();
    const approve = browser.getByRole('button', { name: 'Approve', exact: true });
    await approve.waitFor();
    const code = (await browser.locator('.device-code').innerText()).trim();
    await browser.screenshot({ path: 'test/e2e/screenshots/device-code.png' });
    await page.bringToFront();
    await told(page, `Approve the code ${code} in your browser to sign in to http://127.0.0.1:${String(port)}`);
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code);
    await approve.click();
    await browser.getByText('Approved. Your editor goes on by itself').waitFor();
    await browser.close();
    await shownStatus(page, WHOLE_BALANCE);
    await emptyChat();
    await page.locator('.activitybar a.action-label[aria-label^="Accounts"]').click();
    await page.locator('.monaco-menu').getByText('ann@example.com (Tokenfare)').waitFor();
    await screenshot(page, 'accounts-menu');
    await page.keyboard.press('Escape');
  });

  it('follows what is bought, changed, called off, renewed and refunded on the web', async () => {
    const { page } = workbench;
    const portal = await page.context().newPage();
    await portal.goto(`${company?.backend.url ?? ''}/account`);
    const press = (plan: RegExp, name: string) =>
      portal.getByRole('row', { name: plan }).getByRole('button', { name, exact: true }).click();
    await buy(portal, /^Pro 1,500/);
    await shownStatus(page, 'Tokenfare: 1,500.0 of 1,500 tokens left');
    await buy(portal, /^Pro 3K/);
    await shownStatus(page, 'Tokenfare: 3,000.0 of 3,000 tokens left');
    await press(/^Pro 1,500/, 'Downgrade');
    await portal.getByRole('button', { name: 'Keep Pro 3K' }).click();
    await portal.getByText('Called off. You keep Pro 3K.').waitFor();
    await press(/^Pro 1,500/, 'Downgrade');
    await portal.getByRole('button', { name: 'Keep Pro 3K' }).waitFor();
    await company?.passTime(32 * DAY_MS);
    await portal.reload();
    await shownStatus(page, 'Tokenfare: 1,500.0 of 1,500 tokens left');
    await portal.getByRole('button', { name: 'Request a refund' }).click();
    await portal.getByText('The refund is approved.').waitFor();
    await shownStatus(page, WHOLE_BALANCE);
    await portal.close();
    await page.bringToFront();
  });

  it('asks again when the session is over, with the message and the draft as they were', async () => {
    const { page } = workbench;
    const chat = await shownChat(page);
    await chat.message.fill('Create a login form.');
    await company?.expireSessions();
    await chat.send.click();
    await chat.frame.getByText('You are signed out, so nothing was sent.').last().waitFor();
    await shownStatus(page, 'Tokenfare: Sign In');
    await chat.message.fill('And then this');
    await screenshot(page, 'session-over');
    await chat.button('Retry').waitFor();
    assert.equal(await chat.button('Change key').count(), 0);
    assert.equal(await chat.message.inputValue(), 'And then this');
  });

  it('goes back to the backend on this machine, with the draft, its own balance and its own chats', async () => {
    const signedOut = await shownChat(workbench.page);
    await signedOut.message.fill('Whoever pays for it');
    const draft = await signedOut.message.inputValue();
    await signedOut.button('Use the backend on this machine').click();
    await shownStatus(workbench.page, WHOLE_BALANCE);
    const chat = await emptyChat();
    assert.equal(await chat.message.inputValue(), draft);
    assert.equal(await chat.button('Sign In').count(), 0);
    await screenshot(workbench.page, 'server-left');
  });

  /** The chat of an account that has just come: the page of the one before goes, and another one comes. */
  function emptyChat(): Promise<ChatPage> {
    return eventually(async () => {
      const chat = await shownChat(workbench.page);
      assert.ok(await chat.frame.getByText('What should we build?').isVisible());
      return chat;
    }, 60_000);
  }

  async function buy(portal: Page, plan: RegExp): Promise<void> {
    const opened = portal.context().waitForEvent('page');
    await portal.getByRole('row', { name: plan }).getByRole('button', { name: 'Upgrade' }).click();
    const checkout = await opened;
    await checkout.getByLabel('Card number').fill('4242 4242 4242 4242');
    await checkout.getByLabel('Expiry').fill('12/30');
    await checkout.getByLabel('CVC').fill('123');
    await checkout.getByRole('button', { name: 'Pay $20.00' }).click();
    await checkout.getByText('You can close this window.').waitFor();
    await checkout.close();
  }

  /** The page on which the code is approved, after an earlier one was denied and a new one was asked for. */
  async function deniedOnce(page: Page): Promise<Page> {
    const opened = page.context().waitForEvent('page');
    await runCommand(page, 'Tokenfare: Sign In');
    const browser = await opened;
    await browser.bringToFront();
    await browser.getByRole('button', { name: 'Sign in with your company' }).click();
    await browser.getByRole('button', { name: 'Deny', exact: true }).click();
    await browser.getByText('Denied. Nothing was signed in.').waitFor();
    await browser.close();
    await page.bringToFront();
    await told(page, 'The sign-in was denied in the browser, so nothing has changed here.');
    await screenshot(page, 'sign-in-denied');
    const openedAgain = page.context().waitForEvent('page');
    await page.getByRole('button', { name: 'Sign In Again', exact: true }).click();
    return openedAgain;
  }

  async function enterKey(key: string): Promise<void> {
    const input = workbench.page.locator('.quick-input-widget input[type="password"]');
    await input.fill(key);
    await input.press('Enter');
  }
});

const DAY_MS = 24 * 60 * 60 * 1000;
