import * as vscode from 'vscode';
import { BYTE_ORDER_MARK } from '../rollback/fittingText.ts';
import { openDocument, workspaceText } from '../rollback/workspaceText.ts';

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
  readonly #watcher: vscode.FileSystemWatcher;
  #paths: Promise<readonly vscode.Uri[]> | undefined;

  constructor(folder: vscode.Uri) {
    this.#folder = folder;
    this.#watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, STYLE_AND_MARKUP));
    this.#watcher.onDidChange((uri) => this.#texts.delete(uri.toString()));
    this.#watcher.onDidCreate(() => (this.#paths = undefined));
    this.#watcher.onDidDelete((uri) => {
      this.#texts.delete(uri.toString());
      this.#paths = undefined;
    });
  }

  /** All of them, the open ones first, within the bounds below. */
  async read(): Promise<StyleFile[]> {
    this.#paths ??= this.#find();
    const found = await this.#paths;
    const open = found.filter((uri) => openDocument(uri));
    const closed = found.filter((uri) => !openDocument(uri));
    const files: StyleFile[] = [];
    let room = ALL_FILES_CHARS;
    for (const uri of [...open, ...closed]) {
      const text = await this.#text(uri);
      if (text === null || text.length > room) continue;
      room -= text.length;
      files.push({ path: this.#pathOf(uri), text });
    }
    return files;
  }

  dispose(): void {
    this.#watcher.dispose();
  }

  async #find(): Promise<readonly vscode.Uri[]> {
    const pattern = new vscode.RelativePattern(this.#folder, STYLE_AND_MARKUP);
    return vscode.workspace.findFiles(pattern, NOT_WRITTEN_BY_HAND, MAX_FILES);
  }

  async #text(uri: vscode.Uri): Promise<string | null> {
    const document = openDocument(uri);
    if (document) return bounded(document.getText());
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

/** What a style or text change can be in. */
const STYLE_AND_MARKUP = '**/*.{css,scss,less,html,htm,jsx,tsx,vue,svelte,js,ts,json}';
/** What is made by tools is made again by them. */
const NOT_WRITTEN_BY_HAND =
  '{**/node_modules/**,**/.git/**,**/dist/**,**/build/**,**/out/**,**/coverage/**,**/.next/**,**/vendor/**,' +
  '**/*.min.*,**/package-lock.json,**/package.json,**/tsconfig*.json,**/.vscode/**,**/*.d.ts}';
/** A planner answers while one types: this much takes it some tens of milliseconds. */
const MAX_FILES = 400;
const ONE_FILE_CHARS = 200_000;
const ALL_FILES_CHARS = 3_000_000;

function bounded(text: string): string | null {
  if (text.length > ONE_FILE_CHARS) return null;
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}
