import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { isHttpAddress } from '../account/isHttpAddress.ts';
import type { BucketAccess } from '../node/bucketTarget.ts';

const Place = z.object({ endpoint: z.string(), bucket: z.string(), region: z.string(), publicUrl: z.string() });
const Keys = z.object({ accessKeyId: z.string(), secretAccessKey: z.string() });

/**
 * Where a person's bucket is and the keys to it: asked for once, or anew with what was said before filled in; the keys
 * are kept in the secret storage. Null if the person doesn't say.
 */
export async function bucketAccess(
  secrets: vscode.SecretStorage,
  kept: vscode.Memento,
  { anew }: { anew: boolean },
): Promise<BucketAccess | null> {
  const known = Place.safeParse(kept.get(KEPT_PLACE)).data ?? null;
  const place = known === null || anew ? await askPlace(known) : known;
  if (place === null) return null;
  const name = `tokenfare.bucket:${place.endpoint}/${place.bucket}`;
  const stored = Keys.safeParse(JSON.parse((await secrets.get(name)) ?? 'null')).data ?? null;
  const keys = stored === null || anew ? await askKeys(stored) : stored;
  if (keys === null) return null;
  await kept.update(KEPT_PLACE, place);
  await secrets.store(name, JSON.stringify(keys));
  return { ...place, ...keys };
}

const KEPT_PLACE = 'publish.bucket';

async function askPlace(known: z.infer<typeof Place> | null): Promise<z.infer<typeof Place> | null> {
  const { t } = vscode.l10n;
  const endpoint = await askFor({
    ...{ prompt: t('The address of the storage service'), value: known?.endpoint ?? '', isAddress: true },
    placeHolder: 'https://s3.eu-central-1.amazonaws.com',
  });
  const bucket =
    endpoint &&
    (await askFor({ prompt: t('The name of the bucket'), value: known?.bucket ?? '', placeHolder: 'my-app' }));
  const region = bucket && (await askFor({ prompt: t('Its region'), value: known?.region ?? 'us-east-1' }));
  const pages = { prompt: t('The address at which the bucket’s pages are seen'), placeHolder: 'https://example.com' };
  const publicUrl = region && (await askFor({ ...pages, value: known?.publicUrl ?? '', isAddress: true }));
  return publicUrl ? { endpoint, bucket, region, publicUrl } : null;
}

async function askKeys(known: z.infer<typeof Keys> | null): Promise<z.infer<typeof Keys> | null> {
  const { t } = vscode.l10n;
  const accessKeyId = await askFor({ prompt: t('The access key’s id'), value: known?.accessKeyId ?? '' });
  const secretAccessKey = accessKeyId && (await askFor({ prompt: t('The secret access key'), password: true }));
  return secretAccessKey ? { accessKeyId, secretAccessKey } : null;
}

/** What was typed; undefined if the person went away from it. Nothing at all is no answer. */
async function askFor({ isAddress = false, ...options }: Question): Promise<string | undefined> {
  const { t } = vscode.l10n;
  const said = await vscode.window.showInputBox({
    ...options,
    title: t('Your S3-Compatible Bucket'),
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return t('This is needed.');
      return isAddress && !isHttpAddress(text.trim()) ? t('An http address.') : undefined;
    },
  });
  return said?.trim();
}

interface Question extends vscode.InputBoxOptions {
  readonly isAddress?: boolean;
}
