import * as vscode from 'vscode';
import type { RollbackPreview } from '../../protocol/chat.ts';
import type { ChatSession } from '../chat/chatSession.ts';
import type { Redo } from '../chat/chatState.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { LeftTexts } from './leftTexts.ts';
import { previewFiles } from './previewFiles.ts';
import { rollbackTargets, type RollbackTargets } from './rollbackTargets.ts';
import { openDocument, workspaceText } from './workspaceText.ts';

export interface RollbackRequest {
  readonly generation: string;
  readonly what: 'both' | 'files' | 'chat';
  readonly onConflict: 'stop' | 'mine' | 'old';
}

/**
 * Rolls back and redoes: files through the checkpoint store, messages in the conversation. Nothing is decided silently.
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
  async preview(generation: string): Promise<RollbackPreview | null> {
    const targets = rollbackTargets(this.#session.state, generation);
    if (!targets) return null;
    const { prompt, laterMessages } = targets;
    return { generation, prompt, laterMessages, files: await this.#files(targets) };
  }

  /**
   * Rolls back. Answers the files that stand in the way if the person has to decide first; then nothing was changed.
   */
  async rollBack({ generation, what, onConflict }: RollbackRequest): Promise<readonly string[]> {
    const targets = rollbackTargets(this.#session.state, generation);
    if (!targets) return [];
    const withFiles = what !== 'chat' && targets.folder !== null;
    const done = withFiles ? await this.#rollBackFiles(targets, targets.folder, onConflict) : null;
    if (done?.rollbackId === null && done.conflicts.length > 0) return done.conflicts;
    const prompt = what === 'files' ? null : targets.prompt;
    const redo: Redo = {
      rollbackId: done?.rollbackId ?? null,
      folder: targets.folder,
      generations: done ? [...targets.generations] : [],
      messages: what === 'files' ? [] : [...targets.messages],
      prompt,
      files: done?.restored.length ?? 0,
      conflicts: done?.conflicts.length ?? 0,
    };
    const banner = {
      kind: 'rolledBack' as const,
      rollbackId: redo.rollbackId ?? '',
      files: redo.files,
      promptRestored: prompt !== null && prompt !== '',
    };
    this.#session.dispatch({ kind: 'rolledBack', redo, banner });
    await this.#session.flush();
    return [];
  }

  /** Undoes the last roll back; false if there is none. */
  async redo(): Promise<boolean> {
    const { redo } = this.#session.state;
    if (!redo) return false;
    if (redo.rollbackId !== null && redo.folder !== null) {
      const store = await this.#checkpoints.of(vscode.Uri.parse(redo.folder));
      const { conflicts } = await store.redo(redo.rollbackId);
      if (conflicts.length > 0) {
        const files = conflicts.join(', ');
        throw new Error(vscode.l10n.t('Nothing was redone: {0} was changed since in the same places.', files));
      }
    }
    this.#session.dispatch({ kind: 'redone', banner: { kind: 'redone', files: redo.files } });
    await this.#session.flush();
    return true;
  }

  async #files(targets: RollbackTargets): Promise<RollbackPreview['files']> {
    if (targets.folder === null) return [];
    const folder = vscode.Uri.parse(targets.folder);
    const store = await this.#checkpoints.of(folder);
    const { files, outside } = await store.preview([...targets.checkpoints]);
    return previewFiles(files, outside, async (path) => {
      const now = await workspaceText(vscode.Uri.joinPath(folder, path));
      return now.kind === 'text' ? this.#leftTexts.editedLine(folder.toString(), path, now.text) : null;
    });
  }

  async #rollBackFiles(targets: RollbackTargets, folderUri: string | null, onConflict: RollbackRequest['onConflict']) {
    const folder = vscode.Uri.parse(folderUri ?? '');
    const store = await this.#checkpoints.of(folder);
    const { files } = await store.preview([...targets.checkpoints]);
    for (const { path } of files) await saveIfDirty(vscode.Uri.joinPath(folder, path));
    const done = await store.rollBack([...targets.checkpoints], { onConflict });
    await closeDeleted(done.restored.map((path) => vscode.Uri.joinPath(folder, path)));
    return done;
  }
}

/** What is typed but not saved is part of the present, which every roll back captures first. */
async function saveIfDirty(uri: vscode.Uri): Promise<void> {
  const document = openDocument(uri);
  if (document?.isDirty && !(await document.save())) {
    throw new Error(
      vscode.l10n.t('{0} has unsaved changes and could not be saved, so nothing was rolled back.', uri.fsPath),
    );
  }
}

/** Editors of files that are gone would only say so. */
async function closeDeleted(uris: readonly vscode.Uri[]): Promise<void> {
  const gone = new Set<string>();
  for (const uri of uris) {
    const there = await vscode.workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!there) gone.add(uri.toString());
  }
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const stale = tabs.filter(({ input }) => input instanceof vscode.TabInputText && gone.has(input.uri.toString()));
  if (stale.length > 0) await vscode.window.tabGroups.close(stale, true);
}
