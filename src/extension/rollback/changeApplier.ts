import * as vscode from 'vscode';
import { needsConsent } from '../../core/changeSet.ts';
import type { AssistantMessage } from '../chat/chatReducer.ts';
import type { FileWrite } from '../chat/tools/toolFiles.ts';
import { changedFile } from './changedFile.ts';
import { BYTE_ORDER_MARK, fittingText } from './fittingText.ts';
import type { LeftTexts } from './leftTexts.ts';
import { OutsideChanges } from './outsideChanges.ts';
import { textDifference } from './textDifference.ts';
import { openDocument, workspaceText } from './workspaceText.ts';
import type { Checkpoints } from './checkpoints.ts';
import { writeFailure } from './writeFailure.ts';

export interface ChangeTarget {
  readonly folder: vscode.Uri;
  /** The checkpoint's id. */
  readonly id: string;
  readonly prompt: string;
}

/** The only way in which a generation or a local edit changes files: the bytes before are on the disk first. */
export class ChangeApplier {
  readonly #checkpoints: Checkpoints;
  readonly #leftTexts: LeftTexts;
  readonly #target: ChangeTarget;
  #begun: Promise<void> | undefined;
  #outside: OutsideChanges | undefined;
  readonly #recorded = new Set<string>();

  constructor(checkpoints: Checkpoints, leftTexts: LeftTexts, target: ChangeTarget) {
    this.#checkpoints = checkpoints;
    this.#leftTexts = leftTexts;
    this.#target = target;
  }

