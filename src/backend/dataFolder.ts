import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { Discovery } from '../protocol/api.ts';
import { lockFile } from './database/lockFile.ts';
import { StartRefusal } from './startRefusal.ts';

/** The folder that holds the embedded backend's database, key and discovery file. Only its user may look in. */
export const dataFolder = {
  /** `TOKENFARE_DATA`, else the platform's own place for an application's data. */
  usual(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
    if (environment['TOKENFARE_DATA']) return path.resolve(environment['TOKENFARE_DATA']);
    if (platform === 'win32') return path.join(environment['LOCALAPPDATA'] ?? homedir(), 'tokenfare');
    if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'tokenfare');
    return path.join(environment['XDG_DATA_HOME'] ?? path.join(homedir(), '.local', 'share'), 'tokenfare');
  },

  /** The configuration that stands in the folder, for whoever names no other; undefined if there is none. */
  configFile(dataDir: string): string | undefined {
    const file = path.join(dataDir, 'config.json');
    return existsSync(file) ? file : undefined;
  },

  /** Makes the folder and takes it for this process; null if another backend has it. */
  take(dataDir: string): { release(): void } | null {
    try {
      mkdirSync(dataDir, { recursive: true, mode: 0o700 });
      return lockFile(path.join(dataDir, 'backend.lock'));
    } catch (error) {
      throw new StartRefusal(
        `The data folder ${dataDir} cannot be used: ${error instanceof Error ? error.message : String(error)}.`,
      );
    }
  },

  /**
   * The same for one of several that start at the same moment: null only once the other says where it is, or has not
   * for so many looks. Where that one ends before, this one takes its place.
   */
  async takeInTurn(dataDir: string, looks: number, pause: () => Promise<void>): Promise<{ release(): void } | null> {
    for (let look = 0; ; look += 1) {
      const taken = dataFolder.take(dataDir);
      if (taken !== null || look === looks || isRunning(dataFolder.announced(dataDir))) return taken;
      await pause();
    }
  },

  /** The key of local mode, made at the first start. */
  localKey(dataDir: string): string {
    const file = path.join(dataDir, 'key');
    const known = readOrNull(file)?.trim();
    if (known) {
      chmodSync(file, 0o600);
      return known;
    }
    const key = randomBytes(KEY_BYTES).toString('base64url');
    writeFileSync(file, `${key}\n`, { mode: 0o600 });
    return key;
  },

  /** Tells every window where the one backend is. */
  async announce(dataDir: string, discovery: Discovery): Promise<void> {
    await writeFileAtomic(discoveryFile(dataDir), `${JSON.stringify(discovery)}\n`, { mode: 0o600 });
  },

  /** Takes the announcement back, also one that an earlier process left. */
  withdraw(dataDir: string): void {
    rmSync(discoveryFile(dataDir), { force: true });
  },

  /** What the running backend announces; null if there is nothing. */
  announced(dataDir: string): Discovery | null {
    try {
      return Discovery.parse(JSON.parse(readOrNull(discoveryFile(dataDir)) ?? 'null'));
    } catch {
      return null;
    }
  },
};

const KEY_BYTES = 32;

function discoveryFile(dataDir: string): string {
  return path.join(dataDir, 'backend.json');
}

/** Whether there is still the process that announced itself: what a killed one left says nothing. */
function isRunning(announced: Discovery | null): boolean {
  try {
    return announced !== null && process.kill(announced.pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
