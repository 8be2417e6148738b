import * as vscode from 'vscode';
import type { ChangeApplier } from '../rollback/changeApplier.ts';
import { workspaceText } from '../rollback/workspaceText.ts';
import type { FileRead, FileWrite, OnOverlap, ToolFiles, WorkspaceAccess } from './tools/toolFiles.ts';
import { problemsText } from './problemsText.ts';
import { keepBackRules, notSentWords, whyNotSent } from './sendableFiles.ts';
import { workspaceListing } from './workspaceListing.ts';

/** The real workspace for the model's tools: reads what the person sees, writes through the change applier. */
export class WorkspaceToolFiles implements ToolFiles {
  readonly access: WorkspaceAccess;
  readonly #searchScript: string;
  readonly #folder: vscode.Uri | undefined;
  readonly #applier: ChangeApplier | undefined;
  /** The texts that the model knows, as it read or wrote them last: what differs since was typed by the person. */
  readonly #known = new Map<string, string>();

  /** `searchScript` is the bundled `textSearchWorker`. */
  constructor(
    access: WorkspaceAccess,
    folder: vscode.Uri | undefined,
    applier: ChangeApplier | undefined,
    searchScript: string,
  ) {
    this.#searchScript = searchScript;
    this.access = access;
    this.#folder = folder;
    this.#applier = applier;
  }

  async read(path: string): Promise<FileRead> {
    if (!this.#folder) return { kind: 'missing' };
    const why = await whyNotSent(this.#folder, path);
    if (why)
      return why.kind === 'outside' ? { kind: 'outside' } : { kind: 'keptBack', reason: notSentWords(path, why) };
    const read = await workspaceText(vscode.Uri.joinPath(this.#folder, path));
    if (read.kind === 'text') this.#known.set(path, read.text);
    return read;
  }

  async list(folder: string): Promise<{ paths: string[]; complete: boolean }> {
    if (!this.#folder || (await whyNotSent(this.#folder, folder))) return { paths: [], complete: true };
    return workspaceListing(this.#folder, folder);
  }

  async search(text: string, folder: string): Promise<{ lines: readonly string[]; isComplete: boolean }> {
    if (!this.#folder || (await whyNotSent(this.#folder, folder))) return { lines: [], isComplete: true };
    const { paths, complete } = await workspaceListing(this.#folder, folder, SEARCHED_FILES);
    const { textSearch } = await import('../node/textSearch.ts');
    const keepsBack = await keepBackRules(this.#folder);
    const found = await textSearch(this.#searchScript, { root: this.#folder.fsPath, paths, text, keepsBack });
    return { lines: found.lines, isComplete: found.isComplete && complete };
  }

  problems(): Promise<string> {
    return problemsText();
  }

  async write(path: string, content: string, onOverlap: OnOverlap): Promise<FileWrite> {
    if (!this.#applier || !this.#folder) return notHere;
    const known = this.#known.get(path);
    const before = await workspaceText(vscode.Uri.joinPath(this.#folder, path));
    const written = await this.#applier.write(path, content, { base: known, onOverlap });
    if (written.kind !== 'done') return written;
    const after = await workspaceText(vscode.Uri.joinPath(this.#folder, path));
    const hasTyped = known !== undefined && before.kind === 'text' && before.text !== known;
    // Saving may tidy up, which is nothing that the person typed; what they did type the model has not seen.
    this.#known.set(path, after.kind === 'text' && !hasTyped ? after.text : content);
    return written;
  }

  remove(path: string): Promise<FileWrite> {
    return this.#applier?.remove(path) ?? notHere;
  }

  /** Under another name it would be sent. */
  async rename(path: string, to: string): Promise<FileWrite> {
    const why = this.#folder && (await whyNotSent(this.#folder, path));
    if (why) return { kind: 'failed', reason: notSentWords(path, why) };
    return this.#applier?.rename(path, to) ?? notHere;
  }
}

const notHere = Promise.resolve<FileWrite>({ kind: 'failed', reason: 'Nothing can be written here.' });

/** What a thread reads in a second or two; a model that needs more names a folder. */
const SEARCHED_FILES = 5_000;
