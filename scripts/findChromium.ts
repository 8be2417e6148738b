import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The path of a Chromium or Chrome: what CHROME_PATH says, else one that is installed, the one without a window of its
 * own before the others.
 * @throws Error with one line for people if there is none.
 */
export function findChromium(): string {
  const told = process.env.CHROME_PATH;
  if (told !== undefined && told !== '') {
    if (existsSync(told)) return told;
    throw new Error(`CHROME_PATH names ${told}, which does not exist.`);
  }
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const onPath = NAMES.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const present = [...onPath, ...PLACES].find(isExecutable);
  if (present === undefined)
    throw new Error('No Chromium found. Install Chromium or Chrome, or set CHROME_PATH to one.');
  return present;
}

/** Starts with half the work of a browser that could show itself; Debian's name for it. */
export const HEADLESS_SHELL = 'chromium-headless-shell';

const NAMES = [HEADLESS_SHELL, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
