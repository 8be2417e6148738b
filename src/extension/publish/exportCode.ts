import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import * as vscode from 'vscode';
import type { BackendClient } from '../backend/backendClient.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import { BackendRefusal } from '../backend/backendRefusal.ts';
import { generationFolder } from '../chat/workspaceFolder.ts';
import { commands } from '../contributions.ts';
import type { Collected } from '../node/collectFiles.ts';
import type { Projects } from '../projects/projects.ts';
import { collectProject } from './collectProject.ts';
import { exportFiles } from './exportFiles.ts';
import { findSite } from './findSite.ts';

/**
 * The command Export Code…: a zip of the project that can be hosted anywhere, without secrets, ignored files and
 * dependencies. Part of the paid plans; on Free it says so and what is there anyway. Costs 0.
 */
export async function exportCode({ connection, client, projects }: ExportParts): Promise<void> {
  const folder = generationFolder();
  if (!folder) throw new Error(vscode.l10n.t('Open the folder of your app first.'));
  await connection.endpoint();
  if (connection.account?.entitlements.codeExport !== true) return offerUpgrade();
  const project = await projects.written(folder);
  const collected = await collectProject(folder, { respectIgnores: true, mostFiles: MOST_FILES });
  if (collected === null) return;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export Code'),
    saveLabel: vscode.l10n.t('Export'),
    defaultUri: vscode.Uri.joinPath(folder, '..', `${project.name}.zip`),
    filters: { [vscode.l10n.t('Zip')]: ['zip'] },
  });
  if (!target) return;
  if (!(await isAllowed(client, project.id))) return offerUpgrade();
  const { kind, has } = await findSite(folder);
  const added = exportFiles({ name: project.name, kind, leftOut: collected.leftOut.map(({ path }) => path) }, has);
  const title = vscode.l10n.t('Exporting {0}', project.name);
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, async () => {
    const { zipFiles } = await import('../node/zipFiles.ts');
    await save(target, zipFiles(folder.fsPath, collected.files, added));
  });
  await tellOfExport(target, collected, collected.files.length + Object.keys(added).length);
}

export interface ExportParts {
  readonly connection: BackendConnection;
  readonly client: BackendClient;
  readonly projects: Projects;
}

/** A project of more is not what people write. */
const MOST_FILES = 100_000;

/** The plan may have changed since the account was last seen: the backend has the word. */
async function isAllowed(client: BackendClient, projectId: string): Promise<boolean> {
  try {
    await client.noteExport(projectId);
    return true;
  } catch (error) {
    if (error instanceof BackendRefusal && error.code === 'plan_required') return false;
    throw error;
  }
}

async function offerUpgrade(): Promise<void> {
  const { t } = vscode.l10n;
  const upgrade = t('Upgrade');
  const said = t(
    'Your files are yours, on every plan, and they are all here. Export is part of the paid plans: it packs them into a clean zip with a server configuration, a Dockerfile and a README, ready to host.',
  );
  if ((await vscode.window.showInformationMessage(said, upgrade)) !== upgrade) return;
  await vscode.commands.executeCommand(commands.upgradePlan);
}

/** On the machine that the extension runs on, else where the person sits: there it is written in one piece. */
async function save(target: vscode.Uri, zip: Readable): Promise<void> {
  if (target.scheme === 'file') {
    const { writeWhole } = await import('../node/writeWhole.ts');
    return writeWhole(target.fsPath, zip);
  }
  return vscode.workspace.fs.writeFile(target, await buffer(zip));
}

async function tellOfExport(file: vscode.Uri, { leftOut }: Collected, count: number): Promise<void> {
  const { t } = vscode.l10n;
  const show = t('Show File');
  const shownBy = commandToShow(file);
  const named = leftOut.slice(0, NAMED_FILES).map(({ path }) => path);
  const rest = leftOut.length - named.length;
  const without = [...named, ...(rest > 0 ? [t('{0} more, named in its README', rest)] : [])].join(', ');
  const said = [
    t('{0} files are in {1}. 0 tokens.', count, file.fsPath),
    ...(without === '' ? [] : [t('Left out, as secrets belong in them or they are links: {0}.', without)]),
  ].join(' ');
  const pressed = await vscode.window.showInformationMessage(said, ...(shownBy === null ? [] : [show]));
  if (pressed === show && shownBy !== null) await vscode.commands.executeCommand(shownBy, file);
}

/** As many as a notification has room for. */
const NAMED_FILES = 5;

/** The explorer has what is in the workspace; a desktop's own file manager only what is on that desktop. */
function commandToShow(file: vscode.Uri): string | null {
  if (vscode.workspace.getWorkspaceFolder(file) !== undefined) return 'revealInExplorer';
  const isHere = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  return isHere ? 'revealFileInOS' : null;
}
