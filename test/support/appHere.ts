import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { pino } from 'pino';
import { startApp } from '../../src/backend/app.ts';
import { loadConfig } from '../../src/backend/config.ts';
import { createBuilder } from '../../src/backend/models/builder/builder.ts';
import { configuredStripe } from '../../src/backend/payments/configuredStripe.ts';
import { StripePayments } from '../../src/backend/payments/stripePayments.ts';
import { createAppStore } from '../../src/backend/publications/createAppStore.ts';

const KEY = 'the-owner';
const backend = new URL('../../src/backend/', import.meta.url);

/** The whole backend inside the test's own process, over HTTP: what a process of its own is not needed for. */
export async function appHere({ payments, dataDir = newFolder() }: AppHereOptions): Promise<AppHere> {
  const { environment } = payments;
  const config = { ...loadConfig(undefined, {}), payments: payments.config };
  const stripe = configuredStripe(config.payments, environment);
  const lines: string[] = [];
  const app = await startApp({
    ...{ config, dataDir, localKey: KEY, host: '127.0.0.1', port: 0, clock: Date.now, oidc: null },
    upstreams: [createBuilder({ pause: (ms, signal) => wait(ms, undefined, { signal }), now: Date.now })],
    appStore: createAppStore(config.publishing, { dataDir, environment }),
    createPayments: stripe && ((deps) => new StripePayments({ ...stripe, ...deps })),
    sqliteProgram: new URL('database/sqlite.worker.ts', backend),
    pagesFolder: new URL('../../dist/webview/', backend),
    log: pino({}, { write: (line) => lines.push(line) }),
  });
  const request: AppHere['request'] = (route, { json, ...init } = {}) =>
    fetch(app.url + route, {
      ...init,
      headers: { authorization: `Bearer ${KEY}` },
      ...(json === undefined ? {} : { method: 'POST', body: JSON.stringify(json) }),
    });
  return {
    ...{ url: app.url, dataDir, request, log: () => lines.join('') },
    json: async (route, init) => (await request(route, init)).json() as Promise<unknown>,
    close: () => app.close(),
    dispose: async () => {
      await app.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

export interface AppHereOptions {
  readonly payments: {
    readonly config: ReturnType<typeof loadConfig>['payments'];
    readonly environment: Readonly<Record<string, string>>;
  };
  readonly dataDir?: string;
}

export interface AppHere {
  readonly url: string;
  readonly dataDir: string;
  /** What it has logged. */
  readonly log: () => string;
  /** `json` makes it a POST with that body. */
  request(route: string, init?: { json?: unknown; method?: string }): Promise<Response>;
  json(route: string, init?: { json?: unknown }): Promise<unknown>;
  /** Ends it, and leaves its folder for another. */
  close(): Promise<void>;
  dispose(): Promise<void>;
}

function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'tokenfare-here-'));
}
