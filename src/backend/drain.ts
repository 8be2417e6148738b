import type { Server } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { OpenCalls } from './generations/openCalls.ts';
import type { Activity } from './http/activity.ts';

/**
 * Ends a server within 10 s: takes nothing new, ends event streams at once, lets answers finish, and stops those that
 * take too long, charged for what was streamed.
 */
export async function drain(of: {
  server: Server;
  activity: Activity;
  openCalls: OpenCalls;
  ending: AbortController;
}): Promise<void> {
  const { server, activity, openCalls, ending } = of;
  ending.abort();
  server.close();
  server.closeIdleConnections();
  await withTimeout(Promise.all([activity.whenQuiet(), openCalls.allEnded()]), FINISH_MS);
  await withTimeout(openCalls.stopAll(), STOP_MS);
  server.closeAllConnections();
}

/** Together with a second for the rest under the 10 s that are promised. */
const FINISH_MS = 6_500;
const STOP_MS = 2_000;

async function withTimeout(done: Promise<unknown>, ms: number): Promise<void> {
  const over = new AbortController();
  await Promise.race([done, wait(ms, undefined, { signal: over.signal }).catch(() => undefined)]);
  over.abort();
}
