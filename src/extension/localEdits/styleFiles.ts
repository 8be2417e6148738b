import * as vscode from 'vscode';
import { BYTE_ORDER_MARK } from '../rollback/fittingText.ts';
import { gitIgnores } from './gitIgnores.ts';
import { STYLE_AND_MARKUP } from './styleAndMarkup.ts';
import { workspaceText } from '../rollback/workspaceText.ts';

/**
 * A file as the planner reads it. `path` is relative to the folder; the text is what the editor shows, without a byte
 * order mark.
 */
export interface StyleFile {
  readonly path: string;
  readonly text: string;
}

/**
 * The style and markup files of a workspace folder, kept in memory until they change. Open documents count as they are
 * typed.
 */
export class StyleFiles implements vscode.Disposable {
  readonly #folder: vscode.Uri;
  readonly #texts = new Map<string, string | null>();
  readonly #subscriptions: vscode.Disposable[];
  #paths: Promise<readonly vscode.Uri[]> | undefined;

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
    const files = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, STYLE_AND_MARKUP));
    const ignores = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, '**/.gitignore'));
    const findAnew = () => (this.#paths = undefined);
    const forget = (uri: vscode.Uri) => this.#texts.delete(uri.toString());
    this.#subscriptions = [
      files,
      ignores,
      ...[files.onDidCreate, files.onDidDelete].map((event) => event(findAnew)),
      ...[ignores.onDidChange, ignores.onDidCreate, ignores.onDidDelete].map((event) => event(findAnew)),
      ...[files.onDidChange, files.onDidDelete].map((event) => event(forget)),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration('files.exclude')) findAnew();
      }),
    ];
  }

  /** All of them, the open ones first, within the bounds below. */
  async read(): Promise<StyleFile[]> {
    this.#paths ??= this.#find();
    const found = await this.#paths;
    const documents = openDocuments();
    const open = found.filter((uri) => documents.has(uri.toString()));
    const closed = found.filter((uri) => !documents.has(uri.toString()));
    const files: StyleFile[] = [];
    let room = ALL_FILES_CHARS;
    for (const uri of [...open, ...closed]) {
      const document = documents.get(uri.toString());
      const text = document ? bounded(document.getText()) : await this.#textOnDisk(uri);
      if (text === null || text.length > room) continue;
      room -= text.length;
      files.push({ path: this.#pathOf(uri), text });
    }
    return files;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  async #find(): Promise<readonly vscode.Uri[]> {
    const pattern = new vscode.RelativePattern(this.#folder, STYLE_AND_MARKUP);
    const [found, isIgnored] = await Promise.all([
      vscode.workspace.findFiles(pattern, NOT_WRITTEN_BY_HAND, MAX_FILES),
      gitIgnores(this.#folder),
    ]);
    return found.filter((uri) => !isIgnored(uri));
  }

  async #textOnDisk(uri: vscode.Uri): Promise<string | null> {
    const key = uri.toString();
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const read = await workspaceText(uri).catch(() => null);
    const text = read?.kind === 'text' ? bounded(read.text) : null;
    this.#texts.set(key, text);
    return text;
  }

  #pathOf(uri: vscode.Uri): string {
    return uri.path.slice(this.#folder.path.replace(/\/$/, '').length + 1);
  }
}

function openDocuments(): Map<string, vscode.TextDocument> {
  const documents = vscode.workspace.textDocuments.filter(({ isClosed }) => !isClosed);
  return new Map(documents.map((document) => [document.uri.toString(), document]));
}

/** What is made by tools is made again by them. */
const NOT_WRITTEN_BY_HAND =
  '{**/node_modules/**,**/.git/**,**/dist/**,**/build/**,**/out/**,**/coverage/**,**/.next/**,**/vendor/**,' +
  '**/*.min.*,**/package-lock.json,**/package.json,**/tsconfig*.json,**/.vscode/**,**/*.d.ts}';
/** What a thousand components and their styles come to; the planner's index takes some 50 MB for as much. */
const MAX_FILES = 1_500;
const ONE_FILE_CHARS = 200_000;
const ALL_FILES_CHARS = 8_000_000;

function bounded(text: string): string | null {
  if (text.length > ONE_FILE_CHARS) return null;
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
