import assert from 'node:assert/strict';
import { chatPage, shownChat } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { openWorkbench, screenshot, statusBarItem } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

describe('a window that is reloaded', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
  });

  after(() => workbench.close());

  it('still has the draft and the balance', async () => {
    const { page } = workbench;
    const chat = await chatPage(page);
    await chat.message.fill('A form for orders, with');
    await chat.estimate.filter({ hasText: 'stops at' }).waitFor();
    await page.reload();
    const again = await shownChat(page);
    await eventually(async () => {
      assert.equal(await again.message.inputValue(), 'A form for orders, with');
      assert.equal(await statusBarItem(page).getAttribute('aria-label'), 'Tokenfare: 300.0 of 300 tokens left');
    }, 30_000);
  });
});

describe('a window without a folder', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ workspace: 'none' });
  });

  after(() => workbench.close());

  it('shows the balance and the chat, with a price', async () => {
    const chat = await chatPage(workbench.page);
    await chat.message.fill('Create a contact form');
    await chat.estimate.filter({ hasText: 'stops at' }).waitFor();
    await screenshot(workbench.page, 'no-folder');
  });
});

describe('a restricted window', () => {
  let workbench: Workbench;

  before(async () => {
    const settings = { 'security.workspace.trust.enabled': true, 'security.workspace.trust.startupPrompt': 'never' };
    workbench = await openWorkbench({ settings });
  });

  after(() => workbench.close());

  it('has the chat, which says that nothing is written here', async () => {
    const chat = await chatPage(workbench.page);
    await chat.frame
      .getByText(/restricted/i)
      .first()
      .waitFor();
    await screenshot(workbench.page, 'restricted');
  });
});
