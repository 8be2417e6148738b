import * as vscode from 'vscode';
import { plans } from '../../core/plans.ts';
import { publishingLimits } from '../../core/publishing/publishingLimits.ts';
import type { SiteKind } from '../../core/publishing/siteKind.ts';
import type { Collected } from '../node/collectFiles.ts';
import { BYTES_PER_MB, megabytes } from '../rollback/megabytes.ts';
import type { TargetKind } from './appTarget.ts';
import { collectProject } from './collectProject.ts';
import { findSite, folderWithPage } from './findSite.ts';
import { runBuild } from './runBuild.ts';

/**
 * Finds what of a project is to be published, builds it where that takes a build and the person agrees, and shows what
 * goes out. Null if the person says no, `elsewhere` if it is to go somewhere else; throws what stands in the way.
 */
export async function chooseFiles(
  project: vscode.Uri,
  target: TargetKind,
): Promise<(Collected & { folder: string }) | 'elsewhere' | null> {
  const { kind } = await findSite(project);
  const site = await siteFolder(project, kind);
  if (site === null) return null;
  const folder = vscode.Uri.joinPath(project, site.path);
  // What a build has made is ignored by git, and is what goes out.
  const options = { respectIgnores: !site.isBuilt, mostFiles: MOST_FILES };
  const collected = await collectProject(folder, options);
  const answer = collected && (await confirm(folder, collected, target));
  if (collected === null || answer !== 'yes') return answer === 'elsewhere' ? answer : null;
  return { ...collected, folder: folder.fsPath };
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

/** Null if the person says no, or looks at one of the files first. */
async function confirm(
  folder: vscode.Uri,
  { files, leftOut, bytes }: Collected,
  target: TargetKind,
): Promise<'yes' | 'elsewhere' | null> {
  const { t } = vscode.l10n;
  const size = sizeOf(bytes);
  const publish = files.length === 1 ? t('Publish 1 file, {0}', size) : t('Publish {0} files, {1}', files.length, size);
  const yes = { label: `$(cloud-upload) ${publish}`, detail: wordsOf(target) };
  const elsewhere = { label: `$(cloud) ${t('Publish Somewhere Else…')}` };
  const looked = files.slice(0, SHOWN_FILES).map(({ path, size: own }) => ({ label: path, description: sizeOf(own) }));
  const rest = files.slice(SHOWN_FILES).length;
  const items: vscode.QuickPickItem[] = [
    yes,
    elsewhere,
    { label: t('Files'), kind: vscode.QuickPickItemKind.Separator },
    ...looked,
    ...(rest > 0 ? [{ label: t('and {0} more', rest) }] : []),
    ...leftOutItems(leftOut),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: t('Publish App') });
  if (picked === yes || picked === elsewhere) return picked === yes ? 'yes' : 'elsewhere';
  const file = looked.find((each) => each === picked);
  if (file) await vscode.commands.executeCommand('vscode.open', vscode.Uri.joinPath(folder, file.label));
  return null;
}

/** Named, so that nobody waits for them on the page or thinks that they are out. */
function leftOutItems(leftOut: Collected['leftOut']): vscode.QuickPickItem[] {
  const { t } = vscode.l10n;
  if (leftOut.length === 0) return [];
  const reasons = { secret: t('secrets belong in it'), link: t('a link: publish what it leads to') };
  const items = leftOut.slice(0, SHOWN_FILES).map(({ path, why }) => ({ label: path, description: reasons[why] }));
  return [{ label: t('Left out'), kind: vscode.QuickPickItemKind.Separator }, ...items];
}

function sizeOf(bytes: number): string {
  const { t } = vscode.l10n;
  if (bytes >= BYTES_PER_MB) return t('{0} MB', megabytes(bytes, vscode.env.language));
  return t('{0} KB', Math.ceil(bytes / 1_000));
}

/** A list to look through; a longer one is searched in the explorer. */
const SHOWN_FILES = 500;

function wordsOf(target: TargetKind): string {
  const { t } = vscode.l10n;
  switch (target) {
    case 'computer':
      return t('Opens on this computer only. 0 tokens.');
    case 'server':
      return t('On your server. Anyone who has the link can see all of it. 0 tokens.');
    case 'bucket':
      return t('In your bucket. Anyone who has the link can see all of it. 0 tokens.');
  }
}
