import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chatPage, shownChat, type ChatPage } from '../support/chat.ts';
import { folderContents } from '../support/folderContents.ts';
import {
  openWorkbench,
  screenshot,
  shownStatus,
  statusBarItem,
  type Workbench,
  WHOLE_BALANCE,
} from '../support/workbench.ts';

describe('a backend that cannot start', () => {
  const data = mkdtempSync(path.join(tmpdir(), 'tokenfare-broken-'));
  const database = path.join(data, 'tokenfare.db');
  let workbench: Workbench;
  let original: Record<string, string>;

  before(async () => {
    writeFileSync(database, 'This is no database. '.repeat(1_000));
    workbench = await openWorkbench({ data });
    original = folderContents(workbench.workspace);
  });

  after(async () => {
    await workbench.close();
    rmSync(data, { recursive: true, force: true });
  });

  it('says in one sentence that the database cannot be read, with the log one press away', async () => {
    const chat = await chatPage(workbench.page);
    await saysWhy(chat, /^Tokenfare couldn’t start: The database \S+tokenfare\.db cannot be used: [^.]+\.$/);
    await chat.message.fill('Are you there?');
    await chat.message.press('Enter');
    await chat.frame.getByText('Your draft is kept.').first().waitFor();
    assert.equal(await chat.message.inputValue(), 'Are you there?');
    await screenshot(workbench.page, 'broken-database');
    await chat.button('Show Log').click();
    await workbench.page.locator('.panel').getByText('cannot be used').first().waitFor();
    await screenshot(workbench.page, 'broken-database-log');
    assert.deepEqual(folderContents(workbench.workspace), original);
  });

  it('says that the database is from a newer version, and leaves it alone', async () => {
    rmSync(database);
    const newer = new DatabaseSync(database);
    newer.exec(
      "CREATE TABLE kysely_migration (name TEXT, timestamp TEXT); INSERT INTO kysely_migration VALUES ('9999-later', '')",
    );
    newer.close();
    await workbench.page.reload();
    const chat = await shownChat(workbench.page);
    await saysWhy(
      chat,
      /^Tokenfare couldn’t start: The database \S+ is from a newer version of Tokenfare \(it has 9999-later\)\.$/,
    );
    await screenshot(workbench.page, 'newer-database');
    const kept = new DatabaseSync(database, { readOnly: true });
    assert.equal(kept.prepare('SELECT count(*) AS tables FROM sqlite_master').get()?.['tables'], 1);
    kept.close();
  });

  it('says that its data folder cannot be used', async () => {
    rmSync(data, { recursive: true });
    mkdirSync(path.dirname(data), { recursive: true });
    writeFileSync(data, 'a file where the folder should be');
    await workbench.page.reload();
    await saysWhy(await shownChat(workbench.page), /^Tokenfare couldn’t start: .*tokenfare-broken-/);
    await screenshot(workbench.page, 'no-data-folder');
  });

  it('starts once what was wrong is put right, at a press of a button', async () => {
    rmSync(data);
    const chat = await shownChat(workbench.page);
    await chat.button('Try again').click();
    await shownStatus(workbench.page, WHOLE_BALANCE);
    await chat.frame.getByText('Tokenfare couldn’t start').waitFor({ state: 'detached' });
    assert.equal(await chat.message.inputValue(), 'Are you there?');
  });

  async function saysWhy(chat: ChatPage, sentence: RegExp): Promise<void> {
    const notice = chat.frame.locator('.notice', { hasText: 'Tokenfare couldn’t start' });
    await notice.waitFor();
    assert.match(await notice.locator('.notice-body > span').innerText(), sentence);
    await notice.getByRole('button', { name: 'Show Log', exact: true }).waitFor();
    const shown = await statusBarItem(workbench.page).innerText();
    assert.match(shown, /Tokenfare: not running/);
    assert.doesNotMatch(shown, /\d/);
  }
});
