import * as vscode from 'vscode';
import { needsConsent } from '../../core/changeSet.ts';
import type { ChangeApplier } from '../rollback/changeApplier.ts';
import { workspaceText } from '../rollback/workspaceText.ts';
import type { FileRead, FileWrite, ToolFiles, WorkspaceAccess } from './tools/toolFiles.ts';
import { problemsText } from './problemsText.ts';
import { workspaceListing } from './workspaceListing.ts';

/** The real workspace for the model's tools: reads what the person sees, writes through the change applier. */
export class WorkspaceToolFiles implements ToolFiles {
  readonly access: WorkspaceAccess;
  readonly #searchScript: string;
  readonly #folder: vscode.Uri | undefined;
  readonly #applier: ChangeApplier | undefined;

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
    if (!(await isAllowedPlace(this.#folder, path))) return { kind: 'outside' };
    return workspaceText(vscode.Uri.joinPath(this.#folder, path));
  }

  async list(folder: string): Promise<{ paths: string[]; complete: boolean }> {
    if (!this.#folder || !(await isAllowedPlace(this.#folder, folder))) return { paths: [], complete: true };
    return workspaceListing(this.#folder, folder);
  }

  async search(text: string, folder: string): Promise<{ lines: readonly string[]; isComplete: boolean }> {
    if (!this.#folder || !(await isAllowedPlace(this.#folder, folder))) return { lines: [], isComplete: true };
    const { paths, complete } = await workspaceListing(this.#folder, folder, SEARCHED_FILES);
    const { textSearch } = await import('../node/textSearch.ts');
    const found = await textSearch(this.#searchScript, { root: this.#folder.fsPath, paths, text });
    return { lines: found.lines, isComplete: found.isComplete && complete };
  }

  problems(): string {
    return problemsText();
  }

  write(path: string, content: string): Promise<FileWrite> {
    return this.#applier?.write(path, content) ?? notHere;
  }

  remove(path: string): Promise<FileWrite> {
    return this.#applier?.remove(path) ?? notHere;
  }

  rename(path: string, to: string): Promise<FileWrite> {
    return this.#applier?.rename(path, to) ?? notHere;
  }
}

const notHere = Promise.resolve<FileWrite>({ kind: 'failed', reason: 'Nothing can be written here.' });

/** What a thread reads in a second or two; a model that needs more names a folder. */
const SEARCHED_FILES = 5_000;

/** False for what lies outside, and for a link to a guarded place that the path itself does not name. */
async function isAllowedPlace(folder: vscode.Uri, path: string): Promise<boolean> {
  const { realWorkspacePath } = await import('../node/realWorkspacePath.ts');
  const place = await realWorkspacePath(folder.fsPath, path);
  return place !== null && (!needsConsent(place) || needsConsent(path));
}
