import * as vscode from 'vscode';
import type { ChatSession } from '../chat/chatSession.ts';
import type { Message } from '../../protocol/chat.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { LeftTexts } from './leftTexts.ts';
import { SaveRun, type RunBeforeSave } from './saveRun.ts';

/**
 * Watches the files that generations have written for what runs when they are saved: a formatter, actions on save. That
 * is counted to the generation, and is no later edit of the person's.
 */
export class FormattedSaves implements vscode.Disposable {
  readonly #parts: FormattedSavesParts;
  /** By the document's URI. */
  readonly #runs = new Map<string, SaveRun>();
  readonly #subscriptions: vscode.Disposable[];

  constructor(parts: FormattedSavesParts) {
    this.#parts = parts;
    const { workspace, window } = vscode;
    for (const document of workspace.textDocuments) this.#watch(document);
    this.#subscriptions = [
      workspace.onDidOpenTextDocument((document) => this.#watch(document)),
      workspace.onDidCloseTextDocument(({ uri }) => this.#runs.delete(uri.toString())),
      workspace.onDidChangeTextDocument(({ document, contentChanges, reason }) => {
        const run = contentChanges.length === 0 ? undefined : this.#watch(document);
        run?.changed(document.getText(), {
          at: this.#now(),
          isPersons: reason !== undefined,
          isKey: isKey(contentChanges),
        });
      }),
      window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
        if (kind === BY_KEYBOARD || kind === BY_MOUSE)
          this.#runs.get(textEditor.document.uri.toString())?.moved(this.#now());
      }),
      workspace.onWillSaveTextDocument(({ document }) => {
        this.#runs.get(document.uri.toString())?.saving(this.#now(), runBeforeSave(document));
      }),
      workspace.onDidSaveTextDocument((document) => {
        const change = this.#runs.get(document.uri.toString())?.saved();
        if (change) void this.#count(document.uri, change).catch(this.#parts.failed);
      }),
    ];
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
  }

  #now(): number {
    return this.#parts.now().getTime();
  }

  /** Begins with what a document shows now, if a generation has written it. */
  #watch(document: vscode.TextDocument): SaveRun | undefined {
    const place = placeOf(document.uri);
    if (place === null || !this.#isWritten(place)) return undefined;
    const key = document.uri.toString();
    const known = this.#runs.get(key);
    if (known) return known;
    const run = new SaveRun(document.getText());
    this.#runs.set(key, run);
    return run;
  }

  /** Whether a generation of this window has written a file, or one of the conversation that is shown. */
  #isWritten({ folder, path }: Place): boolean {
    const { thread, runs } = this.#parts.session.state;
    return (
      this.#parts.leftTexts.has(folder.toString(), path) ||
      thread.messages.some(
        (message) => pathsOf(message).includes(path) && runs[message.id]?.folder === folder.toString(),
      )
    );
  }

  async #count(uri: vscode.Uri, change: { readonly from: string; readonly to: string }): Promise<void> {
    const place = placeOf(uri);
    if (place === null) return;
    const store = await this.#parts.checkpoints.of(place.folder);
    const left = await store.formatted(place.path, change);
    if (left !== null) this.#parts.leftTexts.remember(place.folder.toString(), place.path, left);
  }
}

export interface FormattedSavesParts {
  readonly session: ChatSession;
  readonly checkpoints: Checkpoints;
  readonly leftTexts: LeftTexts;
  readonly now: () => Date;
  readonly failed: (error: unknown) => void;
}

const { Keyboard: BY_KEYBOARD, Mouse: BY_MOUSE } = vscode.TextEditorSelectionChangeKind;

interface Place {
  readonly folder: vscode.Uri;
  /** In the folder, with `/`. */
  readonly path: string;
}

/** Where a file is in the workspace; null if it is elsewhere. */
function placeOf(uri: vscode.Uri): Place | null {
  const folder = uri.scheme === 'file' ? vscode.workspace.getWorkspaceFolder(uri)?.uri : undefined;
  return folder ? { folder, path: uri.path.slice(folder.path.replace(/\/$/, '').length + 1) } : null;
}

function pathsOf(message: Message): readonly string[] {
  if (message.role === 'assistant') return message.changes.map(({ path }) => path);
  return message.role === 'localEdit' ? message.places.map(({ path }) => path) : [];
}

function isKey([change, ...others]: readonly vscode.TextDocumentContentChangeEvent[]): boolean {
  return change !== undefined && others.length === 0 && change.text.length <= 1 && change.rangeLength <= 1;
}

/** What the person has the editor do to this document before it saves it. */
function runBeforeSave(document: vscode.TextDocument): RunBeforeSave {
  const editor = vscode.workspace.getConfiguration('editor', document);
  const actions = editor.get<unknown>('codeActionsOnSave');
  if (typeof actions === 'object' && actions !== null && Object.keys(actions).length > 0) return 'actions';
  const files = vscode.workspace.getConfiguration('files', document);
  const isTidied = editor.get('formatOnSave') === true || TIDIED_BY.some((setting) => files.get(setting) === true);
  return isTidied ? 'formatter' : 'nothing';
}

/** Settings of `files` by which the editor tidies a document itself. */
const TIDIED_BY = ['trimTrailingWhitespace', 'trimFinalNewlines', 'insertFinalNewline'];
