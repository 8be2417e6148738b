import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';

const ConfiguredUpstream = z.looseObject({
  id: z.string(),
  apiKeyFile: z.optional(z.nullable(z.string())),
  apiKeyFrom: z.optional(z.string()),
});
const BackendConfig = z.looseObject({ upstreams: z.optional(z.array(ConfiguredUpstream)) });
type BackendConfig = z.infer<typeof BackendConfig>;

/** The configuration of the backend on this machine, as far as the editor writes it; the rest is kept as it is. */
export const backendConfig = {
  /** Empty where there is none. Throws if it cannot be read: then it is not to be touched. */
  async read(dir: string): Promise<BackendConfig> {
    const text = await readFile(fileIn(dir), 'utf8').catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '{}';
      throw error;
    });
    return BackendConfig.parse(JSON.parse(text));
  },

  /** A running backend notices, ends, and is started anew with it. */
  async write(dir: string, config: BackendConfig): Promise<void> {
    const { default: writeFileAtomic } = await import('write-file-atomic');
    await writeFileAtomic(fileIn(dir), `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 });
  },
};

function fileIn(dir: string): string {
  return path.join(dir, 'config.json');
}
