import * as vscode from 'vscode';
import { plans } from '../../core/plans.ts';
import { publishingLimits } from '../../core/publishing/publishingLimits.ts';
import type { SiteKind } from '../../core/publishing/siteKind.ts';
import type { Collected } from '../node/collectFiles.ts';
import { megabytes } from '../rollback/megabytes.ts';
import type { TargetKind } from './appTarget.ts';
import { collectProject } from './collectProject.ts';
import { findSite, folderWithPage } from './findSite.ts';
import { runBuild } from './runBuild.ts';

/**
 * Finds what of a project is to be published, builds it where that takes a build and the person agrees, and shows what
 * goes out. Null if the person says no; throws what stands in the way.
 */
export async function chooseFiles(
  project: vscode.Uri,
  target: TargetKind,
): Promise<(Collected & { folder: string }) | null> {
  const { kind } = await findSite(project);
  const site = await siteFolder(project, kind);
  if (site === null) return null;
  const folder = vscode.Uri.joinPath(project, site.path);
  // What a build has made is ignored by git, and is what goes out.
  const options = { respectIgnores: !site.isBuilt, mostFiles: MOST_FILES };
  const collected = await collectProject(folder, options);
  if (collected === null) return null;
  return (await confirm(collected, target)) ? { ...collected, folder: folder.fsPath } : null;
}

/** The dearest plan's: the backend knows which plan it is, and says so. */
const MOST_FILES = Math.max(...plans.map(({ id }) => publishingLimits(id).files));

async function siteFolder(project: vscode.Uri, kind: SiteKind): Promise<{ path: string; isBuilt: boolean } | null> {
  const { t } = vscode.l10n;
  switch (kind.kind) {
    case 'static':
      return { path: kind.folder, isBuilt: kind.folder !== '' };
    case 'build':
      return builtFolder(project, kind);
    case 'server':
      throw new Error(t('This is a program that runs on a server; only pages can be published. Export it instead.'));
    case 'none':
      throw new Error(t('There is no index.html and no build script here, so there is nothing to publish yet.'));
  }
}

async function builtFolder(
  project: vscode.Uri,
  kind: Extract<SiteKind, { kind: 'build' }>,
): Promise<{ path: string; isBuilt: boolean } | null> {
  const { t } = vscode.l10n;
  const built = await folderWithPage(project, kind.outputs);
  const command = `${kind.runner} run ${kind.script}`;
  const build = { label: `$(play) ${t('Build, then publish')}`, description: command, runs: true };
  const asIs = { label: `$(folder) ${t('Publish what is built')}`, description: `${built ?? ''}/`, runs: false };
  const picked = await vscode.window.showQuickPick(built === null ? [build] : [build, asIs], {
    title: t('This app has a build script'),
    placeHolder: t('It runs in a terminal of this window.'),
  });
  if (!picked || (picked.runs && !(await runBuild(project, kind)))) return null;
  const path = await folderWithPage(project, kind.outputs);
  if (path !== null) return { path, isBuilt: true };
  throw new Error(t('The build left no index.html in {0}, so nothing was published.', kind.outputs.join(', ')));
}

async function confirm({ files, bytes }: Collected, target: TargetKind): Promise<boolean> {
  const { t } = vscode.l10n;
  const size = t('{0} MB', megabytes(bytes, vscode.env.language));
  const publish = files.length === 1 ? t('Publish 1 file, {0}', size) : t('Publish {0} files, {1}', files.length, size);
  const yes = { label: `$(cloud-upload) ${publish}`, detail: wordsOf(target) };
  const rest = files.slice(SHOWN_FILES).length;
  const items: vscode.QuickPickItem[] = [
    yes,
    { label: t('Files'), kind: vscode.QuickPickItemKind.Separator },
    ...files.slice(0, SHOWN_FILES).map(({ path, size: own }) => ({
      ...{ label: path, description: t('{0} KB', Math.ceil(own / 1_000).toLocaleString(vscode.env.language)) },
    })),
    ...(rest > 0 ? [{ label: t('and {0} more', rest) }] : []),
  ];
  return (await vscode.window.showQuickPick(items, { title: t('Publish App') })) === yes;
}

/** A list to look through; a longer one is searched in the explorer. */
const SHOWN_FILES = 500;

function wordsOf(target: TargetKind): string {
  const { t } = vscode.l10n;
  if (target === 'computer') return t('Opens on this computer only. 0 tokens.');
  return t('Anyone who has the link can see all of it. 0 tokens.');
}
