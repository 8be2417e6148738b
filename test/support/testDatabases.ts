import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { postgresServer } from './postgresServer.ts';

/** Both databases, each as its tests are named; `create` makes an empty one. */
export const testDatabases: readonly { readonly name: string; create(): Promise<TestDatabase> }[] = [
  {
    name: 'SQLite',
    create: () => {
      const folder = mkdtempSync(path.join(tmpdir(), 'tokenfare-database-'));
      const dispose = (): void => rmSync(folder, { recursive: true, force: true });
      return Promise.resolve({ url: `sqlite:${path.join(folder, 'test.db')}`, dispose });
    },
  },
  {
    name: 'PostgreSQL',
    create: async () => ({ url: await (await postgresServer()).createDatabase(), dispose: () => undefined }),
  },
];

export interface TestDatabase {
  readonly url: string;
  /** Takes its files away; a server's go with the server. */
  dispose(): void;
}
