import * as vscode from 'vscode';
import { pathMatches } from '../../core/pathMatches.ts';
import type { Mention } from '../../protocol/mention.ts';
import { attachmentOf } from './attachments.ts';
import type { Attachment } from './chatAttachment.ts';
import { problemsAttachment } from './problemsAttachment.ts';
import { problemsText } from './problemsText.ts';
import { generationFolder } from './workspaceFolder.ts';
import { workspaceListing } from './workspaceListing.ts';

/** What an `@` in the composer can stand for in this workspace, and the chips of it. */
export class Mentions {
  readonly #newId: () => string;
  readonly #now: () => Date;
  #listed: { readonly folder: string; readonly at: number; readonly paths: readonly string[] } | undefined;

  constructor(newId: () => string, now: () => Date) {
    this.#newId = newId;
    this.#now = now;
  }

  /** The likeliest first: the selection and the problems where there are any, then files and folders. */
  async find(query: string): Promise<Mention[]> {
    const special = [...selectionMention(), ...(await problemsMention())].filter(({ label }) =>
      label.startsWith(query.toLowerCase()),
    );
    const found = pathsLike(await this.#paths(), query);
    const paths = found.map((path): Mention => ({ kind: path.endsWith('/') ? 'folder' : 'file', label: path, path }));
    return [...special, ...paths];
  }

  /** The chip of it. Throws a sentence for what cannot go along. */
  async attachment({ kind, path }: Mention): Promise<Attachment> {
    const id = this.#newId();
    if (kind === 'problems') {
      const problems = await problemsAttachment(id);
      if (!problems) throw new Error(vscode.l10n.t('The editor lists no problems any more.'));
      return problems;
    }
    const editor = vscode.window.activeTextEditor;
    if (kind === 'selection') {
      if (!editor || editor.selection.isEmpty) throw new Error(vscode.l10n.t('Nothing is selected in the editor.'));
      return attachmentOf(editor.document.uri, editor.selection, id);
    }
    const folder = generationFolder();
    if (!folder) throw new Error(vscode.l10n.t('No folder is open.'));
    return attachmentOf(inWorkspace(vscode.Uri.joinPath(folder, path)), undefined, id);
  }

  /** The chip of a file or folder that was dropped, by its URI. Throws a sentence for what cannot go along. */
  async dropped(uri: string): Promise<Attachment> {
    return attachmentOf(inWorkspace(asSeenHere(vscode.Uri.parse(uri, true))), undefined, this.#newId());
  }

  /** Files and their folders. While somebody types they are listed once. */
  async #paths(): Promise<readonly string[]> {
    const folder = generationFolder();
    if (!folder) return [];
    const [key, at] = [folder.toString(), this.#now().getTime()];
    if (this.#listed?.folder === key && at - this.#listed.at < LISTED_FOR_MS) return this.#listed.paths;
    const { paths: files } = await workspaceListing(folder);
    const paths = [...files, ...foldersOf(files)];
    this.#listed = { folder: key, at, paths };
    return paths;
  }
}

/** As many as a person looks through before they type another letter. */
const MOST_MENTIONS = 12;
const LISTED_FOR_MS = 5_000;

/** `file` and `folder` stand for all of their kind, `folder:src` for one of them. */
function pathsLike(paths: readonly string[], query: string): string[] {
  const [, kind, rest = ''] = /^(file|folder)(?::(.*))?$/i.exec(query) ?? [];
  const named = pathMatches(paths, query, MOST_MENTIONS);
  if (kind === undefined) return named;
  const isFolder = kind.toLowerCase() === 'folder';
  const ofKind = paths.filter((path) => path.endsWith('/') === isFolder);
  return [...new Set([...named, ...pathMatches(ofKind, rest, MOST_MENTIONS)])].slice(0, MOST_MENTIONS);
}

function selectionMention(): Mention[] {
  const selected = vscode.window.activeTextEditor?.selection.isEmpty === false;
  return selected ? [{ kind: 'selection', label: 'selection', path: '' }] : [];
}

async function problemsMention(): Promise<Mention[]> {
  return (await problemsText()) === '' ? [] : [{ kind: 'problems', label: 'problems', path: '' }];
}

function foldersOf(files: readonly string[]): string[] {
  const folders = files.flatMap((path) => {
    const names = path.split('/').slice(0, -1);
    return names.map((_name, at) => `${names.slice(0, at + 1).join('/')}/`);
  });
  return [...new Set(folders)].sort();
}

/** A window of a remote names its files by that remote. Here, on the remote, they are files like any others. */
function asSeenHere(uri: vscode.Uri): vscode.Uri {
  return uri.scheme === 'vscode-remote' ? uri.with({ scheme: 'file', authority: '' }) : uri;
}

/** Nothing outside the workspace is read. */
function inWorkspace(uri: vscode.Uri): vscode.Uri {
  if (vscode.workspace.getWorkspaceFolder(uri)) return uri;
  throw new Error(vscode.l10n.t('{0} is outside the workspace.', uri.fsPath));
}
