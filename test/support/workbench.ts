import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Frame, Locator, Page } from 'playwright-core';
import { endBackend } from '../../scripts/endBackend.ts';
import { fetchVscodeServer } from '../../scripts/fetchVscodeServer.ts';
import { installVsix } from '../../scripts/installVsix.ts';
import { vsixPath } from '../../scripts/packageVsix.ts';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { eventually } from './eventually.ts';
import { startWindowBrowser, WINDOW_HOST } from './windowBrowser.ts';
import { twoRoots } from '../../scripts/twoRoots.ts';
import { startVscodeServer, type VscodeServer, type VscodeServerOptions } from '../../scripts/startVscodeServer.ts';

export interface WorkbenchOptions {
  /** `source` (the default) runs the checkout in development mode, `vsix` what `npm run package` made. */
  extension?: 'source' | 'vsix';
  /** Another extension's folder instead of the checkout; only with `source`. */
  extensionFolder?: string;
  /**
   * `sample` (the default) is a fresh copy of examples/, `roots` the same with a second folder in one workspace; `none`
   * opens no folder; else a folder, used as it is.
   */
  workspace?: 'sample' | 'roots' | 'none' | { folder: string };
  /** An existing data folder, to come back to an account; by default a fresh one that goes with the workbench. */
  data?: string;
  /** Written to the backend's config.json before anything starts. */
  config?: Record<string, unknown>;
  settings?: Record<string, unknown>;
  env?: Record<string, string>;
  /** A mocha suite to run inside the extension host instead of leaving the window to the test. */
  suite?: { entry: string; onExit(code: number): void; onLog(line: string): void };
}

/** A real VS Code in a real browser, with its own data, its own workspace and the extension in it. */
export interface Workbench {
  page: Page;
  /** The folder that is open, or where it would be. */
  workspace: string;
  /** The data folder of the embedded backend. */
  data: string;
  server: VscodeServer;
  /** A further window of the same user on the same VS Code server and data; `null` opens no folder. */
  openWindow(workspace?: string | null): Promise<Page>;
  /** Ends the browser, VS Code and the embedded backend, and removes what was made. */
  close(): Promise<void>;
}

/** Opens VS Code and resolves when its window is drawn. */
export async function openWorkbench(options: WorkbenchOptions = {}): Promise<Workbench> {
  const home = mkdtempSync(path.join(tmpdir(), 'tokenfare-'));
  const data = options.data ?? path.join(home, 'data');
  const workspace = prepareWorkspace(home, options.workspace ?? 'sample');
  mkdirSync(data, { recursive: true });
  if (options.config !== undefined) writeFileSync(path.join(data, 'config.json'), JSON.stringify(options.config));

  const serverOptions: VscodeServerOptions = {
    server: await fetchVscodeServer(console.error),
    dataDir: path.join(home, 'vscode'),
    env: { HOME: home, TOKENFARE_DATA: data, ...options.env },
    ...(options.settings === undefined ? {} : { settings: options.settings }),
  };
  if (options.extension === 'vsix') await installVsix(vsixPath, serverOptions);
  const server = await startVscodeServer(serverOptions);
  const browser = await startWindowBrowser(server.port, path.join(home, 'browser'), `${serverOptions.server}-browser`);
  const { context } = browser;
  context.setDefaultTimeout(WINDOW_TIMEOUT_MS);
  const url = (folder: string | undefined): string => workbenchUrl(folder, options);
  const openWindow = async (folder: string | undefined): Promise<Page> => {
    const page = await context.newPage();
    if (options.suite !== undefined) await exposeSuite(page, options.suite);
    await page.goto(url(folder));
    await page.locator('.monaco-workbench .part.statusbar').waitFor({ timeout: WINDOW_TIMEOUT_MS });
    return page;
  };
  const roots = options.workspace === 'roots' ? twoRoots(workspace) : workspace;
  const page = await openWindow(options.workspace === 'none' ? undefined : roots);
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    await endBackend(data);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  return { page, workspace, data, server, openWindow: (folder = workspace) => openWindow(folder ?? undefined), close };
}

/** The status bar item whose accessible label begins with `Tokenfare`. */
export function statusBarItem(page: Page): Locator {
  return page.locator('.statusbar-item a[aria-label^="Tokenfare"]');
}

/** Resolves when the status bar item says exactly that to a screen reader. */
export async function shownStatus(page: Page, label: string): Promise<void> {
  await statusBarItem(page)
    .and(page.locator(`[aria-label="${label}"]`))
    .waitFor();
}

/** What it says to somebody who has spent nothing. */
export const WHOLE_BALANCE = 'Tokenfare: 300.0 of 300 tokens left';

/** Runs a command by its title, as a person does: F1, the title, Enter. */
export function runCommand(page: Page, title: string): Promise<void> {
  return pickQuickly(page, `>${title}`, title);
}

