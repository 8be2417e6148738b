import * as vscode from 'vscode';
import { reviewHunks } from '../../core/reviewHunks.ts';
import { shortDiff } from '../../core/shortDiff.ts';
import type { FileDiff } from '../../protocol/chat.ts';
import type { RollbackPreview, RollbackScope } from '../../protocol/rollbackPreview.ts';
import type { ChatSession } from '../chat/chatSession.ts';
import type { ChatState, Redo } from '../chat/chatState.ts';
import type { OpenConversation } from '../chat/openConversation.ts';
import type { ChangesStates } from '../chat/rollbackMarks.ts';
import { checkpointFailure } from './checkpointFailure.ts';
import type { Checkpoints } from './checkpoints.ts';
import { closeDeleted } from './closeDeleted.ts';
import { earlierTargets } from './earlierTargets.ts';
import { keptGenerations, type KeptGeneration } from './keptGenerations.ts';
import type { LeftTexts } from './leftTexts.ts';
import { previewFiles } from './previewFiles.ts';
import { rollbackTargets, type RollbackTargets } from './rollbackTargets.ts';
import { saveIfDirty } from './saveIfDirty.ts';
import { workspaceText } from './workspaceText.ts';

export interface RollbackRequest {
  readonly generation: string;
  readonly what: 'both' | 'files' | 'chat';
  readonly onConflict: 'stop' | 'mine' | 'old';
  readonly scope?: RollbackScope | undefined;
  /** The files that are rolled back, as the dry run names them; all if it is not given. */
  readonly files?: readonly string[] | undefined;
}

/** The generations of one workspace folder that can be rolled back, and what they take on the disk. */
export interface KeptFolder {
  readonly folder: vscode.Uri;
  readonly generations: readonly KeptGeneration[];
  readonly bytes: number;
}

/**
 * Rolls back and redoes: files through the checkpoint store, messages in the conversation. Nothing is decided silently.
 * What fails is thrown as a sentence for people.
 */
export class Rollbacks {
  readonly #session: ChatSession;
  readonly #checkpoints: Checkpoints;
  readonly #leftTexts: LeftTexts;

  constructor(session: ChatSession, checkpoints: Checkpoints, leftTexts: LeftTexts) {
    this.#session = session;
    this.#checkpoints = checkpoints;
    this.#leftTexts = leftTexts;
  }

