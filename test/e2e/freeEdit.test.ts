import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { openWorkbench, runCommand, screenshot } from '../support/workbench.ts';
import type { Workbench } from '../support/workbench.ts';

describe('a free edit', () => {
  let workbench: Workbench;
  let chat: ChatPage;
  let styles: () => string;
  let original: string;

  before(async () => {
    workbench = await openWorkbench();
    styles = () => readFileSync(path.join(workbench.workspace, 'styles.css'), 'utf8');
    original = styles();
    chat = await chatPage(workbench.page);
  });

  after(() => workbench.close());

  it('is offered while typing, changes the stylesheet and costs nothing', async () => {
    await chat.message.fill('Change header to blue');
    await chat.button('Do it free').click();
    await eventually(() => {
      assert.notEqual(styles(), original);
    });
    const [lines, old] = [styles().split('\n'), original.split('\n')];
    const changed = lines.flatMap((line, at) => (line === old[at] ? [] : [line]));
    assert.equal(changed.length, 1, changed.join('\n'));
    assert.match(changed[0] ?? '', /background/);
    await chat.frame.getByText('0 tokens').first().waitFor();
    await screenshot(workbench.page, 'free-edit');
    const { balance } = await backendAccess(workbench.data).account();
    assert.equal(balance.available, 300_000);
    assert.equal((await backendAccess(workbench.data).generations()).generations.length, 0);
  });

  it('is one undo step in the editor', async () => {
    await workbench.page.locator('.tab', { hasText: 'styles.css' }).first().click();
    await workbench.page.locator('.monaco-editor .view-lines').first().click();
    await workbench.page.keyboard.press('Control+z');
    await runCommand(workbench.page, 'File: Save');
    await eventually(() => {
      assert.equal(styles(), original);
    });
  });
});
