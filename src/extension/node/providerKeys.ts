import { readFile, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import type { SecretStorage } from 'vscode';
import type { UpstreamKeysRequest } from '../../protocol/api.ts';
import { loadAxios } from '../backend/loadAxios.ts';
import type { Endpoint } from '../backend/endpoint.ts';
import { backendConfig } from './backendConfig.ts';

/**
 * The keys of the person's own model providers. They are in the editor's secret storage; the backend on this machine
 * has them in its memory alone, and is given them by every window that finds it, however often it starts anew.
 */
export const providerKeys = {
  store(secrets: Secrets, provider: string, key: string): Thenable<void> {
    return secrets.store(secretName(provider), key);
  },

  /** Gives the backend every key that its configuration leaves to the editor and that is here. */
  async handOver(secrets: Secrets, dataDir: string, { url, key }: Endpoint): Promise<void> {
    const { upstreams = [] } = await readIfWhole(dataDir);
    const keys: UpstreamKeysRequest['keys'] = {};
    for (const { id, apiKeyFrom } of upstreams) {
      const secret = apiKeyFrom === 'editor' ? await secrets.get(secretName(id)) : undefined;
      if (secret) keys[id] = secret;
    }
    if (Object.keys(keys).length === 0) return;
    const axios = await loadAxios();
    const headers = { authorization: `Bearer ${key}` };
    await axios.post(`${url}/v1/upstreams/keys`, { keys }, { headers, timeout: TIMEOUT_MS, proxy: false });
  },

  /** Takes keys that an earlier version wrote into files of their own over into the secret storage. */
  async moveFromFiles(secrets: Secrets, dataDir: string): Promise<void> {
    const { upstreams = [], ...rest } = await readIfWhole(dataDir);
    const inFiles = upstreams.filter(({ id, apiKeyFile }) => apiKeyFile === fileOf(id));
    if (inFiles.length === 0) return;
    for (const { id } of inFiles) {
      const key = await readFile(path.join(dataDir, fileOf(id)), 'utf8').catch(() => '');
      if (key.trim()) await providerKeys.store(secrets, id, key.trim());
    }
    const moved = upstreams.map(({ apiKeyFile, ...upstream }) =>
      apiKeyFile === fileOf(upstream.id) ? { ...upstream, apiKeyFrom: 'editor' } : { ...upstream, apiKeyFile },
    );
    await backendConfig.write(dataDir, { ...rest, upstreams: moved });
    for (const { id } of inFiles) await rm(path.join(dataDir, fileOf(id)), { force: true });
    // Another file that somebody put there keeps the folder.
    await rmdir(path.join(dataDir, 'keys')).catch(() => undefined);
  },
};

export type Secrets = Pick<SecretStorage, 'get' | 'store'>;

/** A backend on this machine answers within milliseconds; one that is so busy is asked again with the next attempt. */
const TIMEOUT_MS = 5_000;

/** What is wrong with a configuration is said by the backend, which does not start with it. */
function readIfWhole(dataDir: string): ReturnType<typeof backendConfig.read> {
  return backendConfig.read(dataDir).catch(() => ({}));
}

function secretName(provider: string): string {
  return `tokenfare.provider:${provider}`;
}

function fileOf(provider: string): string {
  return path.join('keys', `${provider}.txt`);
}
