import type { Secrets } from '../../src/extension/node/providerKeys.ts';

/** A secret storage that a test can look into. */
export function memorySecrets(kept = new Map<string, string>()): Secrets & { readonly kept: Map<string, string> } {
  return {
    kept,
    get: (name) => Promise.resolve(kept.get(name)),
    store: (name, secret) => {
      kept.set(name, secret);
      return Promise.resolve();
    },
  };
}
