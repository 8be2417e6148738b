import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findChromium, HEADLESS_SHELL } from './findChromium.ts';

/**
 * Has apt-get install the Chromium that tests start fastest, where this is Debian, we are root and it isn't there yet.
 * Where that fails any other one will do.
 * @throws Error with one line for people if there is none at all.
 */
export async function installChromium(say: (line: string) => void): Promise<void> {
  const isOurs = process.env.CHROME_PATH === undefined && process.getuid?.() === 0;
  if (isOurs && existsSync('/etc/debian_version') && !isPresent()) {
    say('Installing Chromium by apt-get (once)');
    const apt = `apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq ${HEADLESS_SHELL}`;
    const child = spawn('sh', ['-c', apt], { stdio: 'ignore', timeout: PATIENCE_MS });
    await new Promise((resolve) => child.on('close', resolve));
  }
  findChromium();
}

function isPresent(): boolean {
  try {
    return path.basename(findChromium()) === HEADLESS_SHELL;
  } catch {
    return false;
  }
}

/** As long as the checks take that run meanwhile: without a network it must not be waited for longer. */
const PATIENCE_MS = 3 * 60_000;
