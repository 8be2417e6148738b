import * as vscode from 'vscode';
import { resolveWorkspacePath } from '../../core/changeSet.ts';
import { placedCode, type Selected } from '../../core/placedCode.ts';
import type { CodeUse } from '../../protocol/codeUse.ts';
import type { FreeEdits } from '../localEdits/freeEdits.ts';
import { generationFolder } from './workspaceFolder.ts';
import { workspaceListing } from './workspaceListing.ts';

/**
 * Puts a code block of an answer into a file, as a change set like any other: the file that the answer names, else the
 * one that the person picks. They see what it changes first. Throws a sentence where it has no place.
 */
export async function applyCode(freeEdits: FreeEdits, use: Extract<CodeUse, { action: 'apply' }>): Promise<void> {
  const folder = generationFolder();
  if (!folder || !vscode.workspace.isTrusted) throw new Error(vscode.l10n.t('Open a trusted folder first.'));
  const named = use.path === null ? null : inside(use.path);
  const exists = named !== null && (await isFile(vscode.Uri.joinPath(folder, named)));
  const path = named !== null && (exists || use.isCertain) ? named : await pick(folder, named);
  if (path === undefined) return;
  const uri = vscode.Uri.joinPath(folder, path);
  const prompt = vscode.l10n.t('Apply the code to {0}', path);
  await freeEdits.rewrite(prompt, path, (text) => placedCode(text, use.code, selectedIn(uri)));
}

/** As many as a person looks through: they type to find one. */
const MOST_PICKED = 1_000;

async function pick(folder: vscode.Uri, named: string | null): Promise<string | undefined> {
  const { paths } = await workspaceListing(folder, '', MOST_PICKED);
  const shown = vscode.window.activeTextEditor?.document.uri;
  const open = paths.filter((path) => vscode.Uri.joinPath(folder, path).toString() === shown?.toString());
  const create = named === null ? [] : [{ label: named, description: vscode.l10n.t('New file'), path: named }];
  const others = [...open, ...paths.filter((path) => !open.includes(path))];
  const picked = await vscode.window.showQuickPick([...create, ...others.map((path) => ({ label: path, path }))], {
    title: vscode.l10n.t('Apply to Which File?'),
    placeHolder: vscode.l10n.t('You see what changes first. 0 tokens.'),
  });
  return picked?.path;
}

/** What is guarded is changed by hand. */
function inside(path: string): string {
  const resolved = resolveWorkspacePath(path);
  if (resolved.kind === 'refusal') throw new Error(vscode.l10n.t('{0} is not in the workspace.', path));
  if (resolved.needsConsent) throw new Error(vscode.l10n.t('{0} is guarded: change it by hand.', path));
  return resolved.path;
}

function isFile(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(
    vscode.workspace.fs.stat(uri).then(
      ({ type }) => (type & vscode.FileType.File) !== 0,
      () => false,
    ),
  );
}

function selectedIn(uri: vscode.Uri): Selected | null {
  const editor = vscode.window.activeTextEditor;
  if (editor?.document.uri.toString() !== uri.toString()) return null;
  const { document, selection } = editor;
  return { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
}
