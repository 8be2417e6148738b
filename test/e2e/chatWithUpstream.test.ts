import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { formatCharge } from '../../src/core/formatTokens.ts';
import { approximateModelTokens } from '../../src/core/modelTokens.ts';
import { modelWords } from '../../src/core/modelWords.ts';
import { charge } from '../../src/core/rateCard.ts';
import { millitokens, type Millitokens } from '../../src/core/tokens.ts';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage, shownChat, type ChatPage } from '../support/chat.ts';
import { dragToChat } from '../support/dragToChat.ts';
import { eventually } from '../support/eventually.ts';
import type { UpstreamRequest } from '../support/fakeUpstream.ts';
import { folderContents } from '../support/folderContents.ts';
import { showsWeights } from '../support/showsWeights.ts';
import { FINE_MODEL, openUpstreamWorkbench, UPSTREAM_MODEL } from '../support/upstreamWorkbench.ts';
import type { UpstreamWorkbench } from '../support/upstreamWorkbench.ts';
import { openFile, quickRow, runCommand, screenshot, shownStatus, WHOLE_BALANCE } from '../support/workbench.ts';

const STYLE_RULE = 'Say colours by their names.';
const PROJECT_RULE = 'Write British English.';
const SECRET = 'the-word-that-nobody-sends';
/** What is in the workspace beside the sample: instructions, what is kept back, a folder, a file with a problem. */
const FILES = {
  'AGENTS.md': `${PROJECT_RULE}\n`,
  '.tokenfareignore': 'private.txt\n',
  'private.txt': `${SECRET}\n`,
  'pages/about.html': '<h1>About</h1>\n',
  'broken.json': '{ "name": }\n',
};

