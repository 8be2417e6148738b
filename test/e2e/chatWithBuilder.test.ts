import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { backendPid } from '../../scripts/endBackend.ts';
import { formatCharge } from '../../src/core/formatTokens.ts';
import { millitokens, type Millitokens } from '../../src/core/tokens.ts';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { folderContents } from '../support/folderContents.ts';
import { showsWeights } from '../support/showsWeights.ts';
import { told } from '../support/told.ts';
import { openWorkbench, quickRow, runCommand, screenshot, type Workbench } from '../support/workbench.ts';

const TABLE = 'Create a users table with columns: name, email.';
const STYLE_RULE = 'Say colours by their names.';
const PROJECT_RULE = 'Write British English.';
/** What is in the workspace beside the sample: instructions, and what is kept back. */
const FILES = {
  'AGENTS.md': `${PROJECT_RULE}\n`,
  '.tokenfareignore': 'private.txt\n',
  'private.txt': 'Nobody else’s.\n',
};

describe('the chat with Builder', () => {
  let workbench: Workbench;
  let chat: ChatPage;
  let original: Record<string, string>;

  before(async () => {
    const settings = { 'tokenfare.instructions': STYLE_RULE };
    workbench = await openWorkbench({ config: { ollama: { discover: false } }, settings });
    for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(workbench.workspace, name), text);
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

  async function send(text: string): Promise<void> {
    await chat.message.fill(text);
    await sendDraft();
  }

  const read = (name: string): string => readFileSync(path.join(workbench.workspace, name), 'utf8');
  const spent = async (): Promise<Millitokens> => (await backendAccess(workbench.data).account()).balance.used;
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

  it('shows what it changed, to be kept or undone by file and by change, and all of it in a bar', async () => {
    const { page } = workbench;
    await runCommand(page, 'Tokenfare: New Chat');
    await chat.frame.getByText('What should we build?').waitFor();
    const bar = chat.frame.getByRole('region', { name: 'Changes that are not yet kept' });
    await send('Create an orders table with columns: number, total.');
    await bar.getByText(/^3 files, \+\d+\s*$/).waitFor();
    await bar.getByRole('button', { name: 'Review all changes' }).waitFor();
    await screenshot(page, 'chat-builder-bar');
    await bar.getByRole('button', { name: 'Keep all' }).click();
    await bar.waitFor({ state: 'detached' });
    const files = ['orders.html', 'orders.css', 'orders.js'] as const;
    const [page_, style, script] = files.map(read);
    await send('Add search and pagination');
    await bar.getByText(/^3 files, \+\d+\s*−\d+\s*$/).waitFor();
    await chat.button('What changed in orders.js').last().click();
    await screenshot(page, 'chat-builder-changes');
    const changed = read('orders.js');
    await chat.button('Undo this change').first().click();
    await eventually(() => {
      assert.ok(![changed, script].includes(read('orders.js')));
    });
    await chat.button('Undo orders.css').last().click();
    await eventually(() => {
      assert.equal(read('orders.css'), style);
    });
    await chat.button('Keep orders.html').last().click();
    await bar.getByText('1 file, partly undone').waitFor();
    await screenshot(page, 'chat-builder-changes-decided');
    await bar.getByRole('button', { name: 'Undo all' }).click();
    await chat.frame.getByText('You can redo it').waitFor();
    await chat.button('Roll back').last().click();
    await eventually(() => {
      assert.equal(read('orders.js'), script);
    });
    assert.notEqual(read('orders.html'), page_, 'what was kept is kept');
  });

  it('weighs the rules of the person and the project, and offers nothing that is kept back', async () => {
    const { page } = workbench;
    await chat.frame.getByRole('meter', { name: /^Context: [\d,]+ of 32,768 model tokens$/ }).waitFor();
    await showsWeights(chat, { 'tokenfare.instructions': STYLE_RULE, 'AGENTS.md': PROJECT_RULE });
    await screenshot(page, 'chat-builder-instructions');
    await chat.message.press('Escape');
    await chat.message.fill('');
    await chat.message.pressSequentially('@orders.j');
    await chat.frame.getByRole('option', { name: 'orders.js', exact: true, selected: true }).waitFor();
    await chat.message.fill('');
    await chat.message.pressSequentially('@private');
    await eventually(async () => {
      assert.deepEqual(await chat.options.allInnerTexts(), []);
    });
  });

  it('is in the list of models with its multiplier, window and the price of the draft', async () => {
    const { page } = workbench;
    await chat.message.fill('Create a form with name and email.');
    await chat.button('Model: Builder, no AI, ×1').click();
    const row = quickRow(page, 'Builder, no AI');
    await row.getByText('×1', { exact: true }).waitFor();
    await row.getByText(/^This draft: \d\.\d–\d\.\d tokens · 32,768 model tokens of context$/).waitFor();
    await quickRow(page, 'Add a Provider…').waitFor();
    await screenshot(page, 'chat-builder-models');
    await row.click();
    await chat.button('Model: Builder, no AI, ×1').waitFor();
  });

  it('counts the chat and the day, warns of a budget of the person’s own, and stops once it is used', async () => {
    const { page, data } = workbench;
    const earlier = await spent();
    await runCommand(page, 'Tokenfare: New Chat');
    await chat.frame.getByText('What should we build?').waitFor();
    await send('Create a staff table with columns: name, role.');
    const today = await spent();
    await chat.button('Account').click();
    const menu = page.locator('.quick-input-widget');
    const cost = millitokens(today - earlier);
    const [all, own] = [today, cost].map((each) => formatCharge(each, 'en'));
    await menu.getByText(`Today ${all} · this chat ${own} · saved`).waitFor();
    await screenshot(page, 'chat-builder-totals');
    await quickRow(page, 'Budget per Day…').click();
    const budget = page.locator('[data-key="tokenfare.budget.perDay"] input');
    await budget.fill(((today + cost + 700) / 1_000).toFixed(1));
    await chat.frame.getByText(/^1\.\d of your [\d.]+ tokens for today are left\.$/).waitFor();
    await screenshot(page, 'chat-builder-budget-low');
    await send('Create a rooms table with columns: name, floor.');
    assert.ok(made().includes('rooms.html'), made().join());
    await chat.button('Change budget').click();
    await budget.fill(((await spent()) / 1_000).toFixed(1));
    const used = chat.frame.getByText(/^Your budget of [\d.]+ for today is used\. Chat is back tomorrow\./);
    await used.waitFor();
    const asked = async () => (await backendAccess(data).generations()).generations.length;
    const before = await asked();
    await chat.message.fill('And another.');
    assert.ok(await chat.send.isDisabled());
    await chat.message.press('Enter');
    assert.equal(await chat.message.inputValue(), 'And another.');
    await screenshot(page, 'chat-builder-budget-used');
    assert.equal(await asked(), before);
    await budget.fill('');
    await used.waitFor({ state: 'detached' });
    assert.equal(await chat.message.inputValue(), 'And another.');
  });

  it('says that an answer was interrupted where the backend dies, and what it cost, and answers at Retry', async () => {
    const { page, data } = workbench;
    await runCommand(page, 'Tokenfare: New Chat');
    await chat.frame.getByText('What should we build?').waitFor();
    await chat.message.fill('Create a tools table with columns: name, price. Add search, sorting and pagination.');
    const before = folderContents(workbench.workspace);
    await chat.message.press('Enter');
    await chat.frame.getByText('Writing tools.html').first().waitFor();
    process.kill(backendPid(data) ?? assert.fail('no backend'), 'SIGKILL');
    await chat.receipts.first().waitFor();
    const [generation] = (await backendAccess(data).generations()).generations;
    assert.ok(generation?.calls[0]?.recovered);
    const cost = formatCharge(generation.charged, 'en');
    await chat.frame.getByText(`This answer was interrupted. ${cost} for what arrived;`).first().waitFor();
    assert.ok((await chat.receipts.first().innerText()).includes(`${cost} tokens · `));
    assert.deepEqual(folderContents(workbench.workspace), before);
    const steps = chat.frame.locator('.steps summary').last();
    assert.match(await steps.innerText(), /not done/);
    assert.doesNotMatch(await steps.innerText(), /tools\./, 'nothing was written');
    await screenshot(page, 'chat-builder-interrupted');
    await chat.button('Retry').click();
    await chat.receipts.nth(1).waitFor();
    assert.ok(made().includes('tools.html'), made().join());
    await screenshot(page, 'chat-builder-retried');
  });
});
