import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Frame, Page } from 'playwright-core';
import { packageVsix } from '../scripts/packageVsix.ts';
import { chatPage } from '../test/support/chat.ts';
import { eventually } from '../test/support/eventually.ts';
import {
  frameWith,
  openChat,
  openWorkbench,
  statusBarItem,
  type Workbench,
  type WorkbenchOptions,
} from '../test/support/workbench.ts';
import { activationProbe, type Activation, type Blocks } from './window/activationProbe.ts';

// What the extension costs a real VS Code: its activation as VS Code itself measures it, the memory of the extension
// host beside one with an extension that does nothing, and how soon its view can be used.

/** Until a window has done what it does at its start, and its memory stays. */
const SETTLE_MS = 15_000;
const OPENINGS = 5;
const STARTS = 3;
/** Until the probe has measured, on a busy machine. */
const REPORT_MS = 90_000;
/** Also until a chat is whole on a busy machine. */
const BETWEEN_OPENINGS_MS = 3_000;
/** As long as a working day's. */
const LONG_CHAT = 50;
/** The answer of the embedded model, which makes a page of some hundred lines. */
const ANSWER_MS = 60_000;

await packageVsix();
const empty = emptyExtension();
const without = await inWindow({ extensionFolder: empty }, hostBytes);
rmSync(empty, { recursive: true });
await measureActivation();
await inWindow({ extension: 'vsix' }, async (workbench) => {
  const { page } = workbench;
  figure('memory added to the extension host', (await hostBytes(workbench)) - without, 'bytes');
  await writeLongChat(workbench);
  const openings = await measureOpenings(page);
  const [composers, wholes] = [openings.map(({ composer }) => composer), openings.map(({ whole }) => whole)];
  figure(`from the icon to a usable composer, ${LONG_CHAT} messages, warm, p50`, median(composers), 'ms');
  figure(`from the icon until all ${LONG_CHAT} messages are there, warm, p50`, median(wholes), 'ms');
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

/** On an idle host, as often as the median needs: what the host does of its own accord meanwhile counts too. */
async function measureActivation(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-probe-'));
  const report = path.join(folder, 'report.json');
  const options = { extensionFolder: activationProbe(folder), env: { PROBE_REPORT: report } };
  const found: (Activation & { readonly opening: Blocks })[] = [];
  for (let round = 0; round < STARTS; round += 1) {
    found.push(
      await inWindow(options, async ({ page }) => {
        const activation = await read<Activation>(report);
        await openChat(page);
        await wait(BETWEEN_OPENINGS_MS);
        const opening = await read<Blocks>(`${report}.blocks`);
        return { ...activation, opening };
      }),
    );
    rmSync(report);
  }
  rmSync(folder, { recursive: true });
  figure('activate() on an idle host, p50', median(found.map(({ activate }) => activate)), 'ms');
  figure('activate() on an idle host, CPU, p50', median(found.map(({ activateComputed }) => activateComputed)), 'ms');
  figure('longest block of the host by activation, p50', median(found.map(({ longest }) => longest)), 'ms');
  figure('longest block of the host by activation, CPU, p50', median(found.map(({ computed }) => computed)), 'ms');
  figure('longest block of the host by the chat, p50', median(found.map(({ opening }) => opening.longest)), 'ms');
  figure('longest block of the host by the chat, CPU, p50', median(found.map(({ opening }) => opening.computed)), 'ms');
}

/** What the probe has noted, once it has. */
function read<T>(report: string): Promise<T> {
  return eventually(() => JSON.parse(readFileSync(report, 'utf8')) as T, REPORT_MS);
}

/** Has one message answered, and its chat made as long as people's are while no window has it. */
async function writeLongChat({ page, data }: Workbench): Promise<void> {
  const chat = await chatPage(page);
  await chat.message.fill('Create a users table with columns: name, email, status (as colored badge).');
  await chat.send.click();
  await chat.receipts.first().waitFor({ timeout: ANSWER_MS });
  await page.addInitScript(watchOpening, LONG_CHAT);
  const address = page.url();
  await page.goto('about:blank');
  await wait(SETTLE_MS);
  const [file = 'no chat'] = globSync(path.join(data, '../vscode/data/User/workspaceStorage/*/*/chat/sessions/*.json'));
  const state = JSON.parse(readFileSync(file, 'utf8')) as { thread: { messages: { id: string }[] } };
  const { messages } = state.thread;
  const earlier = Array.from({ length: LONG_CHAT / messages.length - 1 }, (_, at) =>
    messages.map((message) => ({ ...message, id: `${message.id}-${String(at)}` })),
  );
  writeFileSync(
    file,
    JSON.stringify({ ...state, thread: { ...state.thread, messages: [...earlier.flat(), ...messages] } }),
  );
  await page.goto(address);
  await statusBarItem(page).waitFor();
  await wait(SETTLE_MS);
}

/** The side bar is closed and opened again; the first time is not counted. By the browser's own clock. */
async function measureOpenings(page: Page): Promise<{ composer: number; whole: number }[]> {
  const title = page.locator('.sidebar .composite.title', { hasText: 'Tokenfare' });
  const times: { composer: number; whole: number }[] = [];
  for (let round = 0; round <= OPENINGS; round += 1) {
    if (await title.isVisible()) await page.keyboard.press('Control+b');
    await title.waitFor({ state: 'hidden' });
    const around = (await openChat(page)).parentFrame();
    await wait(BETWEEN_OPENINGS_MS);
    const pressed = await markedAt(page, 'pressed');
    const since = async (mark: string): Promise<number> => (around ? await markedAt(around, mark) : NaN) - pressed;
    if (round > 0) times.push({ composer: await since('composer'), whole: await since('whole') });
  }
  return times;
}

/** When the latest mark of this name was set, in milliseconds of the clock that all frames have. */
function markedAt(frame: Page | Frame, name: string): Promise<number> {
  return frame.evaluate((mark) => {
    const latest = performance.getEntriesByName(mark).at(-1);
    return performance.timeOrigin + (latest?.startTime ?? Number.NaN);
  }, name);
}

/** Runs in every document: marks when a button is pressed, and in the frame around a page when that can be used. */
function watchOpening(messages: number): void {
  addEventListener('pointerdown', () => performance.mark('pressed'), true);
  const marked = (mark: string): boolean => performance.getEntriesByName(mark).length > 0;
  const look = (): void => {
    const frame = [...document.querySelectorAll('iframe')].find(({ style }) => style.visibility !== 'hidden');
    const page = frame?.contentDocument;
    const box = page?.querySelector('textarea');
    if (box?.checkVisibility() === true && !box.disabled && !marked('composer')) performance.mark('composer');
    if (page?.querySelectorAll('tokenfare-message article').length === messages) performance.mark('whole');
    else requestAnimationFrame(look);
  };
  if (window !== top) look();
}

/** The last answer's review is opened and closed again, from the press to the first diff with its buttons. */
async function reviews(page: Page): Promise<number[]> {
  const chat = await chatPage(page);
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
  const manifest = { name: 'empty', publisher: 'empty', version: '0.0.1', engines: { vscode: '^1.125.0' } };
  const activates = { activationEvents: ['onStartupFinished'], main: './main.js' };
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ ...manifest, ...activates }));
  writeFileSync(path.join(folder, 'main.js'), 'exports.activate = () => undefined;\n');
  return folder;
}

function figure(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'window', metric, value: Math.round(value), unit }));
}