describe('the chat with an OpenAI-compatible service', () => {
  let workbench: UpstreamWorkbench;
  let chat: ChatPage;

  before(async () => {
    workbench = await openUpstreamWorkbench({ settings: { 'tokenfare.instructions': STYLE_RULE } });
    for (const [name, text] of Object.entries(FILES)) {
      mkdirSync(path.dirname(path.join(workbench.workspace, name)), { recursive: true });
      writeFileSync(path.join(workbench.workspace, name), text);
    }
    chat = await chatPage(workbench.page);
    await shownStatus(workbench.page, WHOLE_BALANCE);
  });

  after(() => workbench.close());

  const read = (name: string): string => readFileSync(path.join(workbench.workspace, name), 'utf8');
  const spent = async (): Promise<Millitokens> => {
    const { allowance, available } = (await backendAccess(workbench.data).account()).balance;
    return millitokens(allowance - available);
  };

  /** Sends a message, waits for its receipt and gives the last request that was made for it. */
  async function send(text: string): Promise<UpstreamRequest> {
    const receipts = await chat.receipts.count();
    await chat.message.fill(text);
    return sendDraft(receipts);
  }

  async function sendDraft(receipts: number): Promise<UpstreamRequest> {
    await eventually(async () => {
      assert.ok(await chat.send.isEnabled());
    });
    await chat.message.press('Enter');
    await chat.receipts.nth(receipts).waitFor();
    return workbench.upstream.requests.at(-1) ?? assert.fail('nothing was asked');
  }

  /** Chooses what the letters behind an `@` stand for, by keyboard, and waits for its chip. */
  async function mention(letters: string, option: string, chip: RegExp): Promise<void> {
    await chat.message.pressSequentially(`@${letters}`);
    await chat.frame.getByRole('option', { name: option, exact: true, selected: true }).waitFor();
    await chat.message.press('Enter');
    await chat.chips.filter({ hasText: chip }).waitFor();
  }

  it('sends files, folders, the selection and the problems along, each a chip with its weight and price', async () => {
    const { page } = workbench;
    await openFile(page, 'broken.json');
    await page.locator('[id="status.problems"]', { hasText: '1' }).waitFor();
    await openFile(page, 'index.html');
    await page.keyboard.press('Control+Home');
    for (let line = 0; line < 3; line += 1) await page.keyboard.press('Shift+ArrowDown');
    await page.locator('[id="status.editor.selection"]', { hasText: 'selected' }).waitFor();
    const weight = approximateModelTokens(read('styles.css'));
    const usage = { promptTokens: 0, contextTokens: weight, cachedTokens: 0, responseTokens: 0, firstCall: false };
    const short = weight.toLocaleString('en', { notation: 'compact', maximumSignificantDigits: 2 });
    const price = formatCharge(charge(usage, UPSTREAM_MODEL.multiplier).total, 'en');
    await mention('styles', 'styles.css', new RegExp(`^\\s*styles\\.css\\s*${short} · ${price.replace('.', '\\.')}`));
    await mention('folder:pag', 'pages/', /^\s*pages\s*\d+ · 0\.\d\d/);
    await mention('sel', 'Selection in the editor', /^\s*index\.html:1-3\s*\d+ · 0\.\d\d/);
    await mention('prob', 'Problems', /^\s*Problems\s*\d+ · 0\.\d\d/);
    await screenshot(page, 'chat-upstream-mentions');
    const { text } = await send('What do you see?');
    const sent = JSON.stringify(`File: styles.css\n\`\`\`\n${read('styles.css')}`).slice(1, -1);
    for (const part of [
      sent,
      'File: pages/',
      'pages/about.html',
      'File: index.html:1-3',
      'File: Problems',
      'broken.json',
    ])
      assert.ok(text.includes(part), part);
    assert.equal(await chat.chips.filter({ hasText: 'styles.css' }).count(), 0, 'a chip stays for one message');
  });

  it('sends the open editor along at a press of its chip, and long text that is pasted as an attachment', async () => {
    const { page } = workbench;
    const open = chat.button('index.html: send the file in the editor along');
    assert.ok(!(await send('Without it.')).text.includes('File: index.html'));
    await open.click();
    await chat.frame.locator('.open-editor:not(.off)').waitFor();
    await chat.message.evaluate((box) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', 'A long story. '.repeat(400));
      box.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    });
    await chat.chips.filter({ hasText: /^\s*Pasted text 1\s*[\d.]+k · 0\.\d\d/i }).waitFor();
    assert.equal(await chat.message.inputValue(), '');
    await screenshot(page, 'chat-upstream-open-editor');
    const { text } = await send('And with it?');
    for (const part of ['File: index.html', 'Grow something good', 'File: Pasted text 1', 'A long story.'])
      assert.ok(text.includes(part), part);
    await open.click();
    await chat.frame.locator('.open-editor.off').waitFor();
  });

  it('sends a picture from the clipboard along, and a file that is dragged here from the explorer', async () => {
    const { page } = workbench;
    await copyPicture(page);
    await chat.message.click();
    await page.keyboard.press('Control+v');
    await chat.chips.filter({ hasText: /^\s*Picture 1\s*1K · 0\.02/ }).waitFor();
    await dragToChat(page, 'README.md');
    chat = await shownChat(page);
    await chat.chips.filter({ hasText: /^\s*README\.md\s*\d+ · 0\.\d\d/ }).waitFor();
    assert.equal(await chat.chips.filter({ hasText: 'Picture 1' }).count(), 1);
    await screenshot(page, 'chat-upstream-pasted-and-dropped');
    const { text } = await send('What do they show?');
    for (const part of [
      '"image_url":{"url":"data:image/webp;base64,',
      'File: README.md',
      read('README.md').slice(0, 20),
    ])
      assert.ok(text.includes(part), part);
  });

  it('sends the rules of the person and the project along, shows what they weigh, and keeps files back', async () => {
    const { upstream, page } = workbench;
    await chat.frame.getByRole('meter', { name: /^Context: [\d,]+ of 65,536 model tokens$/ }).waitFor();
    await showsWeights(chat, { 'tokenfare.instructions': STYLE_RULE, 'AGENTS.md': PROJECT_RULE });
    await screenshot(page, 'chat-upstream-instructions');
    await chat.message.press('Escape');
    await chat.message.pressSequentially('@private');
    await eventually(async () => {
      assert.deepEqual(await chat.options.allInnerTexts(), []);
    });
    upstream.next(
      { toolCalls: [{ name: 'read_file', input: { path: 'private.txt' } }], usage: { prompt: 900, completion: 20 } },
      { text: ['I may not read it.'], usage: { prompt: 950, completion: 5 } },
    );
    const { text } = await send('What is in private.txt?');
    for (const part of [STYLE_RULE, PROJECT_RULE, 'private.txt is never sent to a model: .tokenfareignore says so.'])
      assert.ok(text.includes(part), part);
    assert.ok(!upstream.requests.some((request) => request.text.includes(SECRET)), 'what is kept back was sent');
  });

  it('completes slash commands: explains the open file, and plans without touching one', async () => {
    const { upstream, page, workspace } = workbench;
    await openFile(page, 'styles.css');
    await chat.message.fill('');
    await chat.message.pressSequentially('/ex');
    await chat.frame.getByRole('option', { name: /^\/explain/, selected: true }).waitFor();
    await screenshot(page, 'chat-upstream-commands');
    await chat.message.press('Tab');
    assert.equal(await chat.message.inputValue(), '/explain ');
    await chat.chips.filter({ hasText: /^\s*styles\.css\s*\d+ · 0\.\d\d/ }).waitFor();
    const explained = await sendDraft(await chat.receipts.count());
    for (const part of ['File: styles.css', modelWords('/explain')]) assert.ok(explained.text.includes(part), part);
    const before = folderContents(workspace);
    upstream.next(
      { toolCalls: [{ name: 'write_file', input: { path: 'plan.txt', content: 'no' } }], usage: null },
      { text: ['First the header, then the footer.'] },
    );
    const planned = await send('/plan A page of offers');
    const tools = planned.body['tools'] as { function: { name: string } }[];
    const names = tools.map(({ function: { name } }) => name);
    assert.ok(names.includes('read_file') && !names.includes('write_file'), names.join());
    assert.deepEqual(folderContents(workspace), before);
    await chat.frame.getByText('First the header, then the footer.').first().waitFor();
  });

  it('refuses what is not free and keeps the draft, and clears the chat, all without the model', async () => {
    const { upstream, page } = workbench;
    const [asked, cost] = [upstream.requests.length, await spent()];
    const draft = '/free Write me a poem about moss';
    await chat.message.fill(draft);
    await chat.message.press('Enter');
    await chat.frame.getByRole('alert').waitFor();
    assert.equal(await chat.message.inputValue(), draft);
    await screenshot(page, 'chat-upstream-free-refused');
    await chat.message.fill('/clear Now the footer');
    await chat.message.press('Enter');
    await chat.frame.getByText('What should we build?').waitFor();
    await eventually(async () => {
      assert.equal(await chat.message.inputValue(), 'Now the footer');
    });
    assert.deepEqual([upstream.requests.length, await spent()], [asked, cost]);
  });

  it('opens the place that an answer names, uses its code block, and loads no picture from elsewhere', async () => {
    const { upstream, page } = workbench;
    const rule = '.note { color: teal; }';
    const beacon = new URL('/beacon.png', upstream.baseUrl).href;
    const asked: string[] = [];
    page.on('request', (request) => asked.push(request.url()));
    upstream.next({ text: [`See \`styles.css:23\`.\n\n\`\`\`css styles.css\n${rule}\n\`\`\`\n\n![map](${beacon})`] });
    await send('Where is the header?');
    await chat.frame.getByText('[picture: map]').waitFor();
    await chat.button('styles.css:23').click();
    await page.locator('[id="status.editor.selection"]', { hasText: 'Ln 23, Col 1' }).waitFor();
    const original = read('styles.css');
    await chat.button('Insert at the cursor').click();
    const inserted = page.locator('.view-line', { hasText: `${rule}.header {` });
    await inserted.waitFor();
    await page.locator('.monaco-editor.focused').waitFor();
    await page.keyboard.press('Control+z');
    await inserted.waitFor({ state: 'detached' });
    await chat.button('Open as a new file').click();
    await page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
    await page.locator('[id="status.editor.mode"]', { hasText: 'CSS' }).waitFor();
    await chat.button('Apply to a file').click();
    await page.getByText('This changes styles.css. Nothing is changed yet.').waitFor();
    await screenshot(page, 'chat-upstream-apply');
    assert.equal(read('styles.css'), original);
    await quickRow(page, 'Apply').click();
    await eventually(() => {
      assert.ok(read('styles.css').includes(rule));
    });
    await runCommand(page, 'Tokenfare: Roll Back Last Generation');
    await chat.frame.getByText('You can redo it').waitFor();
    await chat.button('Roll back').last().click();
    await chat.button('Redo').waitFor();
    assert.equal(read('styles.css'), original);
    assert.ok(!asked.includes(beacon), 'the picture was asked for');
  });

  it('shows what an answer changed, to be kept or undone by file and by change, and all of it in a bar', async () => {
    const { upstream, page } = workbench;
    const original = read('styles.css');
    const edit = (find: string, replace: string) => ({
      name: 'edit_file',
      input: { path: 'styles.css', find, replace },
    });
    upstream.next(
      {
        toolCalls: [
          { name: 'write_file', input: { path: 'one.txt', content: 'one\n' } },
          { name: 'write_file', input: { path: 'two.txt', content: 'two\n' } },
          edit('--accent: #2f855a;', '--accent: teal;'),
          edit('padding: 24px 32px;', 'padding: 0;'),
        ],
        usage: { prompt: 900, completion: 60 },
      },
      { text: ['Three files.'], usage: { prompt: 950, completion: 3 } },
    );
    await send('Change three files.');
    const bar = chat.frame.getByRole('region', { name: 'Changes that are not yet kept' });
    await bar.getByText(/^3 files, \+4\s*−2$/).waitFor();
    await chat.button('What changed in styles.css').click();
    await chat.button('Undo this change').first().click();
    await eventually(() => {
      assert.equal(read('styles.css'), original.replace('padding: 24px 32px;', 'padding: 0;'));
    });
    await chat.button('Undo one.txt').click();
    await eventually(() => {
      assert.ok(!existsSync(path.join(workbench.workspace, 'one.txt')));
    });
    await chat.button('Keep two.txt').click();
    await bar.getByText('1 file, partly undone').waitFor();
    await screenshot(page, 'chat-upstream-changes');
    await bar.getByRole('button', { name: 'Keep all' }).click();
    await bar.waitFor({ state: 'detached' });
    assert.equal(read('two.txt'), 'two\n');
  });

  it('offers a summary of a long chat with its price, and sends that from then on', async () => {
    const { upstream, page } = workbench;
    const long = 'The moss grows on. ';
    upstream.next({ text: [long.repeat(1_200)] });
    await send('Tell me all about moss.');
    const receipts = await chat.receipts.count();
    const summarize = chat.frame.getByRole('button', { name: /^Summarize this chat · about \d\.\d$/ });
    await summarize.waitFor();
    await screenshot(page, 'chat-upstream-summarize');
    upstream.next({ text: ['It was about moss.'] });
    await summarize.click();
    await chat.receipts.nth(receipts).waitFor();
    assert.ok(upstream.requests.at(-1)?.text.includes(long));
    const { text } = await send('And ferns?');
    assert.ok(text.includes('It was about moss.') && !text.includes(long));
    await summarize.waitFor({ state: 'detached' });
  });

  it('lists models with their multiplier, window and the price of the draft, and sends to the one that is chosen', async () => {
    const { page } = workbench;
    await chat.message.fill('Add a page about moss');
    await chat.button(`Model: ${UPSTREAM_MODEL.id}, ×1`).click();
    const fine = quickRow(page, FINE_MODEL.id);
    await fine.getByText('×2.5').waitFor();
    const priceOf = async (id: string): Promise<number> => {
      const shown = await quickRow(page, id).innerText();
      const [, price, window] =
        /This draft: [\d.]+–([\d.]+) tokens · ([\d,]+) model tokens/.exec(shown) ?? assert.fail(shown);
      assert.equal(window, (id === FINE_MODEL.id ? FINE_MODEL : UPSTREAM_MODEL).contextWindow.toLocaleString('en'));
      return Number(price);
    };
    assert.ok((await priceOf(FINE_MODEL.id)) > (await priceOf(UPSTREAM_MODEL.id)));
    await screenshot(page, 'chat-upstream-models');
    await fine.click();
    await chat.button(`Model: ${FINE_MODEL.id}, ×2.5`).waitFor();
    const { body } = await sendDraft(await chat.receipts.count());
    assert.equal(body['model'], FINE_MODEL.id);
    await chat.button(`Model: ${FINE_MODEL.id}, ×2.5`).click();
    await page.locator('.quick-input-list .monaco-list-row.focused', { hasText: FINE_MODEL.id }).waitFor();
    await screenshot(page, 'chat-upstream-models-chosen');
    await quickRow(page, UPSTREAM_MODEL.id).click();
    await chat.button(`Model: ${UPSTREAM_MODEL.id}, ×1`).waitFor();
  });

  it('counts the chat and the day, warns of a budget of the person’s own, and stops once it is used', async () => {
    const { upstream, page } = workbench;
    const earlier = await spent();
    await runCommand(page, 'Tokenfare: New Chat');
    await chat.frame.getByText('What should we build?').waitFor();
    const much = { text: ['A lot.'], usage: { prompt: 3_000, completion: 8_000 } };
    upstream.next(much, much);
    for (const text of ['Say a lot.', 'Say it again.']) await send(text);
    const today = await spent();
    await chat.button('Account').click();
    const menu = page.locator('.quick-input-widget');
    const [day, session] = [today, millitokens(today - earlier)].map((each) => formatCharge(each, 'en'));
    await menu.getByText(`Today ${day} · this chat ${session} · saved`).waitFor();
    await quickRow(page, 'Budget per Day…').click();
    const budget = page.locator('[data-key="tokenfare.budget.perDay"] input');
    await budget.fill(((today + 1_200) / 1_000).toFixed(1));
    await chat.frame.getByText(/^1\.[12] of your [\d.]+ tokens for today are left\.$/).waitFor();
    await screenshot(page, 'chat-upstream-budget-low');
    upstream.next({ text: ['Less.'], usage: { prompt: 1_000, completion: 2_500 } });
    await send('One more.');
    await chat.frame.getByText(/^Your budget of [\d.]+ for today is used\. Chat is back tomorrow\./).waitFor();
    const asked = upstream.requests.length;
    await chat.message.fill('And another.');
    assert.ok(await chat.send.isDisabled());
    await chat.message.press('Enter');
    assert.equal(await chat.message.inputValue(), 'And another.');
    await screenshot(page, 'chat-upstream-budget-used');
    assert.equal(upstream.requests.length, asked);
  });
});

/** Puts a picture into the clipboard, as a program that takes pictures of the screen does. */
async function copyPicture(page: Page): Promise<void> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(300, 30);
    canvas.getContext('2d')?.fillRect(0, 0, 150, 30);
    const picture = await canvas.convertToBlob({ type: 'image/png' });
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]);
  });
}