  /** A dry run; null if there is no such generation. */
  async preview(generation: string, scope: RollbackScope = 'since'): Promise<RollbackPreview | null> {
    const targets = await this.#targets(generation, scope, this.#session.state);
    if (!targets) return null;
    const { prompt, laterMessages, hasLater, inChat } = targets;
    return { generation, prompt, scope, hasLater, inChat, laterMessages, files: await this.#files(targets) };
  }

  /** All that can be rolled back in this workspace, of earlier chats too, by folder, the oldest first. */
  async kept(): Promise<KeptFolder[]> {
    // Elsewhere than on a disk nothing is ever written, so there is nothing to roll back.
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    return Promise.all(
      folders.map(async ({ uri: folder }) => {
        const store = await this.#checkpoints.of(folder);
        const generations = keptGenerations(await store.list(), this.#session.state.runs);
        return { folder, generations, bytes: (await store.usage()).bytes };
      }),
    );
  }

  /**
   * Rolls back, in the conversation from which it was asked for, whichever is shown by then. Answers the files that
   * stand in the way if the person has to decide first; then nothing was changed.
   */
  async rollBack(request: RollbackRequest, conversation: OpenConversation): Promise<readonly string[]> {
    const { generation, what, scope = 'since' } = request;
    const targets = await this.#targets(generation, scope, conversation.state);
    if (!targets) return [];
    const folder = what === 'chat' ? null : targets.folder;
    const done =
      folder === null ? null : await said(() => this.#rollBackFiles(targets, vscode.Uri.parse(folder), request));
    if (done?.rollbackId === null && done.conflicts.length > 0) return done.conflicts;
    const redo: Redo = {
      rollbackId: done?.rollbackId ?? null,
      folder: targets.folder,
      generations: done ? [...targets.generations] : [],
      messages: what === 'files' ? [] : [...targets.messages],
      prompt: what === 'files' || !targets.inChat ? null : targets.prompt,
      files: done?.restored.length ?? 0,
    };
    const states = await this.#states(folder, conversation.state);
    conversation.dispatch({ kind: 'rolledBack', redo, states });
    await conversation.flush();
    return [];
  }

  /** Undoes the last roll back of the conversation that is shown; false if there is none. */
  redo(): Promise<boolean> {
    const { shown } = this.#session;
    return shown.during(this.#redo(shown));
  }

  async #redo(conversation: OpenConversation): Promise<boolean> {
    const { redo } = conversation.state;
    if (!redo) return false;
    const { rollbackId, folder } = redo;
    const withFiles = rollbackId !== null && folder !== null;
    if (withFiles) await said(() => this.#redoFiles(vscode.Uri.parse(folder), rollbackId));
    const states = await this.#states(withFiles ? folder : null, conversation.state);
    conversation.dispatch({ kind: 'redone', banner: { kind: 'redone', files: redo.files }, states });
    await conversation.flush();
    return true;
  }

  /** Undoes an earlier roll back of a folder's files, by the store's name for it. */
  async redoEarlier(folder: vscode.Uri, rollbackId: string): Promise<void> {
    if (this.#session.state.redo?.rollbackId === rollbackId) {
      await this.redo();
      return;
    }
    await said(() => this.#redoFiles(folder, rollbackId));
    this.#session.dispatch({
      kind: 'changesMarked',
      states: await this.#states(folder.toString(), this.#session.state),
    });
    await this.#session.flush();
  }

  /**
   * Has the store write files: what is typed in them is saved first, and what it leaves in them is no edit of the
   * person's.
   */
  async writeBack<T extends { readonly restored: readonly string[] }>(
    folder: vscode.Uri,
    paths: readonly string[],
    write: () => Promise<T>,
  ): Promise<T> {
    const uriOf = (path: string) => vscode.Uri.joinPath(folder, path);
    for (const path of paths) await saveIfDirty(uriOf(path));
    const known = paths.filter((path) => this.#leftTexts.has(folder.toString(), path));
    const texts = () => Promise.all(known.map((path) => textAt(uriOf(path))));
    const before = await texts();
    const done = await write();
    await closeDeleted(done.restored.map(uriOf));
    const after = await texts();
    for (const [at, path] of known.entries()) {
      this.#leftTexts.follow(folder.toString(), path, { from: before[at] ?? null, to: after[at] ?? null });
    }
    return done;
  }

  /** What an answer changed in one file, in a few lines. */
  async fileDiff(generation: string, path: string): Promise<FileDiff> {
    const run = this.#session.state.runs[generation];
    if (!run?.folder) return { kind: 'gone' };
    const store = await this.#checkpoints.of(vscode.Uri.parse(run.folder));
    const known = new Set((await store.list()).map(({ id }) => id));
    if (!run.checkpoints.every((id) => known.has(id))) return { kind: 'gone' };
    const sides = await store.sides(run.checkpoints, path);
    if (!sides || sides.before.kind === 'damaged' || sides.after.kind === 'damaged') return { kind: 'gone' };
    const [before, after] = [textOf(sides.before), textOf(sides.after)];
    if (before === null || after === null) return { kind: 'noText' };
    const { lines, isCut } = shortDiff(before, after);
    const now = await textAt(vscode.Uri.joinPath(vscode.Uri.parse(run.folder), path));
    const kept = run.kept?.[path] ?? [];
    return {
      kind: 'lines',
      lines: [...lines],
      isCut,
      kept: kept === 'all' ? [] : kept,
      undone: now === null ? [] : [...reviewHunks(before, after, now).undone],
    };
  }

  async #targets(generation: string, scope: RollbackScope, state: ChatState): Promise<RollbackTargets | null> {
    const here = rollbackTargets(state, generation, scope);
    if (here) return here;
    for (const { folder, generations } of await this.kept()) {
      const earlier = earlierTargets(generations, folder.toString(), generation, scope);
      if (earlier) return earlier;
    }
    return null;
  }

  async #files(targets: RollbackTargets): Promise<RollbackPreview['files']> {
    if (targets.folder === null) return [];
    const folder = vscode.Uri.parse(targets.folder);
    const { files, outside } = await said(async () => {
      const store = await this.#checkpoints.of(folder);
      return store.preview([...targets.checkpoints], { files: targets.files });
    });
    return previewFiles(files, outside, async (path) => {
      const now = await textAt(vscode.Uri.joinPath(folder, path));
      return now === null ? null : this.#leftTexts.editedLine(folder.toString(), path, now);
    });
  }

  async #rollBackFiles(targets: RollbackTargets, folder: vscode.Uri, { onConflict, files }: RollbackRequest) {
    const store = await this.#checkpoints.of(folder);
    const selection = { files: files ?? targets.files };
    const preview = await store.preview([...targets.checkpoints], selection);
    return this.writeBack(
      folder,
      preview.files.map(({ path }) => path),
      () => store.rollBack([...targets.checkpoints], { ...selection, onConflict }),
    );
  }

  async #redoFiles(folder: vscode.Uri, rollbackId: string): Promise<void> {
    const store = await this.#checkpoints.of(folder);
    const undone = (await store.list()).filter(({ rollbacks }) => rollbacks.includes(rollbackId));
    const paths = new Set(undone.flatMap(({ files }) => files.flatMap(({ path, from }) => [path, from ?? path])));
    const { conflicts } = await this.writeBack(folder, [...paths], () => store.redo(rollbackId));
    if (conflicts.length > 0) {
      const files = conflicts.join(', ');
      throw new Error(vscode.l10n.t('Nothing was redone: {0} was changed since in the same places.', files));
    }
  }

  /** Marks the conversation as the store has it: what it changed may have been rolled back while another was shown. */
  async refreshMarks(): Promise<void> {
    const { state } = this.#session;
    const folders = new Set(
      Object.values(state.runs).flatMap(({ folder, checkpoints }) => (checkpoints.length > 0 ? (folder ?? []) : [])),
    );
    for (const folder of folders)
      this.#session.dispatch({ kind: 'changesMarked', states: await this.#states(folder, state) });
  }

  /** What the store says of a conversation's changes in a folder. */
  async #states(folder: string | null, { runs }: ChatState): Promise<ChangesStates> {
    if (folder === null) return new Map();
    const store = await this.#checkpoints.of(vscode.Uri.parse(folder));
    const kept = keptGenerations(await store.list(), runs);
    return new Map(kept.map((generation) => [generation.id, generation]));
  }
}

/** Does something with the store; what the store refuses is said in words. */
async function said<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(checkpointFailure(error, vscode.l10n), { cause: error });
  }
}

/** What stands in a file now; null if that is no text. */
async function textAt(uri: vscode.Uri): Promise<string | null> {
  const now = await workspaceText(uri);
  return now.kind === 'text' ? now.text : null;
}

/** A side as text; null if it is something else. */
function textOf(side: { readonly kind: string; readonly text?: string }): string | null {
  if (side.kind === 'absent') return '';
  return side.text ?? null;
}
