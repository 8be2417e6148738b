import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { packageVsix } from '../scripts/packageVsix.ts';
import { chatPage } from '../test/support/chat.ts';
import {
  frameWith,
  openChat,
  openWorkbench,
  runCommand,
  statusBarItem,
  type Workbench,
  type WorkbenchOptions,
} from '../test/support/workbench.ts';

// What the extension costs a real VS Code: its activation as VS Code itself measures it, the memory of the extension
// host beside one with an extension that does nothing, and how soon its view can be used.

/** Until a window has done what it does at its start, and its memory stays. */
const SETTLE_MS = 15_000;
const OPENINGS = 5;
/** The answer of the embedded model, which makes a page of some hundred lines. */
const ANSWER_MS = 60_000;

await packageVsix();
const empty = emptyExtension();
const without = await inWindow({ extensionFolder: empty }, hostBytes);
rmSync(empty, { recursive: true });
await inWindow({ extension: 'vsix' }, async (workbench) => {
  const { page } = workbench;
  figure('memory added to the extension host', (await hostBytes(workbench)) - without, 'bytes');
  figure('activation', await activation(page), 'ms');
  figure('from the icon to a usable composer, warm, p50', await opening(page), 'ms');
  const [first = Number.NaN, ...later] = await reviews(page);
  figure('from Review to the first diff, first time', first, 'ms');
  figure('from Review to the first diff, p50', median(later), 'ms');
});

async function inWindow<T>(options: WorkbenchOptions, measure: (workbench: Workbench) => Promise<T>): Promise<T> {
  const workbench = await openWorkbench(options);
  try {
    if (options.extension === 'vsix') await statusBarItem(workbench.page).waitFor();
    await wait(SETTLE_MS);
    return await measure(workbench);
  } finally {
    await workbench.close();
  }
}

/** As *Show Running Extensions* says. */
async function activation(page: Page): Promise<number> {
  await runCommand(page, 'Developer: Show Running Extensions');
  const row = page.locator('.runtime-extensions-editor .monaco-list-row', { hasText: 'Tokenfare' });
  const [, ms] = /(\d+)\s?ms/.exec(await row.innerText()) ?? [];
  await page.keyboard.press('Escape');
  await row.waitFor({ state: 'hidden' });
  return Number(ms);
}

/** The side bar is closed and opened again; the first time is not counted. */
async function opening(page: Page): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= OPENINGS; round += 1) {
    const started = performance.now();
    const frame = await openChat(page);
    await frame.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
    if (round > 0) times.push(performance.now() - started);
    await page.keyboard.press('Control+b');
    await page.locator('.sidebar .composite.title', { hasText: 'Tokenfare' }).waitFor({ state: 'hidden' });
  }
  return median(times);
}

/** An answer is written, and its review opened and closed again, from the press to the first diff with its buttons. */
async function reviews(page: Page): Promise<number[]> {
  const chat = await chatPage(page);
  await chat.message.fill('Create a users table with columns: name, email, status (as colored badge).');
  await chat.send.click();
  await chat.receipts.first().waitFor({ timeout: ANSWER_MS });
  await wait(SETTLE_MS);
  const times: number[] = [];
  for (let round = 0; round <= OPENINGS; round += 1) {
    const started = performance.now();
    await chat.button('Review').last().click();
    const review = await frameWith(page, (frame) => frame.locator('tokenfare-review .hunk-bar'));
    await review.locator('.modified-in-monaco-diff-editor .view-line').first().waitFor();
    times.push(performance.now() - started);
    const tab = page.locator('.tab', { hasText: 'Review' });
    await tab.click({ button: 'middle' });
    await tab.waitFor({ state: 'detached' });
  }
  return times;
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[values.length >> 1] ?? Number.NaN;
}

/** What the window's extension host has for itself alone, as Linux tells it. */
function hostBytes({ server }: Workbench): Promise<number> {
  const host = readdirSync('/proc').find((name) => /^\d+$/.test(name) && isExtensionHost(name, server.pid));
  const rollup = readFileSync(`/proc/${host ?? 'no host'}/smaps_rollup`, 'utf8');
  const kilobytes = [...rollup.matchAll(/^Private_\w+:\s+(\d+) kB$/gm)].map(([, amount]) => Number(amount));
  return Promise.resolve(kilobytes.reduce((sum, amount) => sum + amount, 0) * 1_024);
}

/** It is in the process group of its server; processes come and go while one looks. */
function isExtensionHost(pid: string, group: number): boolean {
  try {
    const [, , processGroup] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
    return (
      Number(processGroup) === group && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--type=extensionHost')
    );
  } catch {
    return false;
  }
}

function emptyExtension(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-empty-'));
  const manifest = { name: 'empty', publisher: 'empty', version: '0.0.1', engines: { vscode: '*' } };
  const activates = { activationEvents: ['onStartupFinished'], main: './main.js' };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, ...activates }));
  writeFileSync(path.join(folder, 'main.js'), 'exports.activate = () => undefined;\n');
  return folder;
}

function figure(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'window', metric, value: Math.round(value), unit }));
}
