import type { BrowserContext, Frame } from 'playwright-core';

/** The browsers with a window of VS Code that are open now. */
export const openBrowsers = new Set<BrowserContext>();

/** What stands in them, page by page and frame by frame: a failure on another machine can be understood by it only. */
export async function textInBrowsers(): Promise<string> {
  const frames = [...openBrowsers].flatMap((browser) => browser.pages().flatMap((page) => page.frames()));
  const texts = await Promise.all(frames.map(textIn));
  return texts.filter((text) => text !== '').join('\n---\n');
}

async function textIn(frame: Frame): Promise<string> {
  // A frame that goes meanwhile, or never answers, has nothing to say.
  const text = await frame
    .locator('body')
    .innerText({ timeout: PATIENCE_MS })
    .catch(() => '');
  return text
    .replaceAll(/\s*\n\s*/g, '\n')
    .trim()
    .slice(-MAX_CHARACTERS);
}

const PATIENCE_MS = 2_000;
/** The end of a chat and the status bar stand last. */
const MAX_CHARACTERS = 2_500;
