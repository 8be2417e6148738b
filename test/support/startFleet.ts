import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { configFile, runAdmin, startBackend, type TestBackend } from './startBackend.ts';

/** Several backends on one PostgreSQL, with one account that all of them serve. */
export async function startFleet(size: number, config: Record<string, unknown>): Promise<Fleet> {
  const all = { ollama: { discover: false }, auth: { mode: 'keys' }, ...config };
  const folders = Array.from({ length: size }, () => mkdtempSync(path.join(tmpdir(), 'tokenfare-fleet-')));
  const [first = ''] = folders;
  writeFileSync(configFile(first), JSON.stringify(all));
  const created = await runAdmin(
    first,
    ['accounts', 'create', '--email', 'ann@example.com', '--json'],
    configFile(first),
  );
  if (created.code !== 0) throw new Error(created.stderr);
  const { id, key } = JSON.parse(created.stdout) as { id: string; key: string };
  const backends = await Promise.all(folders.map((dataDir) => startBackend({ dataDir, config: all, key })));
  return {
    accountId: id,
    backends,
    admin: (args) => runAdmin(first, args, configFile(first)),
    dispose: async () => {
      await Promise.all(backends.map((backend) => backend.end('SIGTERM')));
      const report = await runAdmin(first, ['ledger', 'verify', '--json'], configFile(first));
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
      if (report.code !== 0) throw new Error(`the ledger is broken: ${report.stdout}${report.stderr}`);
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
