import { mkdir } from 'node:fs/promises';
import { backendConfig } from './backendConfig.ts';
import { dataDir } from './dataDir.ts';
import { providerKeys, type Secrets } from './providerKeys.ts';
import { endBackend, runningBackend } from './runningBackend.ts';

export interface NewProvider {
  readonly id: string;
  readonly baseUrl: string;
  /** Empty where none is needed. */
  readonly key: string;
  readonly models: readonly string[];
}

/**
 * Adds a provider to the configuration of the backend on this machine, in the place of one of the same id, keeps its
 * key in the secret storage, and ends the running backend, which every window then starts anew with it. Throws if the
 * configuration there cannot be read: it is not touched.
 */
export async function storeProvider(
  provider: NewProvider,
  secrets: Secrets,
  dir = dataDir(process.env, process.platform),
): Promise<void> {
  const { id, baseUrl, key, models } = provider;
  await mkdir(dir, { recursive: true, mode: 0o700 });
  const config = await backendConfig.read(dir);
  if (key) await providerKeys.store(secrets, id, key);
  const upstream = {
    ...{ id, baseUrl },
    ...(key ? { apiKeyFrom: 'editor' } : {}),
    models: models.map((model) => ({ id: model })),
  };
  const others = (config.upstreams ?? []).filter((each) => each.id !== id);
  await backendConfig.write(dir, { ...config, upstreams: [...others, upstream] });
  // The next window that needs one starts it, with the new configuration.
  const running = await runningBackend(dir);
  if (running) endBackend(running);
}
