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
  const secret = (key: 'accessKeyIdEnv' | 'secretAccessKeyEnv'): string => {
    const value = environment[config[key]];
    if (value) return value;
    throw new StartRefusal(`Configuration: publishing.${key}: the variable ${config[key]} is not set.`);
  };
  return new S3Store({
    ...{ bucket, region: config.region, prefix: inside === '' ? '' : `${inside.replace(/\/+$/, '')}/` },
    endpoint: config.endpoint ?? `https://s3.${config.region}.amazonaws.com`,
    accessKeyId: secret('accessKeyIdEnv'),
    secretAccessKey: secret('secretAccessKeyEnv'),
  });
}
