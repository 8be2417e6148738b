import * as vscode from 'vscode';
import type { PublicationBody } from '../../protocol/api.ts';
import { generationFolder } from '../chat/workspaceFolder.ts';
import type { Projects } from '../projects/projects.ts';
import type { AppTarget } from './appTarget.ts';
import { chooseFiles } from './chooseFiles.ts';
import { copyLink, openLink } from './appLink.ts';
import { chooseTarget, type TargetParts } from './chooseTarget.ts';

/**
 * The command Publish App…: asks once where, then publishes; what is up already can also be opened, rolled back to an
 * earlier version, or taken down. Costs 0.
 */
export async function publishApp(parts: PublishParts): Promise<void> {
  const folder = generationFolder();
  if (!folder) throw new Error(vscode.l10n.t('Open the folder of your app first.'));
  const target = await chooseTarget(parts, { anew: false });
  if (!target) return;
  const { projects } = parts;
  const { id } = await projects.written(folder);
  const up = await target.find(id);
  if (up === null) return publish(folder, { target, projects });
  const picked = await vscode.window.showQuickPick(actions(up, { folder, target, parts }), {
    title: vscode.l10n.t('{0}: version {1} is up', up.name, up.version),
    placeHolder: up.url,
  });
  await picked?.run();
}

export interface PublishParts extends TargetParts {
  readonly projects: Projects;
}

interface Action extends vscode.QuickPickItem {
  readonly run: () => Promise<void>;
}

function actions(
  up: PublicationBody,
  { folder, target, parts }: { folder: vscode.Uri; target: AppTarget; parts: PublishParts },
): Action[] {
  const { t } = vscode.l10n;
  const { projects } = parts;
  const elsewhere = async (): Promise<void> => {
    const other = await chooseTarget(parts, { anew: true });
    if (other) await publish(folder, { target: other, projects });
  };
  const earlier: Action = {
    label: `$(history) ${t('Roll Back to a Version…')}`,
    run: () => rollBack(up, target),
  };
  return [
    { label: `$(cloud-upload) ${t('Publish Again')}`, run: () => publish(folder, { target, projects }) },
    { label: `$(link-external) ${t('Open')}`, run: () => openLink(up) },
    { label: `$(copy) ${t('Copy Link')}`, run: () => copyLink(up) },
    ...(up.versions.length > 1 ? [earlier] : []),
    { label: `$(cloud) ${t('Publish Somewhere Else…')}`, run: elsewhere },
    { label: `$(trash) ${t('Unpublish…')}`, run: () => unpublish(up, target) },
  ];
}

async function publish(
  folder: vscode.Uri,
  { target, projects }: { target: AppTarget; projects: Projects },
): Promise<void> {
  const { id, name } = await projects.written(folder);
  const refusal = await target.refusalOf(id);
  if (refusal !== null) throw new Error(refusal);
  const chosen = await chooseFiles(folder, target.kind);
  if (chosen === null) return;
  const { folder: root, files, bytes } = chosen;
  const { zipFiles } = await import('../node/zipFiles.ts');
  const app = { project: id, name, folder: root, files, bytes, zip: () => Promise.resolve(zipFiles(root, files)) };
  const title = vscode.l10n.t('Publishing {0}', name);
  const location = vscode.ProgressLocation.Notification;
  const up = await vscode.window.withProgress({ location, title }, (progress) => {
    let shown = 0;
    return target.publish(app, (part) => {
      progress.report({ increment: (part - shown) * 100 });
      shown = part;
    });
  });
  await copyLink(up);
  const open = vscode.l10n.t('Open');
  const where = target.kind === 'computer' ? ` ${vscode.l10n.t('Opens on this computer only.')}` : '';
  const said = vscode.l10n.t('Version {0} is up, and its link is copied. 0 tokens.', up.version) + where;
  void vscode.window
    .showInformationMessage(said, open)
    .then((pressed) => (pressed === open ? openLink(up) : undefined));
}

async function rollBack(up: PublicationBody, target: AppTarget): Promise<void> {
  const { t } = vscode.l10n;
  const items = up.versions.map(({ version, files, createdAt }) => {
    const at = new Date(createdAt).toLocaleString(vscode.env.language);
    return {
      label: t('Version {0}', version),
      description: version === up.version ? t('is up') : '',
      detail: files === 1 ? t('1 file, {0}', at) : t('{0} files, {1}', files, at),
      version,
    };
  });
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which version should be up?') });
  if (!picked || picked.version === up.version) return;
  await target.activate(up, picked.version);
  void vscode.window.showInformationMessage(vscode.l10n.t('Version {0} is up again. 0 tokens.', picked.version));
}

async function unpublish(up: PublicationBody, target: AppTarget): Promise<void> {
  const yes = vscode.l10n.t('Unpublish');
  const detail = vscode.l10n.t('Its link stops working, and its versions are removed. Your files stay as they are.');
  const asked = vscode.l10n.t('Take {0} down?', up.name);
  if ((await vscode.window.showWarningMessage(asked, { modal: true, detail }, yes)) !== yes) return;
  await target.unpublish(up);
  void vscode.window.showInformationMessage(vscode.l10n.t('{0} is down.', up.name));
}
