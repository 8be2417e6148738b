import { text } from 'node:stream/consumers';
import * as z from 'zod/mini';
import type { AppStore } from './appStore.ts';

/**
 * What an upload consists of: its paths, and for each the hash of its content, which is the name that the content has
 * in the store. It is written last, so that whoever has it has everything.
 */
export const AppManifest = z.object({
  files: z.record(z.string(), z.object({ hash: z.string(), size: z.int() })),
});
export type AppManifest = z.infer<typeof AppManifest>;

/** Reads manifests, and keeps those that were asked for last: what is uploaded never changes. */
export class AppManifests {
  readonly #store: AppStore;
  readonly #kept = new Map<string, Promise<AppManifest>>();

  constructor(store: AppStore) {
    this.#store = store;
  }

  /** The manifest of what is under a key's prefix. Rejects if it isn't there. */
  read(prefix: string): Promise<AppManifest> {
    const found = this.#kept.get(prefix) ?? this.#load(prefix);
    // The one that was asked for last stands last.
    this.#kept.delete(prefix);
    this.#kept.set(prefix, found);
    found.catch(() => this.#kept.delete(prefix));
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_MANIFESTS && oldest !== undefined) this.#kept.delete(oldest);
    return found;
  }

  async #load(prefix: string): Promise<AppManifest> {
    const stream = await this.#store.get(`${prefix}${MANIFEST_NAME}`);
    if (stream === null) throw new Error(`there is no manifest of ${prefix}`);
    return AppManifest.parse(JSON.parse(await text(stream)));
  }
}

export const MANIFEST_NAME = 'manifest.json';

/** Of the largest apps each takes some megabytes. */
const KEPT_MANIFESTS = 32;
