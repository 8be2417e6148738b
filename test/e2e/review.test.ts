import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { lineDiff, linesOf, takeHunks } from '../../src/core/lineDiff.ts';
import { mergeRollback } from '../../src/core/merge.ts';
import { resolveConflict } from '../../src/core/resolveConflict.ts';
import { chatPage, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { frameWith, openWorkbench, runCommand, screenshot } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

describe('the review of what a message changed', () => {
  let workbench: Workbench;
  let chat: ChatPage;
  let review: Frame;
  let old: Record<string, string>;
  let made: Record<string, string>;
  /** The file with the most hunks. */
  let file: string;

  before(async () => {
    workbench = await openWorkbench();
    chat = await chatPage(workbench.page);
    await send('Create a users table with columns: name, email, status (as colored badge).', 1);
    old = texts();
    await send('Add search and pagination', 2);
    made = texts();
    const hunks = (name: string): number => lineDiff(made[name] ?? '', old[name] ?? '').length;
    file = Object.keys(made).reduce((most, name) => (hunks(name) > hunks(most) ? name : most));
    assert.ok(hunks(file) > 1, `${file} has too few hunks to choose from`);
  });
  after(() => workbench.close());

  async function send(prompt: string, receipts: number): Promise<void> {
    await chat.message.fill(prompt);
    await chat.send.click();
    await chat.receipts.nth(receipts - 1).waitFor({ timeout: 60_000 });
  }

  /** The files at the top of the workspace, by name. */
  function texts(): Record<string, string> {
    const names = readdirSync(workbench.workspace).filter((name) => /\.(html|css|js)$/.test(name));
    return Object.fromEntries(names.map((name) => [name, readFileSync(path.join(workbench.workspace, name), 'utf8')]));
  }

  function now(): string {
    return texts()[file] ?? '';
  }

  function button(name: string): Locator {
    return review.getByRole('button', { name, exact: true });
  }

  function bar(number: number): Locator {
    return review.getByRole('group', { name: new RegExp(`^Change ${number} of `) });
  }

  it('opens from the receipt with its first diff', async () => {
    await chat.button('Review').last().click();
    review = await frameWith(workbench.page, (frame) => frame.locator('tokenfare-review'));
    await review.locator('.file-list').getByRole('button', { name: file }).click();
    await bar(1).waitFor();
    await screenshot(workbench.page, 'review-opened');
  });

  it('undoes one hunk, tells the chat, and redoes it', async () => {
    await bar(1).getByRole('button', { name: 'Undo', exact: true }).click();
    const [fresh, earlier] = [made[file] ?? '', old[file] ?? ''];
    const first = lineDiff(fresh, earlier).map((_, index) => takeHunks(fresh, earlier, [index]));
    await eventually(() => {
      assert.ok(first.includes(now()), 'not one hunk is undone');
    });
    await review.locator('.file-list').getByText('partly undone').waitFor();
    await chat.frame.getByText('Rolled back 1 file.').first().waitFor();
    await screenshot(workbench.page, 'review-one-hunk');
    await button('Redo').click();
    await eventually(() => {
      assert.equal(now(), made[file]);
    });
    await review.locator('.file-list').getByText('partly undone').waitFor({ state: 'detached' });
  });

  it('undoes a file whole and redoes it', async () => {
    await button('Undo file').click();
    await eventually(() => {
      assert.equal(now(), old[file]);
    });
    await review.locator('.file-list').getByText('undone').waitFor();
    await button('Redo').click();
    await eventually(() => {
      assert.equal(now(), made[file]);
    });
    await review.locator('.file-list').getByText('undone').waitFor({ state: 'detached' });
    await review.locator('.file-list').getByRole('button', { name: file }).click();
  });

  it('follows an edit of the person, and asks where an undo would overlap it before anything is written', async () => {
    const [hunk] = lineDiff(made[file] ?? '', old[file] ?? '');
    const lines = linesOf(made[file] ?? '');
    const mine = 'mine, on the same line\n';
    lines[hunk?.oldStart ?? 0] = mine;
    writeFileSync(path.join(workbench.workspace, file), lines.join(''));
    await review.getByText('Also edited since').waitFor();
    await button('Undo file').click();
    await review.getByText('Nothing is undone until you decide.').waitFor();
    assert.equal(now(), lines.join(''));
    await screenshot(workbench.page, 'review-deciding');
    await review.getByRole('radio', { name: /^Take the old/ }).check();
    await button('Undo like this').click();
    const merge = mergeRollback(old[file] ?? '', made[file] ?? '', lines.join(''));
    const taken = merge.kind === 'conflict' ? resolveConflict(merge, () => 'old') : null;
    assert.equal(taken?.includes(mine), false);
    await eventually(() => {
      assert.equal(now(), taken);
    });
    await button('Redo').click();
    await eventually(() => {
      assert.equal(now(), lines.join(''));
    });
  });

  it('keeps all, and the chat says so', async () => {
    await button('Keep all').click();
    // Of each file, until it is said of all of them at once.
    await chat.frame.getByText('Kept', { exact: true }).first().waitFor();
    await button('Keep all').waitFor({ state: 'detached' });
    await screenshot(workbench.page, 'review-kept');
  });

  it('opens by its command, and comes back after a reload of the window', async () => {
    await workbench.page.locator('.tab', { hasText: 'Review' }).first().click();
    await workbench.page.keyboard.press('Control+F4');
    await runCommand(workbench.page, 'Tokenfare: Review Changes');
    review = await frameWith(workbench.page, (frame) => frame.locator('tokenfare-review .file-list'));
    await workbench.page.reload();
    review = await frameWith(workbench.page, (frame) => frame.locator('tokenfare-review .file-list'));
    await bar(1).waitFor();
  });
});
