import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { BucketAccess } from '../node/bucketTarget.ts';

const Place = z.object({ endpoint: z.string(), bucket: z.string(), region: z.string(), publicUrl: z.string() });
const Keys = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

/**
 * Where a person's bucket is and the keys to it: asked for once, the keys kept in the secret storage. Null if the
 * person doesn't say.
 */
export async function bucketAccess(secrets: vscode.SecretStorage, kept: vscode.Memento): Promise<BucketAccess | null> {
  const known = Place.safeParse(kept.get(KEPT_PLACE));
  const place = known.success ? known.data : await askPlace();
  if (place === null) return null;
  const name = `tokenfare.bucket:${place.endpoint}/${place.bucket}`;
  const stored = Keys.safeParse(JSON.parse((await secrets.get(name)) ?? 'null'));
  const keys = stored.success ? stored.data : await askKeys();
  if (keys === null) return null;
  await kept.update(KEPT_PLACE, place);
  await secrets.store(name, JSON.stringify(keys));
  return { ...place, ...keys };
}

const KEPT_PLACE = 'publish.bucket';

async function askPlace(): Promise<z.infer<typeof Place> | null> {
  const { t } = vscode.l10n;
  const endpoint = await askFor(t('The address of the storage service'), 'https://s3.eu-central-1.amazonaws.com');
  const bucket = endpoint && (await askFor(t('The name of the bucket'), 'my-app'));
  const region = bucket && (await askFor(t('Its region'), 'us-east-1', 'us-east-1'));
  const publicUrl =
    region && (await askFor(t('The address at which the bucket’s pages are seen'), 'https://example.com'));
  if (!publicUrl) return null;
  for (const address of [endpoint, publicUrl]) {
    if (!/^https?:/.test(address) || !URL.canParse(address)) throw new Error(t('{0} is not an http address.', address));
  }
  return { endpoint, bucket, region, publicUrl };
}

async function askKeys(): Promise<z.infer<typeof Keys> | null> {
  const { t } = vscode.l10n;
  const accessKeyId = await askFor(t('The access key’s id'), '');
  const secretAccessKey = accessKeyId && (await askFor(t('The secret access key'), '', '', true));
  return secretAccessKey ? { accessKeyId, secretAccessKey } : null;
}

async function askFor(prompt: string, placeHolder: string, value = '', password = false): Promise<string | undefined> {
  const title = vscode.l10n.t('Your S3-Compatible Bucket');
  const said = await vscode.window.showInputBox({ title, prompt, placeHolder, value, password, ignoreFocusOut: true });
  return said?.trim();
}
