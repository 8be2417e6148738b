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

describe('Roll Back…', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench();
    await shownStatus(workbench.page, WHOLE_BALANCE);
  });

  after(() => workbench.close());

  it('lists what was done, finds it by its files, and shows the dry run of what is picked, of an earlier chat too', async () => {
    const { page, workspace } = workbench;
    const before = folderContents(workspace);
    await runCommand(page, 'Tokenfare: Open Chat');
    const chat = await shownChat(page);
    await chat.message.fill('Create a form with name and email.');
    await chat.button('Send').click();
    await chat.receipts.first().waitFor();
    const made = folderContents(workspace);
    const [file = ''] = Object.keys(made).filter((name) => !(name in before));
    await chat.button('New chat').click();
    await runCommand(page, 'Tokenfare: Roll Back…');
    const pick = page.locator('.quick-input-widget');
    await pick.getByText(/Roll Back: [\d.]+ of 500 MB used on the disk/).waitFor();
    const rows = pick.locator('.monaco-list-row');
    await rows.filter({ hasText: 'Create a form with name and email.' }).filter({ hasText: ' · done · ' }).waitFor();
    await rows.filter({ hasText: /\d\.\d\d tokens/ }).waitFor();
    await screenshot(page, 'roll-back-pick');
    await page.keyboard.type('nothing like this');
    await eventually(async () => assert.equal(await rows.filter({ hasText: 'Create a form' }).count(), 0));
    await page.keyboard.press('Control+a');
    await page.keyboard.type(file);
    await rows.filter({ hasText: 'Create a form' }).waitFor();
    await page.keyboard.press('Enter');
    await chat.frame.getByText('You can redo it').waitFor();
    await screenshot(page, 'roll-back-picked');
    await chat.button('Roll back').last().click();
    await chat.button('Redo').waitFor();
    assert.deepEqual(folderContents(workspace), before);
    await runCommand(page, 'Tokenfare: Roll Back…');
    await rows.filter({ hasText: 'pick to redo' }).click();
    await eventually(() => assert.deepEqual(folderContents(workspace), made));
  });
});