/** Opens a file of the workspace by its name, as a person does: quick open, the name. The editor has the focus. */
export async function openFile(page: Page, name: string): Promise<void> {
  await pickQuickly(page, name, name);
  await page.locator('.editor-group-container.active .tab.active', { hasText: name }).waitFor();
  await page.locator('.editor-group-container.active .monaco-editor.focused').waitFor();
}

/** A row of the list that VS Code asks with: of files, models or chats. */
export function quickRow(page: Page, text: string | RegExp): Locator {
  return page.locator('.quick-input-list .monaco-list-row', { hasText: text });
}

async function pickQuickly(page: Page, typed: string, shown: string): Promise<void> {
  // A pointer over the list would open a hover over its rows.
  await page.mouse.move(0, 0);
  const input = page.locator('.quick-input-widget input');
  const row = quickRow(page, shown).first();
  // A key is lost while the focus goes from an editor that has just closed to the next one, and the list closes where a
  // page that has just opened takes the focus.
  await eventually(async () => {
    await page.keyboard.press('F1');
    await input.fill(typed, { timeout: VIEW_TIMEOUT_MS });
    await row.click({ timeout: VIEW_TIMEOUT_MS });
  }, WINDOW_TIMEOUT_MS);
}

/** Opens the chat by its icon in the activity bar and gives its frame once the composer is there. */
export async function openChat(page: Page): Promise<Frame> {
  const icon = page.locator('.activitybar a.action-label[aria-label^="Tokenfare"]');
  const title = page.locator('.sidebar .composite.title', { hasText: 'Tokenfare' });
  // A page behind another one draws nothing, its webviews least of all.
  await page.bringToFront();
  // A window that is still restoring its layout can swallow a click, and a second click would close the view again.
  await eventually(async () => {
    assert.deepEqual(await page.locator('.monaco-dialog-box').allInnerTexts(), [], 'a dialog stands before the window');
    if (!(await title.isVisible())) await icon.click({ timeout: VIEW_TIMEOUT_MS });
    await title.waitFor({ timeout: VIEW_TIMEOUT_MS });
  }, WINDOW_TIMEOUT_MS);
  return frameWith(page, (frame) => frame.getByRole('textbox', { name: 'Message', exact: true }));
}

/** The frame, however deep, in which that locator is attached: VS Code puts a webview two frames down. */
export function frameWith(page: Page, locate: (frame: Frame) => Locator): Promise<Frame> {
  return eventually(async () => {
    for (const frame of page.frames()) {
      // A frame that goes away while it is asked has nothing.
      const found = await locate(frame)
        .count()
        .catch(() => 0);
      if (found > 0) return frame;
    }
    throw new Error('No frame has what was asked for');
  }, WINDOW_TIMEOUT_MS);
}

/** Keeps a picture under test/e2e/screenshots/, which git ignores. */
export async function screenshot(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(projectRoot, 'test', 'e2e', 'screenshots', `${name}.png`) });
}

/** How long a window may take on a cold and busy machine. */
const WINDOW_TIMEOUT_MS = 60_000;
/** How long a clicked view may take to show its title. */
const VIEW_TIMEOUT_MS = 5_000;

function prepareWorkspace(home: string, workspace: NonNullable<WorkbenchOptions['workspace']>): string {
  if (typeof workspace === 'object') return workspace.folder;
  const folder = path.join(home, 'workspace');
  const sample = path.join(projectRoot, 'examples');
  if (workspace !== 'none' && existsSync(sample)) cpSync(sample, folder, { recursive: true });
  else mkdirSync(folder);
  return folder;
}

function workbenchUrl(folder: string | undefined, options: WorkbenchOptions): string {
  const remote = `vscode-remote://${WINDOW_HOST}`;
  const payload = [['skipWelcome', 'true']];
  if (options.extension !== 'vsix') {
    payload.push(['extensionDevelopmentPath', `${remote}${options.extensionFolder ?? projectRoot}`]);
  }
  if (options.suite !== undefined) payload.push(['extensionTestsPath', `${remote}${options.suite.entry}`]);
  const url = new URL(`http://${WINDOW_HOST}/`);
  if (folder === undefined) url.searchParams.set('ew', 'true');
  else url.searchParams.set(folder.endsWith('.code-workspace') ? 'workspace' : 'folder', folder);
  url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

async function exposeSuite(page: Page, suite: NonNullable<WorkbenchOptions['suite']>): Promise<void> {
  await page.exposeFunction('codeAutomationLog', (type: string, args: unknown[]) => {
    suite.onLog(`[${type}] ${args.map(String).join(' ')}`);
  });
  await page.exposeFunction('codeAutomationExit', (code: number) => {
    suite.onExit(code);
  });
}
