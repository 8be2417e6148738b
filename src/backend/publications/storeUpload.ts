import { hash } from 'node:crypto';
import { HttpRefusal } from '../http/httpRefusal.ts';
import { MANIFEST_NAME, type AppManifest } from './appManifest.ts';
import type { AppStore } from './appStore.ts';
import { readArchive, type ArchiveLimits } from './readArchive.ts';

/**
 * Stores the files of an archive under a prefix, each under the hash of its content, and the manifest last; when it
 * resolves they outlive a loss of power. What was stored before it failed is removed again. Throws an HttpRefusal for
 * what may not be published.
 */
export async function storeUpload(
  store: AppStore,
  { file, prefix, limits }: { file: string; prefix: string; limits: ArchiveLimits },
): Promise<{ files: number; bytes: number }> {
  try {
    const files = await storeFiles(store, { file, prefix, limits });
    const sizes = Object.values(files).map(({ size }) => size);
    if (files['index.html'] === undefined) {
      throw new HttpRefusal('invalid_request', 'There is no index.html at the top of the archive.', { param: 'body' });
    }
    const manifest: AppManifest = { files };
    await store.put(`${prefix}${MANIFEST_NAME}`, Buffer.from(JSON.stringify(manifest)));
    await store.sync(prefix);
    return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
  } catch (error) {
    await store.remove(prefix);
    throw error;
  }
}

async function storeFiles(
  store: AppStore,
  { file, prefix, limits }: { file: string; prefix: string; limits: ArchiveLimits },
): Promise<AppManifest['files']> {
  const files = new Map<string, AppManifest['files'][string]>();
  const stored = new Set<string>();
  const running = new Set<Promise<void>>();
  try {
    for await (const { path, bytes } of readArchive(file, limits)) {
      const name = hash('sha256', bytes);
      files.set(path, { hash: name, size: bytes.length });
      if (stored.has(name)) continue;
      stored.add(name);
      const put = store.put(prefix + name, bytes).finally(() => running.delete(put));
      running.add(put);
      if (running.size >= STORED_AT_ONCE) await Promise.race(running);
    }
    await Promise.all(running);
  } finally {
    // Nothing is written any more when this ends.
    await Promise.allSettled(running);
  }
  return Object.fromEntries(files);
}

/** Files that are on their way to the store, each at most as large as a file may be, in memory. */
const STORED_AT_ONCE = 4;
