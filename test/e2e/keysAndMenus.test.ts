import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { shownChat } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { folderContents } from '../support/folderContents.ts';
import { told } from '../support/told.ts';
import {
  openWorkbench,
  quickRow,
  runCommand,
  screenshot,
  shownStatus,
  type Workbench,
  WHOLE_BALANCE,
} from '../support/workbench.ts';

const rollBackWords = 'Roll back preview';

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
    const dryRun = chat.frame.getByRole('group', { name: rollBackWords });
    // The dry run has the focus: its files are the first stops, then what is rolled back, then its buttons.
    await eventually(async () => assert.equal(await focused(dryRun), rollBackWords));
    const stops = new Array<string>();
    while (stops.at(-1) !== 'Roll back') {
      const before = stops.at(-1) ?? rollBackWords;
      await keyboard.press('Tab');
      stops.push(
        await eventually(async () => {
          const now = await focused(dryRun);
          assert.notEqual(now, before);
          return now;
        }),
      );
    }
    const files = ['details-form.css', 'details-form.html', 'details-form.js'];
    assert.deepEqual(stops, [...files, 'Files and chat', 'Roll back']);
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
    await showExplorer();
    const file = page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'styles.css' });
    await addToChat(() => file.click({ button: 'right' }));
    const attachments = async () => (await shownChat(page)).frame.getByRole('list', { name: 'Attachments' });
    await (await attachments()).getByText('styles.css', { exact: true }).waitFor();

    await showExplorer();
    await file.dblclick();
    const lines = page.locator('.editor-instance .view-lines');
    await lines.getByText('body').first().waitFor();
    await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
    await page.keyboard.press('Control+Home');
    for (let line = 0; line < 3; line += 1) await page.keyboard.press('Shift+ArrowDown');
    await page.locator('[id="status.editor.selection"]', { hasText: 'selected' }).waitFor();
    await addToChat(() => lines.first().click({ button: 'right', position: { x: 20, y: 10 } }));
    await (await attachments()).getByText(/^styles\.css:1/).waitFor();
    await screenshot(page, 'keys-and-menus-attachments');
  });

  it('rename, pin, export and delete the chat that is shown by the palette', async () => {
    const { page } = workbench;
    const chat = await shownChat(page);
    const title = chat.frame.locator('.session-title');
    await runCommand(page, 'Tokenfare: Rename Chat…');
    await page.locator('.quick-input-widget', { hasText: 'The chat’s title' }).waitFor();
    const input = page.locator('.quick-input-widget input[type="text"]');
    await input.fill('The palette');
    await input.press('Enter');
    await title.getByText('The palette').waitFor();
    await runCommand(page, 'Tokenfare: Pin or Unpin Chat');
    await runCommand(page, 'Tokenfare: Chat History…');
    await quickRow(page, 'The palette').locator('.codicon-pinned').first().waitFor();
    await page.keyboard.press('Escape');
    await runCommand(page, 'Tokenfare: Export Chat as Markdown');
    await page.locator('.view-line', { hasText: '# The palette' }).waitFor();
    await runCommand(page, 'Tokenfare: Delete Chat');
    await told(page, 'Deleted the chat “The palette”.');
    await title.waitFor({ state: 'detached' });
    await chat.frame.getByText('What should we build?').waitFor();
  });

  it('collect a batch and send it, and edit for free, by the palette', async () => {
    const { page, workspace } = workbench;
    const chat = await shownChat(page);
    const batch = chat.frame.getByRole('region', { name: 'Batch', exact: true });
    await chat.message.fill('Create a form with name and city.');
    await runCommand(page, 'Tokenfare: Add to Batch');
    await batch.getByText('Create a form with name and city.').waitFor();
    assert.equal(await chat.message.inputValue(), '');
    await runCommand(page, 'Tokenfare: Send Batch');
    await chat.receipts.first().waitFor();
    assert.equal(await batch.count(), 0);
    const before = folderContents(workspace);
    await runCommand(page, 'Tokenfare: Free Edit…');
    await page.locator('.quick-input-widget', { hasText: 'Say what should look or read differently.' }).waitFor();
    await page.locator('.quick-input-widget input[type="text"]').fill('Change header to blue');
    await page.keyboard.press('Enter');
    await eventually(() => {
      assert.notDeepEqual(folderContents(workspace), before);
    });
  });

  it('show the balance, the log, and which commands run without a question, by the palette', async () => {
    const { page } = workbench;
    await runCommand(page, 'Tokenfare: Show Balance');
    await page
      .locator('.quick-input-widget')
      .getByText(/^Today /)
      .waitFor();
    await page.keyboard.press('Escape');
    await runCommand(page, 'Tokenfare: Allowed Commands…');
    await told(page, 'No command is always allowed in this workspace.');
    await runCommand(page, 'Tokenfare: Show Log');
    await page.locator('.panel').getByText("The backend's log: ").first().waitFor();
    await screenshot(page, 'keys-and-menus-log');
  });

  it('find what was done by its files, and roll back what is picked, of an earlier chat too', async () => {
    const { page, workspace } = workbench;
    const before = folderContents(workspace);
    await runCommand(page, 'Tokenfare: New Chat');
    const chat = await shownChat(page);
    await chat.frame.getByText('What should we build?').waitFor();
    await chat.message.fill('Create a form with name and street.');
    await chat.button('Send').click();
    await chat.receipts.first().waitFor();
    const made = folderContents(workspace);
    const [file = ''] = Object.keys(made).filter((name) => !(name in before));
    await chat.button('New chat').click();
    await runCommand(page, 'Tokenfare: Roll Back…');
    const pick = page.locator('.quick-input-widget');
    await pick.getByText(/Roll Back: [\d.]+ of 500 MB used on the disk/).waitFor();
    const row = quickRow(page, 'Create a form with name and street.');
    await row
      .filter({ hasText: ' · done · ' })
      .filter({ hasText: /\d\.\d\d tokens/ })
      .waitFor();
    await screenshot(page, 'roll-back-pick');
    await page.keyboard.type('nothing like this');
    await row.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+a');
    await page.keyboard.type(file);
    await row.waitFor();
    await page.keyboard.press('Enter');
    await chat.frame.getByText('You can redo it').waitFor();
    await screenshot(page, 'roll-back-picked');
    await chat.button('Roll back').last().click();
    await chat.button('Redo').waitFor();
    assert.deepEqual(folderContents(workspace), before);
    await runCommand(page, 'Tokenfare: Roll Back…');
    await row.filter({ hasText: 'pick to redo' }).click();
    await eventually(() => assert.deepEqual(folderContents(workspace), made));
  });

  /** Resolves when the chat that stood in its place has gone. */
  async function showExplorer(): Promise<void> {
    await workbench.page.keyboard.press('Control+Shift+e');
    await chatTitle().waitFor({ state: 'hidden' });
  }

  function chatTitle(): Locator {
    return workbench.page.locator('.sidebar .composite.title', { hasText: 'Tokenfare' });
  }

  /** Opens a context menu and chooses Add to Chat; a menu that has just opened takes no click. */
  async function addToChat(openMenu: () => Promise<void>): Promise<void> {
    const { page } = workbench;
    await eventually(async () => {
      if (await chatTitle().isVisible()) return;
      const item = page.locator('.monaco-menu').getByText('Add to Chat', { exact: true });
      if (!(await item.isVisible())) await openMenu();
      await item.click();
      await chatTitle().waitFor({ timeout: 5_000 });
    }, 60_000);
  }
});

/** What of a dry run has the focus, in its words. Throws where the focus is elsewhere. */
function focused(dryRun: Locator): Promise<string> {
  return dryRun.evaluate((group) => {
    const { activeElement } = document;
    if (activeElement === null || !group.contains(activeElement)) throw new Error('the focus is elsewhere');
    const shown = activeElement.closest('label') ?? activeElement;
    return (activeElement.ariaLabel ?? shown.textContent).trim();
  });
}