  /** Writes one file as a whole. `path` is relative, normalised and agreed to; links are followed and judged here. */
  async write(path: string, content: string): Promise<FileWrite> {
    try {
      const place = await this.#place(path);
      if (place === null) return { kind: 'outside' };
      const uri = vscode.Uri.joinPath(this.#target.folder, path);
      const saved = await savedDocument(uri);
      if (saved === 'notSaved')
        return { kind: 'failed', reason: `${path} has unsaved changes that could not be saved.` };
      const before = await workspaceText(uri);
      if (before.kind !== 'text' && before.kind !== 'missing') {
        return { kind: 'failed', reason: `${path} is not a text file that can be replaced.` };
      }
      await this.#begin();
      const document = saved ?? (before.kind === 'text' ? await this.#shared(uri, place) : undefined);
      if (document && before.kind === 'text' && isCurrent(document, before.text))
        await this.#change(document, path, content);
      else await this.#replace(path, content, before.kind === 'text' ? before.text : null);
      return { kind: 'written', created: before.kind === 'missing' };
    } catch (error) {
      return { kind: 'failed', reason: writeFailure(error, path) };
    }
  }

  /**
   * Changes several open or closed files as one undo step each; every change is in the checkpoint before it happens.
   * `text` is what the offsets count in: nothing is changed if a file has become another meanwhile.
   */
  async edit(edits: readonly PlannedText[]): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    const documents: vscode.TextDocument[] = [];
    for (const { path, changes } of edits) {
      if ((await this.#place(path)) === null) throw new Error(vscode.l10n.t('{0} is outside the workspace.', path));
      const uri = vscode.Uri.joinPath(this.#target.folder, path);
      const document = await vscode.workspace.openTextDocument(uri);
      await this.#begin();
      await this.#record(path);
      for (const { start, end, text } of changes) {
        edit.replace(uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), text);
      }
      documents.push(document);
    }
    if (documents.some((document, at) => document.isDirty || document.getText() !== edits[at]?.text))
      throw new Error(vscode.l10n.t('The files have changed since, so nothing was changed.'));
    if (!(await vscode.workspace.applyEdit(edit)))
      throw new Error(vscode.l10n.t('The editor did not take the change.'));
    for (const document of documents) await saveOrThrow(document);
  }

  /** Ends the checkpoint. Answers what has changed in all. */
  async commit(): Promise<AssistantMessage['changes']> {
    if (!this.#begun) return [];
    const store = await this.#checkpoints.of(this.#target.folder);
    const touched = (await store.list()).find(({ id }) => id === this.#target.id)?.files ?? [];
    const own = [...this.#recorded, ...touched.flatMap(({ path, from }) => [path, from ?? path])];
    await store.commit(this.#target.id, { outside: this.#outside?.names(own) ?? [] });
    this.#outside?.dispose();
    const listed = (await store.list()).find(({ id }) => id === this.#target.id);
    const changes = (listed?.files ?? []).map(changedFile);
    for (const { path } of changes) {
      const now = await workspaceText(vscode.Uri.joinPath(this.#target.folder, path));
      if (now.kind === 'text') this.#leftTexts.remember(this.#target.folder.toString(), path, now.text);
    }
    return changes;
  }

  /**
   * Where the path really leads, or null: outside, or by a link to a guarded place that the path itself does not name.
   */
  async #place(path: string): Promise<string | null> {
    const { realWorkspacePath } = await import('../node/realWorkspacePath.ts');
    const place = await realWorkspacePath(this.#target.folder.fsPath, path);
    return place !== null && needsConsent(place) && !needsConsent(path) ? null : place;
  }

  /** A file with several names on the disk is changed through the editor, which keeps them one file. */
  async #shared(uri: vscode.Uri, place: string): Promise<vscode.TextDocument | undefined> {
    const { hasOtherNames } = await import('../node/hasOtherNames.ts');
    const path = vscode.Uri.joinPath(this.#target.folder, place).fsPath;
    return (await hasOtherNames(path)) ? vscode.workspace.openTextDocument(uri) : undefined;
  }

  #begin(): Promise<void> {
    this.#outside ??= new OutsideChanges(this.#target.folder);
    this.#begun ??= this.#checkpoints.of(this.#target.folder).then((store) => {
      return store.begin(this.#target.id, { prompt: this.#target.prompt });
    });
    return this.#begun;
  }

  async #record(path: string): Promise<void> {
    this.#recorded.add(path);
    const store = await this.#checkpoints.of(this.#target.folder);
    await store.record(this.#target.id, path);
  }

  /** An open document changes in the editor, so that its undo history, caret and other views stay right. */
  async #change(document: vscode.TextDocument, path: string, content: string): Promise<void> {
    if (document.getText() === fittingText(content, document.getText())) return;
    await this.#record(path);
    // Recording takes a moment, in which the person may type.
    const before = document.getText();
    const difference = textDifference(before, fittingText(content, before));
    if (!difference) return;
    const range = new vscode.Range(document.positionAt(difference.start), document.positionAt(difference.end));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, difference.text);
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`The editor did not take the change of ${path}.`);
    await saveOrThrow(document);
  }

  async #replace(path: string, content: string, before: string | null): Promise<void> {
    const store = await this.#checkpoints.of(this.#target.folder);
    await store.apply(this.#target.id, [{ kind: 'write', path, content: fittingText(content, before) }]);
  }
}

/** A file's changes with the text that they were planned on. */
export interface PlannedText {
  readonly path: string;
  readonly text: string;
  readonly changes: readonly TextChange[];
}

/** One piece of an original text, in UTF-16 code units, and what stands there afterwards. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The open document with its unsaved text made part of "before"; undefined where none is open. */
async function savedDocument(uri: vscode.Uri): Promise<vscode.TextDocument | undefined | 'notSaved'> {
  const document = openDocument(uri);
  if (!document?.isDirty) return document;
  return (await document.save()) ? document : 'notSaved';
}

/**
 * Whether a document shows what is on the disk: one that lags behind is reloaded by the editor once the disk changes.
 */
function isCurrent(document: vscode.TextDocument, onDisk: string): boolean {
  return withoutMark(document.getText()) === withoutMark(onDisk);
}

function withoutMark(text: string): string {
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

async function saveOrThrow(document: vscode.TextDocument): Promise<void> {
  if (document.isDirty && !(await document.save())) {
    throw new Error(vscode.l10n.t('{0} could not be saved.', vscode.workspace.asRelativePath(document.uri)));
  }
}
