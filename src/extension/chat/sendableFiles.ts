import * as vscode from 'vscode';
import { needsConsent } from '../../core/changeSet.ts';
import { IGNORE_FILE, keptBack, type KeepBackRules, type KeptBack } from '../../core/keptBack.ts';
import { workspaceText } from '../rollback/workspaceText.ts';

/**
 * The one door for what is read to be sent: why a file or folder of a workspace folder is never sent; null if it may
 * be. Links are followed: what they lead to counts as well. Throws a sentence if that can't be known.
 */
export async function whyNotSent(folder: vscode.Uri, path: string): Promise<NotSent | null> {
  const place = await placeOf(folder, path);
  if (place === null) return { kind: 'outside' };
  if (needsConsent(place) && !needsConsent(path)) return { kind: 'guarded', place };
  const kept = keptBack(await keepBackRules(folder));
  for (const each of [path, place]) {
    const by = kept.by(each) ?? ((await someIsThere(folder, kept.unlessGone(each))) ? 'excluded' : null);
    if (by) return { kind: by };
  }
  return null;
}

/** The same of any URI; what is in no workspace folder is only sent because the person named it. */
export async function whyUriNotSent(uri: vscode.Uri): Promise<NotSent | null> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  return folder ? whyNotSent(folder.uri, pathIn(folder.uri, uri)) : null;
}

export type NotSent =
  | { readonly kind: 'ignoreFile' | 'excluded' | 'outside' }
  /** A link to what is guarded. */
  | { readonly kind: 'guarded'; readonly place: string };

/** For many files of one folder, by their own paths. Throws as `whyNotSent`. */
export async function keptBackIn(folder: vscode.Uri): Promise<KeptBack> {
  return keptBack(await keepBackRules(folder));
}

/** What the person wrote and set for a folder. Throws a sentence if it can't be read: then nothing is sent. */
export async function keepBackRules(folder: vscode.Uri): Promise<KeepBackRules> {
  const file = await workspaceText(vscode.Uri.joinPath(folder, IGNORE_FILE));
  if (file.kind !== 'text' && file.kind !== 'missing')
    throw new Error(vscode.l10n.t('{0} can’t be read as text, so no file is sent.', IGNORE_FILE));
  const set = vscode.workspace.getConfiguration('files', folder).get<Record<string, unknown>>('exclude', {});
  const excluded = Object.entries(set).map(([glob, value]): [string, boolean | string] => [glob, conditionOf(value)]);
  return { ignoreFile: file.kind === 'text' ? file.text : '', excluded: Object.fromEntries(excluded) };
}

/** Why in words: for the person, and for the model that asked for it. */
export function notSentWords(path: string, why: NotSent): string {
  switch (why.kind) {
    case 'ignoreFile':
      return vscode.l10n.t('{0} is never sent to a model: {1} says so.', path, IGNORE_FILE);
    case 'excluded':
      return vscode.l10n.t('{0} is never sent to a model: the setting files.exclude says so.', path);
    case 'outside':
      return vscode.l10n.t('{0} leads outside the workspace, so it is not sent to a model.', path);
    case 'guarded':
      return vscode.l10n.t(
        '{0} is a link to {1}, which can hold secrets, so it is not sent to a model.',
        path,
        why.place,
      );
  }
}

/** Links exist where files are on a disk. */
async function placeOf(folder: vscode.Uri, path: string): Promise<string | null> {
  if (folder.scheme !== 'file') return path;
  const { realWorkspacePath } = await import('../node/realWorkspacePath.ts');
  return realWorkspacePath(folder.fsPath, path);
}

function pathIn(folder: vscode.Uri, uri: vscode.Uri): string {
  return uri.path.slice(folder.path.replace(/\/$/, '').length + 1);
}

/** `true`, or the name of a file beside it; what is set otherwise hides nothing. */
function conditionOf(value: unknown): boolean | string {
  if (typeof value !== 'object' || value === null || !('when' in value)) return value === true;
  return typeof value.when === 'string' && value.when;
}

async function someIsThere(folder: vscode.Uri, paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) =>
      vscode.workspace.fs.stat(vscode.Uri.joinPath(folder, path)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}
