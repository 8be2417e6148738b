import * as vscode from 'vscode';
import { needsConsent } from '../../core/changeSet.ts';
import { mergeRollback } from '../../core/merge.ts';
import type { AssistantMessage } from '../chat/chatReducer.ts';
import type { FileWrite, OnOverlap } from '../chat/tools/toolFiles.ts';
import type { CheckpointStore } from '../node/checkpointStore.ts';
import { changedFile } from './changedFile.ts';
import { closeDeleted } from './closeDeleted.ts';
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
  /** Until the watcher has told of what was changed last. */
  #told: Promise<void> | undefined;
  readonly #recorded = new Set<string>();

  constructor(checkpoints: Checkpoints, leftTexts: LeftTexts, target: ChangeTarget) {
    this.#checkpoints = checkpoints;
    this.#leftTexts = leftTexts;
    this.#target = target;
  }

  /**
   * Writes one file as a whole. `path` is relative, normalised and agreed to; links are followed and judged here.
   * `base` is the text that `content` was made from: what the person has typed since is merged in; where they typed in
   * the same lines, `onOverlap` says what happens.
   */
  async write(path: string, content: string, { base, onOverlap = 'stop' }: WriteOptions = {}): Promise<FileWrite> {
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
      const now = before.kind === 'text' ? before.text : null;
      const merged = withTyped(content, { base: base ?? now, now, onOverlap });
      if (merged === null) return { kind: 'overlap' };
      await this.#begin();
      const document = saved ?? (now === null ? undefined : await this.#shared(uri, place));
      if (!document || now === null || !isCurrent(document, now)) await this.#replace(path, merged, now);
      else if (!(await this.#change(document, path, { content: merged, onOverlap }))) return { kind: 'overlap' };
      return { kind: 'done', created: before.kind === 'missing' };
    } catch (error) {
      return { kind: 'failed', reason: writeFailure(error, path) };
    }
  }

  /** Deletes one file, as `write`. A link goes itself, what it leads to stays. */
  remove(path: string): Promise<FileWrite> {
    return this.#moving(path, [], async (uri, store) => {
      await store.apply(this.#target.id, [{ kind: 'delete', path }]);
      await closeDeleted([uri]);
      return null;
    });
  }

  /** Renames one file, as `write`; an editor that shows it goes along. Refused where something stands at `to`. */
  rename(path: string, to: string): Promise<FileWrite> {
    return this.#moving(path, [to], async (uri, store) => {
      const target = vscode.Uri.joinPath(this.#target.folder, to);
      // On disks that take no notice of case a file is in the way of its own new name.
      const isInTheWay = path.toLowerCase() !== to.toLowerCase() && (await kindOf(target)) !== 'missing';
      if (isInTheWay) return `There is already something at ${to}.`;
      const column = columnOf(uri);
      await store.apply(this.#target.id, [{ kind: 'rename', path, to }]);
      await closeDeleted([uri]);
      if (column !== undefined)
        await vscode.window.showTextDocument(target, { viewColumn: column, preserveFocus: true, preview: false });
      return null;
    });
  }

  /** Lets something change files by itself: what it changes is noticed as changed by something else. */
  async watched<T>(work: () => Promise<T>): Promise<T> {
    await this.#begin();
    try {
      return await work();
    } finally {
      this.#told = new Promise((resolve) => setTimeout(resolve, WATCHER_LATE_MS));
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

  /** Ends the checkpoint. */
  async commit(): Promise<CommittedChanges> {
    if (!this.#begun) return { changes: [], isEmpty: true };
    await this.#told;
    const store = await this.#checkpoints.of(this.#target.folder);
    const touched = (await store.list()).find(({ id }) => id === this.#target.id)?.files ?? [];
    const own = [...this.#recorded, ...touched.flatMap(({ path, from }) => [path, from ?? path])];
    const outside = this.#outside?.names(own) ?? [];
    await store.commit(this.#target.id, { outside });
    this.#outside?.dispose();
    const listed = (await store.list()).find(({ id }) => id === this.#target.id);
    const changes = (listed?.files ?? []).map(changedFile);
    for (const { path } of changes) {
      const now = await workspaceText(vscode.Uri.joinPath(this.#target.folder, path));
      if (now.kind === 'text') this.#leftTexts.remember(this.#target.folder.toString(), path, now.text);
    }
    return { changes, isEmpty: changes.length === 0 && outside.length === 0 };
  }

  /** Does something to one whole file, once it is saved; the answer of `work` is a reason not to. */
  async #moving(
    path: string,
    others: readonly string[],
    work: (uri: vscode.Uri, store: CheckpointStore) => Promise<string | null>,
  ): Promise<FileWrite> {
    try {
      for (const each of [path, ...others]) if ((await this.#place(each)) === null) return { kind: 'outside' };
      const uri = vscode.Uri.joinPath(this.#target.folder, path);
      const kind = await kindOf(uri);
      if (kind !== 'file') return { kind: 'failed', reason: kind === 'missing' ? NO_FILE : IS_FOLDER };
      if ((await savedDocument(uri)) === 'notSaved')
        return { kind: 'failed', reason: `${path} has unsaved changes that could not be saved.` };
      await this.#begin();
      const refused = await work(uri, await this.#checkpoints.of(this.#target.folder));
      return refused !== null ? { kind: 'failed', reason: refused } : { kind: 'done', created: false };
    } catch (error) {
      return { kind: 'failed', reason: writeFailure(error, path) };
    }
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

  /**
   * An open document changes in the editor, so that its undo history, caret and other views stay right. False if the
   * person typed in the same lines and theirs are to stay.
   */
  async #change(
    document: vscode.TextDocument,
    path: string,
    { content, onOverlap }: { content: string; onOverlap: OnOverlap },
  ): Promise<boolean> {
    const before = document.getText();
    if (before === fittingText(content, before)) return true;
    await this.#record(path);
    // Recording takes a moment, in which the person may type.
    const now = document.getText();
    const merged = withTyped(fittingText(content, before), { base: before, now, onOverlap });
    if (merged === null) return false;
    const difference = textDifference(now, merged);
    if (!difference) return true;
    const range = new vscode.Range(document.positionAt(difference.start), document.positionAt(difference.end));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, range, difference.text);
    if (!(await vscode.workspace.applyEdit(edit))) throw new Error(`The editor did not take the change of ${path}.`);
    await saveOrThrow(document);
    return true;
  }

  async #replace(path: string, content: string, before: string | null): Promise<void> {
    const store = await this.#checkpoints.of(this.#target.folder);
    const text = fittingText(content, before);
    await store.apply(this.#target.id, [{ kind: 'write', path, content: text }]);
    this.#leftTexts.remember(this.#target.folder.toString(), path, text);
  }
}

/** The editor gathers changes on the disk for some tenths of a second before it tells of them. */
const WATCHER_LATE_MS = 1_000;

const NO_FILE = 'There is no such file.';
const IS_FOLDER = 'This is a folder. Files are deleted and renamed one by one.';

async function kindOf(uri: vscode.Uri): Promise<'file' | 'folder' | 'missing'> {
  try {
    const { type } = await vscode.workspace.fs.stat(uri);
    return type & vscode.FileType.Directory ? 'folder' : 'file';
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return 'missing';
    throw error;
  }
}

/** The column in which a file is shown; undefined if it is not. */
function columnOf(uri: vscode.Uri): vscode.ViewColumn | undefined {
  const isShown = ({ input }: vscode.Tab) =>
    input instanceof vscode.TabInputText && input.uri.toString() === uri.toString();
  return vscode.window.tabGroups.all.find(({ tabs }) => tabs.some(isShown))?.viewColumn;
}

/** What has changed in all. `isEmpty`: nothing did, also by something else, so that there is nothing to tell of. */
export interface CommittedChanges {
  readonly changes: AssistantMessage['changes'];
  readonly isEmpty: boolean;
}

interface WriteOptions {
  readonly base?: string | undefined;
  readonly onOverlap?: OnOverlap;
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

/**
 * New content with what was typed since the text that it was made from. Where both changed the same lines the new
 * content's stand if they are to replace the others; else null.
 */
function withTyped(
  content: string,
  { base, now, onOverlap }: { base: string | null; now: string | null; onOverlap: OnOverlap },
): string | null {
  if (base === null || now === null || withoutMark(base) === withoutMark(now)) return content;
  const fitting = (text: string) => withoutMark(fittingText(text, now));
  const merge = mergeRollback(fitting(content), fitting(base), withoutMark(now));
  if (merge.kind === 'merged') return merge.text;
  if (onOverlap === 'stop') return null;
  return merge.regions.map((region) => (typeof region === 'string' ? region : (region.old ?? ''))).join('');
}

async function saveOrThrow(document: vscode.TextDocument): Promise<void> {
  if (document.isDirty && !(await document.save())) {
    throw new Error(vscode.l10n.t('{0} could not be saved.', vscode.workspace.asRelativePath(document.uri)));
  }
}
