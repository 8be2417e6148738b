import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { proveLedger } from './proveLedger.ts';
import { configFile, runAdmin, startBackend, type TestBackend } from './startBackend.ts';

/** Several backends on one PostgreSQL, with one account that all of them serve. */
export async function startFleet(size: number, config: Record<string, unknown>): Promise<Fleet> {
  const all = { ollama: { discover: false }, auth: { mode: 'keys' }, ...config };
  // As on one machine with the usual settings: one folder for all, in which nothing of theirs is.
  const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-fleet-'));
  writeFileSync(configFile(folder), JSON.stringify(all));
  const created = await runAdmin(
    folder,
    ['accounts', 'create', '--email', 'ann@example.com', '--json'],
    configFile(folder),
  );
  if (created.code !== 0) throw new Error(created.stderr);
  const { id, key } = JSON.parse(created.stdout) as { id: string; key: string };
  const backends = await Promise.all(
    Array.from({ length: size }, () => startBackend({ dataDir: folder, config: all, key })),
  );
  return {
    accountId: id,
    backends,
    admin: (args) => runAdmin(folder, args, configFile(folder)),
    dispose: async () => {
      await Promise.all(backends.map((backend) => backend.end('SIGTERM')));
      await proveLedger(all, folder).finally(() => {
        rmSync(folder, { recursive: true, force: true });
      });
    },
  };
}

export interface Fleet {
  readonly accountId: string;
  readonly backends: readonly TestBackend[];
  admin(args: readonly string[]): ReturnType<typeof runAdmin>;
  /** Ends them all and proves their ledger. */
  dispose(): Promise<void>;
}
