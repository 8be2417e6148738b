import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chromium, type BrowserContext } from 'playwright-core';
import { findChromium } from '../../scripts/findChromium.ts';
import { BROWSER_ARGS } from './launchChromium.ts';
import { openBrowsers } from './openBrowsers.ts';

/** A browser of its own for one VS Code, which has what earlier ones read and compiled of VS Code's pages. */
export interface WindowBrowser {
  readonly context: BrowserContext;
  /** Ends it; the first ones leave to later ones what they have read and compiled. */
  close(): Promise<void>;
}

/**
 * Starts one for the VS Code server at `port` of this machine, which it sees at WINDOW_HOST: what it keeps goes by the
 * address. `profile` is a folder to be made; `kept` is where it finds and leaves what outlives it.
 */
export async function startWindowBrowser(port: number, profile: string, kept: string): Promise<WindowBrowser> {
  const latest = GENERATIONS.findLast((generation) => existsSync(path.join(kept, generation)));
  if (latest !== undefined) cpSync(path.join(kept, latest), path.join(profile, 'Default'), { recursive: true });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: findChromium(),
    args: [...BROWSER_ARGS, `--host-resolver-rules=MAP ${WINDOW_HOST}:80 127.0.0.1:${String(port)}`],
    viewport: { width: 1440, height: 900 },
    reducedMotion: 'reduce',
  });
  openBrowsers.add(context);
  const close = async (): Promise<void> => {
    openBrowsers.delete(context);
    await context.close();
    const next = GENERATIONS[latest === undefined ? 0 : GENERATIONS.indexOf(latest) + 1];
    if (next !== undefined) keep(profile, path.join(kept, next));
  };
  return { context, close };
}

/** What a browser reads from its cache it compiles for keeps: the second generation has that as well. */
const GENERATIONS = ['first', 'second'];
const KEPT = ['Cache', 'Code Cache'];
/** Browsers take every name under `localhost` for this machine, and for as safe as it is. */
export const WINDOW_HOST = 'vscode.localhost';

/** Copies beside it first, so that nobody finds half of it; another browser may have been sooner. */
function keep(profile: string, place: string): void {
  if (existsSync(place)) return;
  const copy = `${place}-${String(process.pid)}`;
  mkdirSync(copy, { recursive: true });
  for (const name of KEPT) cpSync(path.join(profile, 'Default', name), path.join(copy, name), { recursive: true });
  try {
    renameSync(copy, place);
  } catch {
    rmSync(copy, { recursive: true });
  }
}
