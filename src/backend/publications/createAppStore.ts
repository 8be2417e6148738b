import path from 'node:path';
import type { PublishingConfig } from '../../protocol/config.ts';
import { StartRefusal } from '../startRefusal.ts';
import type { AppStore } from './appStore.ts';
import { FolderStore } from './folderStore.ts';
import { S3Store } from './s3Store.ts';

/** The store that the configuration names. Throws a StartRefusal that names the secret that is missing. */
export function createAppStore(
  config: PublishingConfig,
  { dataDir, environment }: { dataDir: string; environment: NodeJS.ProcessEnv },
): AppStore {
  const [, folder] = /^file:(.+)$/.exec(config.store) ?? [];
  if (folder !== undefined) return new FolderStore(path.resolve(dataDir, folder));
  const [, bucket = '', inside = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(config.store) ?? [];
  const { region = USUAL_REGION } = config;
  const secret = (key: keyof typeof usualVariables): string => {
    const variable = config[key] ?? usualVariables[key];
    const value = environment[variable];
    if (value) return value;
    throw new StartRefusal(`Configuration: publishing.${key}: the variable ${variable} is not set.`);
  };
  return new S3Store({
    ...{ bucket, region, prefix: inside === '' ? '' : `${inside.replace(/\/+$/, '')}/` },
    endpoint: config.endpoint ?? `https://s3.${region}.amazonaws.com`,
    accessKeyId: secret('accessKeyIdEnv'),
    secretAccessKey: secret('secretAccessKeyEnv'),
  });
}

/** What Amazon's own tools read. */
const usualVariables = {
  accessKeyIdEnv: 'AWS_ACCESS_KEY_ID',
  secretAccessKeyEnv: 'AWS_SECRET_ACCESS_KEY',
} as const;
/** Services that have no regions take this name for the one they have. */
const USUAL_REGION = 'us-east-1';
