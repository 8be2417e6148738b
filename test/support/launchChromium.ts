import { chromium, type Browser } from 'playwright-core';
import { findChromium } from '../../scripts/findChromium.ts';

/** A browser without a sandbox, which root is not given, and without anything that looks for a network. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({ executablePath: findChromium(), args: [...BROWSER_ARGS] });
}

export const BROWSER_ARGS: readonly string[] = [
  ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
];
