import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chatPage, shownChat, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { folderContents } from '../support/folderContents.ts';
import { readOnlyFolder } from '../support/readOnlyFolder.ts';
import { openUpstreamWorkbench, type UpstreamWorkbench } from '../support/upstreamWorkbench.ts';
import { screenshot } from '../support/workbench.ts';

const WRITES = { toolCalls: [{ name: 'write_file', input: { path: 'made.txt', content: 'made\n' } }] };

describe('first steps where nothing can be written', () => {
  let workbench: UpstreamWorkbench;

  before(async () => {
    workbench = await openUpstreamWorkbench({ workspace: 'none' });
  });

  after(() => workbench.close());

  describe('without a folder', () => {
    let chat: ChatPage;

    before(async () => {
      chat = await chatPage(workbench.page);
    });

    it('answers', async () => {
      workbench.upstream.next({ text: ['Forty-two.'] });
      await chat.message.fill('How much is it?');
      await chat.send.click();
      await chat.frame.getByText('Forty-two.').first().waitFor();
      await chat.receipts.first().waitFor();
      await screenshot(workbench.page, 'no-folder-answer');
    });

    it('asks for a folder at the first write, and keeps the draft', async () => {
      workbench.upstream.next(WRITES);
      await chat.message.fill('Make a file.');
      await chat.send.click();
      await chat.frame.getByText('Open a folder so I can create files.').first().waitFor();
      await chat.button('Open Folder').first().waitFor();
      await eventually(async () => {
        assert.equal(await chat.message.inputValue(), 'Make a file.');
      });
      await screenshot(workbench.page, 'no-folder-write');
    });

    it('copies the sample to where the person says, opens it, and brings the draft along', async () => {
      const { page } = workbench;
      const parent = mkdtempSync(path.join(tmpdir(), 'tokenfare-sample-'));
      await chat.button('Open sample').first().click();
      const input = page.locator('.quick-input-widget input[type="text"]');
      // The dialog lists what lies there once it has followed what was typed: as it opens it puts its own path in, and
      // while it is busy it passes over Enter. So the person's three steps are done again until it has taken them.
      mkdirSync(path.join(parent, 'already-there'));
      await eventually(async () => {
        await input.fill(`${parent}/`);
        await page
          .locator('.quick-input-list .monaco-list-row', { hasText: 'already-there' })
          .waitFor({ timeout: 3_000 });
        await screenshot(page, 'no-folder-sample-dialog');
        await page.keyboard.press('Enter');
        await input.waitFor({ state: 'hidden', timeout: 3_000 });
      }, 60_000);
      await page.locator('.explorer-folders-view', { hasText: 'styles.css' }).waitFor();
      assert.ok(existsSync(path.join(parent, 'tokenfare-sample', 'index.html')));
      chat = await chatPage(page);
      await eventually(async () => {
        assert.equal(await chat.message.inputValue(), 'Make a file.');
      });
      await screenshot(page, 'no-folder-sample');
      rmSync(parent, { recursive: true });
    });
  });
});

describe('first steps in a read-only folder', () => {
  it('says that a folder is read-only, answers, and writes nothing', async () => {
    const { folder, file, remove } = readOnlyFolder();
    const workbench = await openUpstreamWorkbench({ workspace: { folder } });
    try {
      const chat = await chatPage(workbench.page);
      await chat.frame.getByText('This folder is read-only').waitFor();
      await readsAndWritesNothing(workbench, chat, { folder, file });
      await screenshot(workbench.page, 'read-only-folder');
    } finally {
      await workbench.close();
      remove();
    }
  });
});

describe('first steps in a folder that is not trusted', () => {
  let workbench: UpstreamWorkbench;

  before(async () => {
    const trust = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' };
    workbench = await openUpstreamWorkbench({ settings: trust });
  });

  after(() => workbench.close());

  it('says so, reads, answers and writes nothing', async () => {
    const { page, workspace } = workbench;
    await page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    const chat = await chatPage(page);
    await chat.frame.getByText('Restricted Mode: the chat answers, but nothing is written.').waitFor();
    await readsAndWritesNothing(workbench, chat, { folder: workspace, file: 'README.md' });
    await screenshot(page, 'restricted-mode');
  });

  it('writes once the folder is trusted, without a reload', async () => {
    const { page, upstream, workspace } = workbench;
    const chat = await shownChat(page);
    await chat.button('Manage Trust').click();
    await page
      .getByRole('button', { name: /^Trust/ })
      .first()
      .click();
    await chat.frame.getByText('Restricted Mode:').waitFor({ state: 'detached' });
    await page
      .locator('.monaco-modal-editor-block')
      .getByRole('button', { name: /^Close/ })
      .click();
    upstream.next(WRITES, { text: ['It is there.'] });
    await chat.message.fill('Make a file.');
    await chat.send.click();
    await chat.frame.getByText('It is there.').first().waitFor();
    assert.ok(existsSync(path.join(workspace, 'made.txt')));
    await screenshot(page, 'restricted-mode-trusted');
  });
});

/** The scripted model reads one file, writes another and answers: only the first and the last come to something. */
async function readsAndWritesNothing(
  { upstream }: UpstreamWorkbench,
  chat: ChatPage,
  { folder, file }: { folder: string; file: string },
): Promise<void> {
  const before = folderContents(folder);
  const reads = { name: 'read_file', input: { path: file } };
  upstream.next({ toolCalls: [reads, ...WRITES.toolCalls] }, { text: ['I have read it.'] });
  await chat.message.fill('Read it and write it.');
  await chat.send.click();
  await chat.frame.getByText('I have read it.').first().waitFor();
  await chat.receipts.first().waitFor();
  const { messages, tools } = upstream.requests.at(-1)?.body ?? {};
  const results = (messages as { role: string; content: string }[]).filter(({ role }) => role === 'tool');
  assert.equal(results[0]?.content, readFileSync(path.join(folder, file), 'utf8'));
  assert.match(results[1]?.content ?? '', /^Error: /);
  assert.doesNotMatch(JSON.stringify(tools), /write_file/);
  assert.deepEqual(folderContents(folder), before);
}
