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
  readonly #allowed = new Set<string>();

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
    if (this.#applier) return this.#applier.write(path, content);
    return Promise.resolve({ kind: 'failed', reason: 'Nothing can be written here.' });
  }

  /**
   * Modal, because it is the one moment where a model reaches for something that can do harm. A yes holds for this
   * generation.
   */
  async consent(path: string, purpose: 'read' | 'write'): Promise<boolean> {
    const key = `${purpose} ${path}`;
    if (this.#allowed.has(key)) return true;
    const allow = purpose === 'read' ? vscode.l10n.t('Let It Read') : vscode.l10n.t('Let It Change');
    const question =
      purpose === 'read'
        ? vscode.l10n.t('The model wants to read {0}.', path)
        : vscode.l10n.t('The model wants to change {0}.', path);
    const detail = vscode.l10n.t('Files like this one can hold secrets or run code on this machine.');
    const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, allow);
    if (answer === allow) this.#allowed.add(key);
    return answer === allow;
  }
}

/** What a thread reads in a second or two; a model that needs more names a folder. */
const SEARCHED_FILES = 5_000;

/** False for what lies outside, and for a link to a guarded place that the path itself does not name. */
async function isAllowedPlace(folder: vscode.Uri, path: string): Promise<boolean> {
  const { realWorkspacePath } = await import('../node/realWorkspacePath.ts');
  const place = await realWorkspacePath(folder.fsPath, path);
  return place !== null && (!needsConsent(place) || needsConsent(path));
}
