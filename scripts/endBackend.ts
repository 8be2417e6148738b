import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setInterval } from 'node:timers/promises';
import { isRunning } from './isRunning.ts';

/**
 * Ends the embedded backend of that data folder, which outlives its windows by design, and resolves when it is gone.
 * One that does not drain in time is killed.
 */
export async function endBackend(data: string): Promise<void> {
  const pid = backendPid(data);
  if (pid === undefined || !isRunning(pid)) return;
  process.kill(pid, 'SIGTERM');
  const end = performance.now() + DRAIN_LIMIT_MS;
  for await (const _ of setInterval(POLL_MS)) {
    if (!isRunning(pid)) return;
    if (performance.now() > end) {
      process.kill(pid, 'SIGKILL');
      return;
    }
  }
}

/** The process that the discovery file of that data folder names. */
export function backendPid(data: string): number | undefined {
  try {
    const discovery: unknown = JSON.parse(readFileSync(path.join(data, 'backend.json'), 'utf8'));
    const pid = typeof discovery === 'object' && discovery !== null && 'pid' in discovery ? discovery.pid : undefined;
    return typeof pid === 'number' ? pid : undefined;
  } catch {
    return undefined;
  }
}

/** A backend promises to drain within 10 s. */
const DRAIN_LIMIT_MS = 11_000;
const POLL_MS = 50;
