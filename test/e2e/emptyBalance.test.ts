import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { folderContents } from '../support/folderContents.ts';
import { DEAR_MODEL, openUpstreamWorkbench, UPSTREAM_MODEL } from '../support/upstreamWorkbench.ts';
import type { UpstreamWorkbench } from '../support/upstreamWorkbench.ts';
import { quickRow, runCommand, screenshot, shownStatus, statusBarItem } from '../support/workbench.ts';

const DRAFT = 'Next: a page for the team.';
/** The model that is always there, and what it can do. */
const BUILDER = 'Builder, no AI';
const TABLE = 'Create a users table with columns: name, email.';

describe('a balance that is used up', () => {
  let workbench: UpstreamWorkbench;
  let chat: ChatPage;
  let original: Record<string, string>;
  /** "Dec 22", as this machine's language has it. */
  let resetDay: string;

  before(async () => {
    workbench = await openUpstreamWorkbench();
    original = folderContents(workbench.workspace);
    chat = await chatPage(workbench.page);
    workbench.upstream.next(
      { toolCalls: [{ name: 'write_file', input: { path: 'made.txt', content: 'made\n' } }] },
      { text: ['Done.'] },
    );
    await chat.message.fill('Make a text file.');
    await chat.send.click();
    await chat.receipts.first().waitFor();
    assert.ok(existsSync(path.join(workbench.workspace, 'made.txt')));
  });

  after(() => workbench.close());

  it('pauses the status bar and the chat, with the date on which tokens come back', async () => {
    const { upstream, data, page } = workbench;
    const { account, complete } = backendAccess(data);
    upstream.next({ text: ['…'], usage: { prompt: 50, completion: DEAR_MODEL.maxOutputTokens } });
    await complete(DEAR_MODEL.id, 'Use it all up.');
    const { warning, period } = await account();
    assert.equal(warning, 'empty');
    resetDay = new Intl.DateTimeFormat('en', { day: 'numeric', month: 'short' }).format(new Date(period.end));
    const item = statusBarItem(page);
    await eventually(async () => {
      assert.ok((await item.innerText()).includes(`0 / 300 · ${resetDay}`), await item.innerText());
    });
    await item.locator('.codicon-debug-pause').waitFor();
    const notice = chat.frame.locator('.notice', { hasText: 'All 300 tokens are used.' });
    await notice.waitFor();
    assert.ok((await notice.innerText()).includes(`Chat is back on ${resetDay}`), await notice.innerText());
    await notice.getByRole('button', { name: 'Upgrade', exact: true }).waitFor();
  });

  it('keeps the draft editable and sends nothing', async () => {
    const before = workbench.upstream.requests.length;
    await chat.message.fill(DRAFT);
    assert.ok(await chat.message.isEditable());
    await chat.message.press('Enter');
    assert.ok(await chat.send.isDisabled());
    assert.equal(await chat.message.inputValue(), DRAFT);
    await screenshot(workbench.page, 'empty-balance');
    assert.equal(workbench.upstream.requests.length, before);
    assert.equal(await chat.frame.locator('.message.user').count(), 1);
    assert.equal(await chat.frame.getByRole('alert').count(), 0);
  });

  it('pauses Builder as well', async () => {
    const { page, data } = workbench;
    const { generations } = await backendAccess(data).generations();
    await choose(UPSTREAM_MODEL.id, BUILDER);
    await chat.message.fill(TABLE);
    await chat.message.press('Enter');
    assert.ok(await chat.send.isDisabled());
    await chat.frame.locator('.notice', { hasText: 'All 300 tokens are used.' }).waitFor();
    await screenshot(page, 'empty-balance-builder');
    assert.equal(await chat.message.inputValue(), TABLE);
    assert.deepEqual((await backendAccess(data).generations()).generations, generations);
  });

  it('still does a free edit, and still rolls an earlier generation back', async () => {
    const { workspace, data } = workbench;
    const balance = (await backendAccess(data).account()).balance;
    await chat.message.fill('Change header to blue');
    await chat.button('Do it free').click();
    await eventually(() => {
      assert.notEqual(read(workspace, 'styles.css'), read(path.resolve('examples'), 'styles.css'));
    });
    await chat.frame.getByText('0 tokens').first().waitFor();
    await chat.receipts.first().getByRole('button', { name: 'Roll back' }).click();
    await chat.frame.getByText('You can redo it').waitFor();
    await screenshot(workbench.page, 'empty-balance-dry-run');
    await chat.frame.getByRole('radio', { name: 'Files', exact: true }).check();
    await chat.button('Roll back').last().click();
    await chat.button('Redo').waitFor();
    assert.ok(!existsSync(path.join(workspace, 'made.txt')));
    assert.deepEqual(Object.keys(folderContents(workspace)), Object.keys(original));
    assert.deepEqual((await backendAccess(data).account()).balance, balance);
  });

  it('wakes by itself once the budget of one’s own models is raised, the draft as it was', async () => {
    const { page, upstream, workspace } = workbench;
    await chat.message.fill(TABLE);
    await chat.frame.locator('.notice').getByRole('button', { name: 'Upgrade', exact: true }).click();
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: '1,500 tokens a month' }).click();
    await eventually(async () => {
      const label = await statusBarItem(page).getAttribute('aria-label');
      assert.equal(label, 'Tokenfare: 1,500.0 of 1,500 tokens left');
    });
    await chat.frame.getByText('All 300 tokens are used.').waitFor({ state: 'detached' });
    assert.equal(await chat.message.inputValue(), TABLE);
    await screenshot(page, 'empty-balance-paid');
    const receipts = await chat.receipts.count();
    await chat.message.press('Enter');
    await chat.receipts.nth(receipts).waitFor();
    assert.ok(existsSync(path.join(workspace, 'users.html')));
    await screenshot(page, 'empty-balance-builder-answered');
    await choose(BUILDER, UPSTREAM_MODEL.id);
    await chat.message.fill(DRAFT);
    upstream.next({ text: ['A page it is.'] });
    await chat.message.press('Enter');
    await chat.frame
      .getByRole('region', { name: 'Conversation' })
      .getByText('A page it is.', { exact: true })
      .waitFor();
  });

  it('has any budget from the command palette, at once and without a checkout, and no project limit with it', async () => {
    const { page, data } = workbench;
    await runCommand(page, 'Tokenfare: Set Monthly Budget…');
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: '40,000 tokens a month' }).click();
    await shownStatus(page, 'Tokenfare: 40,000.0 of 40,000 tokens left');
    assert.equal((await backendAccess(data).account()).entitlements.projects, null);
  });

  /** By the list of models, as a person does. */
  async function choose(from: string, to: string): Promise<void> {
    await chat.button(`Model: ${from}, ×1`).click();
    await quickRow(workbench.page, to).click();
    await chat.button(`Model: ${to}, ×1`).waitFor();
  }
});

function read(folder: string, file: string): string {
  return readFileSync(path.join(folder, file), 'utf8');
}
