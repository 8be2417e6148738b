import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findChromium, HEADLESS_SHELL } from './findChromium.ts';

/**
 * Has apt-get install the Chromium that tests start fastest, where this is Debian, we are root and it isn't there yet.
 * Where that can't be had any other one will do.
 * @throws Error with one line for people if there is none at all.
 */
export async function installChromium(say: (line: string) => void): Promise<void> {
  const isOurs = (process.env.CHROME_PATH ?? '') === '' && process.getuid?.() === 0;
  const present = presentChromium();
  if (isOurs && existsSync('/etc/debian_version') && path.basename(present ?? '') !== HEADLESS_SHELL) {
    say('Installing Chromium by apt-get (once)');
    const install = 'DEBIAN_FRONTEND=noninteractive apt-get install -y -qq';
    const orAnother = present === undefined ? ` || ${install} chromium` : '';
    const apt = `apt-get update -qq && ${install} ${HEADLESS_SHELL}${orAnother}`;
    const timeout = present === undefined ? LONGEST_MS : PATIENCE_MS;
    const child = spawn('sh', ['-c', apt], { stdio: 'ignore', timeout });
    await new Promise((resolve) => child.on('close', resolve));
  }
  findChromium();
}

function presentChromium(): string | undefined {
  try {
    return findChromium();
  } catch {
    return undefined;
  }
}

/** As long as the checks take that run meanwhile: where there is another one it must not be waited for longer. */
const PATIENCE_MS = 3 * 60_000;
/** Where there is none, no window can be tested without it: a slow network is waited for, a dead one not for ever. */
const LONGEST_MS = 10 * 60_000;
