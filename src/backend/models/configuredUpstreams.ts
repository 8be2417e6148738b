import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ConfiguredUpstream } from '../../protocol/config.ts';
import { StartRefusal } from '../startRefusal.ts';
import { OpenAiUpstream } from './openAiUpstream.ts';

/**
 * The upstreams of the configuration, with their keys. Throws a StartRefusal for a key that is not there and for a
 * model named twice.
 */
export function configuredUpstreams(
  configured: readonly ConfiguredUpstream[],
  options: { environment: NodeJS.ProcessEnv; dataDir: string },
): OpenAiUpstream[] {
  const seen = new Set<string>(['builder']);
  for (const { id, models } of configured) {
    for (const model of models) {
      if (seen.has(model.id))
        throw new StartRefusal(`Configuration: upstreams: ${id} names a model that is taken, ${model.id}.`);
      seen.add(model.id);
    }
  }
  return configured.map((upstream) => {
    const models = upstream.models.map(({ name, ...model }) => ({ ...model, name: name ?? model.id }));
    return new OpenAiUpstream({
      id: upstream.id,
      baseUrl: upstream.baseUrl,
      apiKey: readKey(upstream, options),
      outputLimitField: upstream.outputLimitField ?? null,
      models: () => Promise.resolve(models),
    });
  });
}

function readKey(
  upstream: ConfiguredUpstream,
  { environment, dataDir }: { environment: NodeJS.ProcessEnv; dataDir: string },
): string | null {
  const { id, apiKeyEnv, apiKeyFile } = upstream;
  if (apiKeyEnv) {
    const key = environment[apiKeyEnv];
    if (!key)
      throw new StartRefusal(`Configuration: upstreams: ${id} needs its key in the environment variable ${apiKeyEnv}.`);
    return key;
  }
  if (!apiKeyFile) return null;
  try {
    return readFileSync(path.resolve(dataDir, apiKeyFile), 'utf8').trim();
  } catch {
    throw new StartRefusal(`Configuration: upstreams: ${id} needs its key in the file ${apiKeyFile}.`);
  }
}
