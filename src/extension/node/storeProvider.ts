import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod/mini';
import { dataDir } from './dataDir.ts';
import { endBackend, runningBackend } from './runningBackend.ts';

export interface NewProvider {
  readonly id: string;
  readonly baseUrl: string;
  /** Empty where none is needed. */
  readonly key: string;
  readonly models: readonly string[];
}

const ConfigFile = z.looseObject({ upstreams: z.optional(z.array(z.looseObject({ id: z.string() }))) });

/**
 * Adds a provider to the configuration of the backend on this machine, in the place of one of the same id, and ends the
 * running backend, which every window then starts anew with it. Throws if the configuration there is cannot be read: it
 * is not touched.
 */
export async function storeProvider(
  provider: NewProvider,
  dir = dataDir(process.env, process.platform),
): Promise<void> {
  const file = path.join(dir, 'config.json');
  const config = ConfigFile.parse(JSON.parse(await readIfThere(file)));
  const keyFile = path.join('keys', `${provider.id}.txt`);
  if (provider.key) {
    await mkdir(path.join(dir, 'keys'), { recursive: true, mode: 0o700 });
    await writeFileAtomic(path.join(dir, keyFile), provider.key, { mode: 0o600 });
  }
  const upstream = {
    id: provider.id,
    baseUrl: provider.baseUrl,
    ...(provider.key ? { apiKeyFile: keyFile } : {}),
    models: provider.models.map((id) => ({ id })),
  };
  const others = (config.upstreams ?? []).filter(({ id }) => id !== provider.id);
  const changed = { ...config, upstreams: [...others, upstream] };
  await writeFileAtomic(file, `${JSON.stringify(changed, null, 2)}\n`, { mode: 0o600 });
  // The next window that needs one starts it, with the new configuration.
  const running = await runningBackend(dir);
  if (running) endBackend(running);
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{}';
    throw error;
  }
}
