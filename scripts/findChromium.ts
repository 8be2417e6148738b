import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import path from 'node:path';

/**
 * The path of a Chromium or Chrome: what CHROME_PATH says, else one that is installed, else one that apt-get installs
 * where this is Debian and we are root.
 * @throws Error with one line for people if none can be had.
 */
export function findChromium(say: (line: string) => void): string {
  const told = process.env.CHROME_PATH;
  if (told !== undefined && told !== '') {
    if (existsSync(told)) return told;
    throw new Error(`CHROME_PATH names ${told}, which does not exist.`);
  }
  const present = installedChromium();
  if (present !== undefined) return present;
  if (existsSync('/etc/debian_version') && process.getuid?.() === 0) {
    say('Installing Chromium by apt-get (once)');
    const apt = 'apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium';
    spawnSync('sh', ['-c', apt], { stdio: 'ignore' });
    const installed = installedChromium();
    if (installed !== undefined) return installed;
  }
  throw new Error('No Chromium found. Install Chromium or Chrome, or set CHROME_PATH to one.');
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

function installedChromium(): string | undefined {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const onPath = folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name)));
  return [...onPath, ...PLACES].find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
