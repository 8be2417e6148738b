import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { backendPid } from '../../scripts/endBackend.ts';
import { formatBalance } from '../../src/core/formatTokens.ts';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { told } from '../support/told.ts';
import { openUpstreamWorkbench, UPSTREAM_MODEL, type UpstreamWorkbench } from '../support/upstreamWorkbench.ts';
import { runCommand, screenshot, statusBarItem, WHOLE_BALANCE } from '../support/workbench.ts';

describe('a second window', () => {
  let workbench: UpstreamWorkbench;
  let windows: Page[];

  before(async () => {
    workbench = await openUpstreamWorkbench({ settings: { 'tokenfare.budget.perDay': 4 } });
    windows = [workbench.page, await workbench.openWindow()];
    await bothShow(WHOLE_BALANCE);
  });

  after(() => workbench.close());

  it('shares one backend with the first', async () => {
    // One that came second may still be on its way out.
    await eventually(() => assert.equal(backends().length, 1, backends().join('\n')));
  });

  it('shows the same balance as soon as the first one is charged', async () => {
    workbench.upstream.next({ text: ['Yes.'], usage: { prompt: 4_000, completion: 2_000 } });
    await workbench.page.bringToFront();
    const chat = await chatPage(workbench.page);
    await chat.message.fill('Is it so?');
    await chat.send.click();
    await chat.receipts.first().waitFor();
    await bothShowTheBalance();
    await windows[1]?.bringToFront();
    if (windows[1]) await screenshot(windows[1], 'second-window');
  });

  it('has what runs in the first one set aside of the budget of the day', async () => {
    const [first, second] = windows;
    assert.ok(first && second);
    const asks = await chatPage(first);
    const answered = await asks.receipts.count();
    const waits = await chatPage(second);
    const isSetAside = waits.frame.getByText('The rest of your budget for today is set aside');
    const until = Promise.withResolvers<undefined>();
    workbench.upstream.next({ text: ['Slowly.'], afterPiece: () => until.promise });
    await asks.message.fill('And slowly?');
    await asks.send.click();
    await isSetAside.waitFor();
    await screenshot(second, 'second-window-budget');
    until.resolve(undefined);
    await asks.receipts.nth(answered).waitFor();
    await isSetAside.waitFor({ state: 'detached' });
  });

  it('lists the chats of both, and leaves each with the window that shows it', async () => {
    const [, second] = windows;
    assert.ok(second);
    await runCommand(second, 'Tokenfare: Chat History…');
    const row = second.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Is it so?' });
    await row.waitFor();
    await screenshot(second, 'second-window-history');
    await row.click();
    await told(second, 'This chat is open in another window. A copy goes its own way.');
  });

  it('finds the one new backend, like the first, when the old one is killed', async () => {
    const { data } = workbench;
    const killed = backendPid(data);
    assert.ok(killed !== undefined);
    process.kill(killed, 'SIGKILL');
    await eventually(() => {
      const pid = backendPid(data);
      assert.ok(pid !== undefined && pid !== killed);
    }, 30_000);
    await eventually(async () => {
      await backendAccess(data).complete(UPSTREAM_MODEL.id, 'Are you there?');
    }, 30_000);
    await bothShowTheBalance();
    assert.equal(backends().length, 1, backends().join('\n'));
  });

  async function bothShowTheBalance(): Promise<void> {
    const { balance } = await backendAccess(workbench.data).account();
    assert.ok(balance.available < 300_000 && balance.held === 0);
    await bothShow(`Tokenfare: ${formatBalance(balance.available, 'en')} of 300 tokens left`);
  }

  async function bothShow(label: string): Promise<void> {
    // The page behind draws nothing, so what it holds is read, not awaited.
    await eventually(async () => {
      const shown = await Promise.all(windows.map((page) => statusBarItem(page).getAttribute('aria-label')));
      assert.deepEqual(shown, [label, label]);
    }, 30_000);
  }

  /** The command lines of all backends on this data folder. */
  function backends(): string[] {
    const processes = execFileSync('ps', ['-eo', 'pid,args', '-ww'], { encoding: 'utf8' }).split('\n');
    return processes.filter((line) => line.includes('backend.js') && line.includes(workbench.data));
  }
});
