import assert from 'node:assert/strict';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { folderContents } from '../support/folderContents.ts';
import { launchChromium } from '../support/launchChromium.ts';
import {
  openWorkbench,
  runCommand,
  screenshot,
  shownStatus,
  statusBarItem,
  type Workbench,
  WHOLE_BALANCE,
} from '../support/workbench.ts';

const PROMPT = 'Create a users table with columns: name, email, status (as colored badge). Add sorting on all columns.';

for (const extension of ['source', 'vsix'] as const) {
  describe(`the main job, extension from ${extension}`, () => {
    let workbench: Workbench;
    let chat: ChatPage;
    let original: Record<string, string>;

    before(async () => {
      workbench = await openWorkbench({ extension });
      original = folderContents(workbench.workspace);
    });

    after(() => workbench.close());

    it('shows the whole balance in the status bar, with count, percent, reset and plan in the tooltip', async () => {
      const item = statusBarItem(workbench.page);
      await shownStatus(workbench.page, WHOLE_BALANCE);
      assert.match(await item.innerText(), /300\.0 \/ 300/);
      await item.hover();
      const tooltip = workbench.page.locator('.monaco-hover-content', { hasText: 'Plan' }).first();
      await tooltip.waitFor();
      assert.match(await tooltip.innerText(), /300\.0 of 300 tokens left \(100 %\)[^]*Resets[^]*Plan: Free/);
      await workbench.page.mouse.move(400, 300);
    });

    it('shows a price range with what it stops at before Send', async () => {
      chat = await chatPage(workbench.page);
      await chat.message.fill(PROMPT);
      await eventually(async () => {
        assert.match(await chat.estimate.innerText(), /\d\.\d–\d\.\d[^]*stops at \d/);
      });
      await screenshot(workbench.page, `main-job-${extension}-estimate`);
    });

    it('sends, writes files, opens the first without taking the focus, and gives a receipt', async () => {
      await chat.send.click();
      await chat.receipts.first().waitFor({ timeout: 60_000 });
      const made = await eventually(() => {
        const names = Object.keys(folderContents(workbench.workspace)).filter((name) => !(name in original));
        assert.ok(
          names.some((name) => name.endsWith('.html')),
          names.join(),
        );
        return names;
      });
      await workbench.page
        .locator('.tab', { hasText: made.find((name) => name.endsWith('.html')) ?? '' })
        .first()
        .waitFor();
      const focused = await chat.frame.evaluate(() => document.hasFocus());
      assert.ok(focused, 'the focus left the chat');
      await screenshot(workbench.page, `main-job-${extension}-receipt`);
    });

    it('charges exactly what the receipt says', async () => {
      const { account, generations } = backendAccess(workbench.data);
      const { balance } = await account();
      const [generation] = (await generations()).generations;
      assert.ok(generation && generation.state === 'settled');
      const { message, prompt, context, response } = generation.parts;
      assert.equal(message + prompt + context + response, generation.charged);
      assert.equal(balance.available, 300_000 - generation.charged);
      assert.equal(balance.held, 0);
      const shown = await chat.receipts.first().innerText();
      assert.ok(shown.includes((generation.charged / 1000).toFixed(2)), shown);
      await eventually(async () => {
        const label = await statusBarItem(workbench.page).getAttribute('aria-label');
        const left = (Math.floor(balance.available / 100) / 10).toFixed(1);
        assert.equal(label, `Tokenfare: ${left} of 300 tokens left`);
      });
    });

    it('says in the balance menu what is left and what this chat cost, and stays open on such a line', async () => {
      const { page, data } = workbench;
      const [generation] = (await backendAccess(data).generations()).generations;
      await chat.button('Account').click();
      const menu = page.locator('.quick-input-widget');
      await menu.getByText(/^299\.\d of 300 tokens left \(99 %\)$/).waitFor();
      await menu.getByText(`this chat ${((generation?.charged ?? 0) / 1000).toFixed(2)} · saved`).waitFor();
      await page.keyboard.press('Enter');
      await menu.getByText('Upgrade Plan…').waitFor();
      await screenshot(page, `main-job-${extension}-balance-menu`);
      await page.keyboard.press('Escape');
      await menu.waitFor({ state: 'hidden' });
    });

    it('made a page whose table has badges and sorts by every column', async () => {
      const html = Object.keys(folderContents(workbench.workspace)).find(
        (name) => !(name in original) && name.endsWith('.html'),
      );
      assert.ok(html);
      const browser = await launchChromium();
      const page = await browser.newPage();
      await page.goto(pathToFileURL(path.join(workbench.workspace, html)).href);
      const rows = page.locator('tbody tr');
      const count = await rows.count();
      assert.ok(count > 2);
      for (const [column, name] of ['Name', 'Email', 'Status'].entries()) {
        await page.getByRole('columnheader', { name }).getByRole('button').click();
        const cells = await page.locator(`tbody tr > *:nth-child(${String(column + 1)})`).allInnerTexts();
        const sorted = [...cells].sort((a, b) => a.localeCompare(b));
        assert.deepEqual(cells, sorted, `${name} is not sorted`);
      }
      assert.equal(await page.locator('tbody tr .badge').count(), count);
      await page.screenshot({ path: path.join('test/e2e/screenshots', `main-job-${extension}-page.png`) });
      await browser.close();
    });

    it('rolls back byte for byte after showing what will change, and puts the prompt back', async () => {
      const made = folderContents(workbench.workspace);
      await runCommand(workbench.page, 'Tokenfare: Roll Back Last Generation');
      await chat.frame.getByText('You can redo it').waitFor();
      await screenshot(workbench.page, `main-job-${extension}-dry-run`);
      assert.deepEqual(folderContents(workbench.workspace), made, 'the dry run changed files');
      await chat.button('Roll back').last().click();
      await chat.button('Redo').waitFor();
      assert.deepEqual(folderContents(workbench.workspace), original);
      await eventually(async () => {
        assert.equal(await chat.message.inputValue(), PROMPT);
      });
      await screenshot(workbench.page, `main-job-${extension}-rolled-back`);
      await runCommand(workbench.page, 'Tokenfare: Redo Rollback');
      await eventually(() => {
        assert.deepEqual(folderContents(workbench.workspace), made);
      });
    });
  });
}
