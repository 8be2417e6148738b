import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { folderContents } from '../support/folderContents.ts';
import { told } from '../support/told.ts';
import { openWorkbench, quickRow, runCommand, screenshot, type Workbench } from '../support/workbench.ts';

const TABLE = 'Create a users table with columns: name, email.';

describe('the chat with Builder', () => {
  let workbench: Workbench;
  let chat: ChatPage;
  let original: Record<string, string>;

  before(async () => {
    workbench = await openWorkbench({ config: { ollama: { discover: false } } });
    original = folderContents(workbench.workspace);
    chat = await chatPage(workbench.page);
  });

  after(() => workbench.close());

  /** Sends the draft and waits for its receipt. */
  async function sendDraft(): Promise<void> {
    const receipts = await chat.receipts.count();
    await eventually(async () => {
      assert.ok(await chat.send.isEnabled());
    });
    await chat.message.press('Enter');
    await chat.receipts.nth(receipts).waitFor();
  }

  const made = (): string[] => Object.keys(folderContents(workbench.workspace)).filter((name) => !(name in original));

  it('completes slash commands, and says of a plan that it needs a model: 0 tokens, no file, the draft kept', async () => {
    const { page, workspace, data } = workbench;
    await chat.message.pressSequentially('/pl');
    await chat.frame.getByRole('option', { name: /^\/plan/, selected: true }).waitFor();
    await chat.message.press('Enter');
    await chat.message.pressSequentially(TABLE);
    await sendDraft();
    await chat.frame.getByText('This needs an AI model. 0 tokens, and your draft is kept.').first().waitFor();
    assert.equal(await chat.message.inputValue(), `/plan ${TABLE}`);
    assert.deepEqual(folderContents(workspace), original);
    assert.equal((await backendAccess(data).account()).balance.available, 300_000);
    await screenshot(page, 'chat-builder-plan');
  });

  it('shows code where it is only asked, which is applied as a change that rolls back', async () => {
    const { page, workspace } = workbench;
    await chat.frame.getByRole('radio', { name: 'Ask' }).check();
    await chat.message.fill(TABLE);
    await sendDraft();
    assert.deepEqual(folderContents(workspace), original);
    const code = chat.frame.locator('.code', { hasText: '<!doctype html>' });
    await code.getByRole('button', { name: 'Apply to a file' }).click();
    await quickRow(page, 'users.html').click();
    await page.locator('.tab', { hasText: 'users.html' }).first().waitFor();
    const applied = readFileSync(path.join(workspace, 'users.html'), 'utf8');
    assert.equal(applied.trim(), (await code.locator('pre').textContent())?.trim());
    await chat.frame.locator('.local-edit').getByText('0 tokens. Undo works as usual.').waitFor();
    await chat.frame.locator('.local-edit').getByRole('button', { name: 'Roll back' }).click();
    await chat.frame.getByText('You can redo it').waitFor();
    await screenshot(page, 'chat-builder-applied');
    await chat.button('Roll back').last().click();
    await chat.button('Redo').waitFor();
    assert.deepEqual(folderContents(workspace), original);
    await chat.frame.getByRole('radio', { name: 'Agent' }).check();
  });

  it('sends an earlier message again in other words, the files of the first rolled back', async () => {
    const { page } = workbench;
    await chat.message.fill(TABLE);
    await sendDraft();
    assert.ok(made().includes('users.html'), made().join());
    await chat.message.fill('Add search and pagination');
    await sendDraft();
    const before = await chat.receipts.count();
    await chat.button('Edit and send again').nth(-2).click();
    const editing = chat.frame.getByRole('group', { name: 'Instead of an earlier message' });
    await editing.getByText('1 later message goes').waitFor();
    assert.ok(await editing.getByRole('checkbox', { name: `Roll back ${String(made().length)} files` }).isChecked());
    assert.equal(await chat.message.inputValue(), TABLE);
    await screenshot(page, 'chat-builder-edit');
    await chat.message.fill('Create a products table with columns: name, price.');
    await chat.send.click();
    await editing.waitFor({ state: 'detached' });
    await chat.receipts.nth(before).waitFor();
    assert.ok(!made().some((name) => name.startsWith('users')) && made().includes('products.html'), made().join());
  });

  it('sends a mentioned file along with its weight and price', async () => {
    const { page } = workbench;
    await chat.message.fill('');
    await chat.message.pressSequentially('@products.js');
    await chat.frame.getByRole('option', { name: 'products.js', exact: true, selected: true }).waitFor();
    await chat.message.press('Enter');
    await chat.chips.filter({ hasText: /^\s*products\.js\s*[\d.]+k? · 0\.\d\d/i }).waitFor();
    await screenshot(page, 'chat-builder-mention');
    const file = path.join(workbench.workspace, 'products.js');
    const before = readFileSync(file, 'utf8');
    await chat.message.fill('Add search');
    await sendDraft();
    assert.notEqual(readFileSync(file, 'utf8'), before);
    const [first] = await chat.frame.locator('.message.user').last().getByRole('listitem').allInnerTexts();
    assert.equal(first, 'products.js');
  });

  it('finds a chat by what was said in it, renames, pins, exports and deletes it, which can be undone', async () => {
    const { page } = workbench;
    await chat.button('New chat').first().click();
    await chat.frame.getByText('What should we build?').waitFor();
    await chat.message.fill('Create a contact form with name and email.');
    await sendDraft();
    const title = chat.frame.locator('.session-title');
    await title.click();
    await chat.frame.getByRole('menuitem', { name: 'Rename…' }).click();
    const input = page.locator('.quick-input-widget input[type="text"]');
    await page.locator('.quick-input-widget', { hasText: 'The chat’s title' }).waitFor();
    await input.fill('The garden form');
    await input.press('Enter');
    await title.getByText('The garden form').waitFor();
    await title.click();
    await chat.frame.getByRole('menuitem', { name: 'Pin or unpin' }).click();
    await runCommand(page, 'Tokenfare: Chat History…');
    const garden = quickRow(page, 'The garden form');
    await garden.locator('.codicon-pinned').first().waitFor();
    await quickRow(page, 'Create a users table').waitFor();
    await input.fill('products.html');
    await garden.waitFor({ state: 'detached' });
    await quickRow(page, 'products.html').waitFor();
    await screenshot(page, 'chat-builder-history');
    await page.keyboard.press('Escape');
    await title.click();
    await chat.frame.getByRole('menuitem', { name: 'Export as Markdown' }).click();
    await page.locator('.view-line', { hasText: '# The garden form' }).waitFor();
    await screenshot(page, 'chat-builder-export');
    await title.click();
    await chat.frame.getByRole('menuitem', { name: 'Delete' }).click();
    await told(page, 'Deleted the chat “The garden form”.');
    await title.waitFor({ state: 'detached' });
    await screenshot(page, 'chat-builder-deleted');
    // The pointer is still on the bell, whose hover can lie over the button.
    await page.locator('.notifications-center').getByRole('button', { name: 'Undo' }).press('Enter');
    await runCommand(page, 'Tokenfare: Chat History…');
    await garden.click();
    await title.getByText('The garden form').waitFor();
    await chat.frame.getByText('Create a contact form with name and email.').first().waitFor();
  });
});
