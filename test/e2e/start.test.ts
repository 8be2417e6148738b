import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, Page } from 'playwright-core';
import { backendPid } from '../../scripts/endBackend.ts';
import { isRunning } from '../../scripts/isRunning.ts';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { eventually } from '../support/eventually.ts';
import { launchChromium } from '../support/launchChromium.ts';
import { openChat, screenshot, shownStatus, WHOLE_BALANCE } from '../support/workbench.ts';

describe('npm start', () => {
  let data: string;
  let start: ChildProcess;
  let browser: Browser;
  let page: Page;
  let url: string;

  before(async () => {
    data = mkdtempSync(path.join(tmpdir(), 'tokenfare-start-'));
    const launch = path.join(projectRoot, 'scripts', 'launch.mjs');
    start = spawn(process.execPath, [launch, 'start', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] });
    assert.ok(start.stdout);
    const lines: unknown[] = await once(createInterface(start.stdout), 'line');
    url = /^Open (http:\/\/127\.0\.0\.1:\d+\/\?tkn=\w{32})$/.exec(String(lines[0]))?.[1] ?? '';
    browser = await launchChromium();
    page = await browser.newPage();
  });

  after(async () => {
    await browser.close();
    if (start.exitCode === null) {
      start.kill('SIGTERM');
      await once(start, 'exit');
    }
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  });

  it('prints a link that opens the sample workspace with the extension in it', async () => {
    await page.goto(url);
    await shownStatus(page, WHOLE_BALANCE);
    await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor();
    assert.ok(existsSync(path.join(data, 'workspace')));
    await openChat(page);
    await screenshot(page, 'start');
  });

  it('lets nobody in without the token', async () => {
    const answer = await fetch(new URL('/', url));
    assert.equal(answer.status, 403);
  });

  it('ends everything that it started', async () => {
    const backend = backendPid(data);
    assert.ok(backend !== undefined && isRunning(backend));
    start.kill('SIGINT');
    const [code] = (await once(start, 'exit')) as [number | null];
    assert.equal(code, 0);
    await assert.rejects(fetch(url));
    await eventually(() => {
      assert.ok(!isRunning(backend));
    });
  });
});
