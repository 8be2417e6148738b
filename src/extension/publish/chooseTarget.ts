import * as vscode from 'vscode';
import { askServerAddress } from '../account/askServerAddress.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import type { AppTarget, TargetKind } from './appTarget.ts';
import { BackendTarget } from './backendTarget.ts';
import { bucketAccess } from './bucketAccess.ts';

/** What the places to publish to need. */
export interface TargetParts {
  /** The backend of this computer. */
  readonly computer: BackendClient;
  /** The server that the person set; null if there is none. */
  readonly server: BackendClient | null;
  readonly secrets: vscode.SecretStorage;
  /** Where the answer is kept, for this workspace. */
  readonly kept: vscode.Memento;
}

/** Where to publish: asked once for each workspace, or anew. Null if the person doesn't say. */
export async function chooseTarget(parts: TargetParts, { anew }: { anew: boolean }): Promise<AppTarget | null> {
  const kept = anew ? undefined : parts.kept.get<TargetKind>(KEPT_TARGET);
  const kind = kept ?? (await ask());
  if (kind === undefined) return null;
  const target = await targetOf(kind, parts, { anew });
  if (target !== null) await parts.kept.update(KEPT_TARGET, kind);
  return target;
}

const KEPT_TARGET = 'publish.target';

async function ask(): Promise<TargetKind | undefined> {
  const { t } = vscode.l10n;
  const items: (vscode.QuickPickItem & { target: TargetKind })[] = [
    { label: `$(device-desktop) ${t('This Computer')}`, detail: t('Opens on this computer only.'), target: 'computer' },
    {
      label: `$(server) ${t('Your Server')}`,
      detail: t('A Tokenfare server, at a name of its own.'),
      target: 'server',
    },
    { label: `$(database) ${t('Your S3-Compatible Bucket')}`, detail: t('With keys of your own.'), target: 'bucket' },
  ];
  const title = t('Where should the app be?');
  return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.target;
}

async function targetOf(kind: TargetKind, parts: TargetParts, how: { anew: boolean }): Promise<AppTarget | null> {
  switch (kind) {
    case 'computer':
      return new BackendTarget('computer', parts.computer);
    case 'server':
      if (parts.server) return new BackendTarget('server', parts.server);
      // The reload that follows a new address comes back to this answer.
      if (await askServerAddress()) await parts.kept.update(KEPT_TARGET, kind);
      return null;
    case 'bucket': {
      const access = await bucketAccess(parts.secrets, parts.kept, how);
      if (access === null) return null;
      const { BucketTarget } = await import('../node/bucketTarget.ts');
      return new BucketTarget(access);
    }
  }
}
