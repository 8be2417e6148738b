import assert from 'node:assert/strict';
import { shownChat } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { folderContents } from '../support/folderContents.ts';
import {
  openWorkbench,
  runCommand,
  screenshot,
  shownStatus,
  type Workbench,
  WHOLE_BALANCE,
} from '../support/workbench.ts';

describe('keys and menus', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
    await shownStatus(workbench.page, WHOLE_BALANCE);
  });

  after(() => workbench.close());

  it('do the main job without a mouse: to the composer, send, roll back, and back again', async () => {
    const { page, workspace } = workbench;
    const { keyboard } = page;
    const before = folderContents(workspace);
    await keyboard.press('Control+Alt+m');
    const chat = await shownChat(page);
    await eventually(async () => {
      assert.equal(await chat.message.evaluate((box) => box === document.activeElement && document.hasFocus()), true);
    });
    await keyboard.type('Create a form with name and email.');
    await keyboard.press('Enter');
    await chat.receipts.first().waitFor();
    const made = folderContents(workspace);
    assert.notDeepEqual(made, before);
    await runCommand(page, 'Tokenfare: Roll Back Last Generation');
    await chat.frame.getByText('You can redo it').waitFor();
    const rollBack = chat.button('Roll back').last();
    // The dry run has the focus; its choice of files and chat is one stop, its buttons are the next.
    await eventually(async () => {
      await keyboard.press('Tab');
      assert.equal(await rollBack.evaluate((button) => button.matches(':focus')), true);
    });
    await screenshot(page, 'keys-roll-back');
    await keyboard.press('Enter');
    await chat.button('Redo').waitFor();
    assert.deepEqual(folderContents(workspace), before);
    await runCommand(page, 'Tokenfare: Redo Rollback');
    await eventually(() => {
      assert.deepEqual(folderContents(workspace), made);
    });
  });

  it('add a file from the explorer and lines from the editor to the next message', async () => {
    const { page } = workbench;
    await page.keyboard.press('Control+Shift+e');
    const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'styles.css' });
    await addToChat(() => file.click({ button: 'right' }));
    const attachments = async () => (await shownChat(page)).frame.getByRole('list', { name: 'Attachments' });
    await (await attachments()).getByText('styles.css', { exact: true }).waitFor();

    await page.keyboard.press('Control+Shift+e');
    await file.dblclick();
    const lines = page.locator('.editor-instance .view-lines');
    await lines.getByText('body').first().waitFor();
    await page.keyboard.press('Control+Home');
    for (let line = 0; line < 3; line += 1) await page.keyboard.press('Shift+ArrowDown');
    await addToChat(() => lines.first().click({ button: 'right', position: { x: 20, y: 10 } }));
    await (await attachments()).getByText(/^styles\.css:1/).waitFor();
    await screenshot(page, 'keys-and-menus-attachments');
  });

  /** Opens a context menu and chooses Add to Chat; a menu that has just opened takes no click. */
  async function addToChat(openMenu: () => Promise<void>): Promise<void> {
    const { page } = workbench;
    const title = page.locator('.sidebar .composite.title', { hasText: 'Tokenfare' });
    await eventually(async () => {
      if (await title.isVisible()) return;
      const item = page.locator('.monaco-menu').getByText('Add to Chat', { exact: true });
      if (!(await item.isVisible())) await openMenu();
      await item.click();
      await title.waitFor({ timeout: 5_000 });
    }, 60_000);
  }
});
