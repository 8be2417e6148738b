import * as vscode from 'vscode';
import type { PublicationBody } from '../../protocol/api.ts';
import { BackendUnavailable } from '../backend/backendUnavailable.ts';
import { generationFolder } from '../chat/workspaceFolder.ts';
import type { Projects } from '../projects/projects.ts';
import type { AppTarget, AppToPublish } from './appTarget.ts';
import { commands } from '../contributions.ts';
import { chooseFiles } from './chooseFiles.ts';
import { copyLink, openApp, reachable } from './appLink.ts';
import { chooseTarget, type TargetParts } from './chooseTarget.ts';

/**
 * The command Publish App…: asks once where, then publishes; what is up already can also be opened, rolled back to an
 * earlier version, or taken down. Costs 0.
 */
export async function publishApp(parts: PublishParts): Promise<void> {
  const folder = openFolder();
  const target = await chooseTarget(parts, { anew: false });
  if (!target) return;
  const { id } = await parts.projects.written(folder);
  const up = await answerOf(target.find(id), parts);
  if (up === undefined) return;
  if (up === null) return publish(folder, target, parts);
  const picked = await vscode.window.showQuickPick(actions(up, { folder, target, parts }), {
    title: vscode.l10n.t('{0}: version {1} is up', up.name, up.version),
    placeHolder: (await reachable(up)).toString(true),
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
  const earlier: Action = {
    label: `$(history) ${t('Roll Back to a Version…')}`,
    run: () => rollBack(up, target),
  };
  return [
    { label: `$(cloud-upload) ${t('Publish Again')}`, run: () => publish(folder, target, parts) },
    { label: `$(link-external) ${t('Open')}`, run: () => openApp(up) },
    { label: `$(copy) ${t('Copy Link')}`, run: () => copyLink(up) },
    ...(up.versions.length > 1 ? [earlier] : []),
    { label: `$(cloud) ${t('Publish Somewhere Else…')}`, run: () => publishElsewhere(parts) },
    { label: `$(trash) ${t('Unpublish…')}`, run: () => unpublish(up, target) },
  ];
}

function openFolder(): vscode.Uri {
  const folder = generationFolder();
  if (!folder) throw new Error(vscode.l10n.t('Open the folder of your app first.'));
  return folder;
}

async function publishElsewhere(parts: PublishParts): Promise<void> {
  const other = await chooseTarget(parts, { anew: true });
  if (other) await publish(openFolder(), other, parts);
}

/** What a place answers. One that can't be reached, or refuses, is no dead end: another is offered, undefined then. */
async function answerOf<T>(asked: Promise<T>, parts: PublishParts): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    const elsewhere = vscode.l10n.t('Publish Somewhere Else…');
    const signIn = vscode.l10n.t('Sign In');
    const needsSignIn = error instanceof BackendUnavailable && error.signedOut;
    const said = error instanceof Error ? error.message : String(error);
    const pressed = await vscode.window.showErrorMessage(said, ...(needsSignIn ? [signIn] : []), elsewhere);
    if (pressed === signIn) await vscode.commands.executeCommand(commands.signIn);
    if (pressed === elsewhere) await publishElsewhere(parts);
    return undefined;
  }
}

async function publish(folder: vscode.Uri, target: AppTarget, parts: PublishParts): Promise<void> {
  const { id, name } = await parts.projects.written(folder);
  const refusal = await answerOf(target.refusalOf(id), parts);
  if (refusal === undefined) return;
  if (refusal !== null) return tellOfRefusal(refusal);
  const chosen = await chooseFiles(folder, target.kind);
  if (chosen === 'elsewhere') return publishElsewhere(parts);
  if (chosen === null) return;
  const { folder: root, files, bytes } = chosen;
  const { zipFiles } = await import('../node/zipFiles.ts');
  const app = { project: id, name, folder: root, files, bytes, zip: () => Promise.resolve(zipFiles(root, files)) };
  const up = await answerOf(withProgress(target, app), parts);
  if (up !== undefined) await tellOfVersion(up, target);
}

/** The account page has what is up elsewhere, and takes it down. */
async function tellOfRefusal(refusal: string): Promise<void> {
  const account = vscode.l10n.t('Open Account');
  if ((await vscode.window.showErrorMessage(refusal, account)) !== account) return;
  await vscode.commands.executeCommand(commands.openAccount);
}

async function withProgress(target: AppTarget, app: AppToPublish): Promise<PublicationBody> {
  const title = vscode.l10n.t('Publishing {0}', app.name);
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, (progress) => {
    let shown = 0;
    return target.publish(app, (part) => {
      progress.report({ increment: (part - shown) * 100 });
      shown = part;
    });
  });
}

async function tellOfVersion(up: PublicationBody, target: AppTarget): Promise<void> {
  await copyLink(up);
  const open = vscode.l10n.t('Open');
  const where = target.kind === 'computer' ? ` ${vscode.l10n.t('Opens on this computer only.')}` : '';
  const said = vscode.l10n.t('Version {0} is up, and its link is copied. 0 tokens.', up.version) + where;
  void vscode.window.showInformationMessage(said, open).then((pressed) => (pressed === open ? openApp(up) : undefined));
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
