import * as vscode from 'vscode';
import type { Message } from '../../protocol/chat.ts';
import type {
  DiffLayout,
  FileSides,
  Outcome,
  Review,
  ReviewedFile,
  ReviewExtensionCalls,
  UndoRequest,
} from '../../protocol/review.ts';
import type { ArchivedAnswers } from '../chat/archivedAnswers.ts';
import type { ChatAction } from '../chat/chatReducer.ts';
import type { ChatSession } from '../chat/chatSession.ts';
import type { ChatState, KeptParts, Run } from '../chat/chatState.ts';
import type { OpenConversation } from '../chat/openConversation.ts';
import { markChanges, type ChangesStates } from '../chat/rollbackMarks.ts';
import { commands } from '../contributions.ts';
import type { CheckpointStore } from '../node/checkpointStore.ts';
import type { ListedGeneration } from '../node/checkpoints/describe.ts';
import { checkpointFailure } from '../rollback/checkpointFailure.ts';
import type { Checkpoints } from '../rollback/checkpoints.ts';
import { keptGenerations } from '../rollback/keptGenerations.ts';
import type { RollbackRequest, Rollbacks } from '../rollback/rollbacks.ts';
import { openDocument } from '../rollback/workspaceText.ts';
import { keptFiles, keptHunks } from './keptParts.ts';
import { reviewSnapshot } from './reviewSnapshot.ts';

export interface ReviewParts {
  readonly session: ChatSession;
  readonly checkpoints: Checkpoints;
  readonly rollbacks: Rollbacks;
  /** Where the answers of chats that are not shown are. */
  readonly archive: Pick<ArchivedAnswers, 'find' | 'dispatch'>;
  readonly log: vscode.LogOutputChannel;
  readonly rollBack: (request: RollbackRequest) => Promise<void>;
  readonly openFile: (place: { path: string; line?: number | undefined }) => Promise<void>;
  readonly layout: { get(): DiffLayout; set(layout: DiffLayout): Thenable<void> };
}

/** The review of one generation or local edit: what its page is shown, and what the page asks for. */
export class OpenReview {
  readonly id: string;
  readonly #parts: ReviewParts;
  /** A file that the page is to show first. */
  readonly #file: string | null;
  readonly #decided = new vscode.EventEmitter<void>();
  /** What is kept of it is another than before. */
  readonly onDidDecide = this.#decided.event;
  readonly #versions = new Map<string, number>();
  #version = 1;
  /** Still known when another chat has taken the place of its own. */
  #run: Run | undefined;
  #message: Message | undefined;

  constructor(id: string, file: string | null, parts: ReviewParts) {
    this.id = id;
    this.#file = file;
    this.#parts = parts;
    for (const { state } of parts.session.all) this.follow(state);
  }

  /** Remembers what a conversation says of it. */
  follow({ runs, thread }: ChatState): void {
    this.#run = runs[this.id] ?? this.#run;
    this.#message = thread.messages.find(({ id, role }) => id === this.id && role !== 'user') ?? this.#message;
  }

  /** The workspace folder that its files are in; null if it changed none, or is not known. */
  get folder(): vscode.Uri | null {
    const folder = this.#run?.folder;
    return folder == null ? null : vscode.Uri.parse(folder);
  }

  /** Something may have changed at a path, or, without one, anywhere. */
  touch(path?: string): void {
    if (path === undefined) this.#version += 1;
    else this.#versions.set(path, (this.#versions.get(path) ?? 0) + 1);
  }

  async snapshot(): Promise<Review> {
    try {
      const run = await this.#known();
      if (!run?.folder || run.checkpoints.length === 0) return { kind: 'nothing' };
      const store = await this.#parts.checkpoints.of(vscode.Uri.parse(run.folder));
      const messages = this.#message ? [this.#message] : [];
      const known = { thread: { messages }, runs: { [this.id]: run } };
      const [message] = markChanges(known, await this.#states(store));
      return reviewSnapshot({
        id: this.id,
        message,
        kept: run.kept ?? {},
        listed: await listedOf(store, run),
        canUndo: vscode.workspace.isTrusted,
        versionOf: (path) => this.#version + (this.#versions.get(path) ?? 0),
      });
    } catch (error) {
      this.#parts.log.error(error instanceof Error ? error : String(error));
      return { kind: 'lost', prompt: '', reason: 'unreadable', detail: checkpointFailure(error, vscode.l10n) };
    }
  }

  /** What the page may ask of this review. */
  calls(): ReviewExtensionCalls {
    const { rollbacks, layout, rollBack, openFile } = this.#parts;
    return {
      ready: async () => ({ review: await this.snapshot(), file: this.#file, layout: layout.get() }),
      sides: (path) => this.#sides(path),
      keepFiles: (paths) => this.#keepFiles(paths),
      keepHunks: async (path, positions) => {
        await this.#known();
        await this.#mark((kept) => keptHunks(kept, path, positions));
      },
      undo: (request) => this.#guarded(() => this.#undo(request)),
      redo: () => this.#guarded(() => this.#redo()),
      previewRollback: (scope) => rollbacks.preview(this.id, scope),
      rollBack,
      setLayout: async (chosen) => {
        await layout.set(chosen);
      },
      openFile,
      showLog: async () => {
        await vscode.commands.executeCommand(commands.showLog);
      },
    };
  }

  /** Its run, looked for in the chats that are not shown where it must be; undefined if nothing is known of it. */
  async #known(): Promise<Run | undefined> {
    if (this.#run) return this.#run;
    const archived = await this.#parts.archive.find(this.id);
    if (archived) this.follow(archived);
    return (this.#run ??= await this.#storedRun());
  }

  /** What the stores know of a generation whose chat is gone. */
  async #storedRun(): Promise<Run | undefined> {
    for (const { folder, generations } of await this.#parts.rollbacks.kept()) {
      const known = generations.find(({ id }) => id === this.id);
      if (known)
        return { folder: folder.toString(), checkpoints: [...known.checkpoints], estimate: null, multiplier: 1 };
    }
    return undefined;
  }

  /** What is typed and not saved is what is there now. */
  async #sides(path: string): Promise<FileSides> {
    const { store, run, folder } = await this.#opened();
    const sides = await store.sides(run.checkpoints, path);
    if (sides === null)
      return { before: { kind: 'absent' }, after: { kind: 'absent' }, now: { kind: 'absent' }, byHunk: false };
    const document = openDocument(vscode.Uri.joinPath(folder, path));
    const now = document?.isDirty === true ? { kind: 'text' as const, text: document.getText() } : sides.now;
    return { ...sides, now };
  }

  async #keepFiles(paths: readonly string[] | null): Promise<void> {
    const review = await this.snapshot();
    const all = review.kind === 'generation' ? review.files : [];
    const chosen = paths ?? all.filter(({ state }) => state !== 'undone').map(({ path }) => path);
    await this.#mark((kept) => keptFiles(kept, chosen));
    // Two files may be kept at once: what counts is what is kept by now.
    const kept = this.#run?.kept ?? {};
    const isDecided = ({ path, state, kind }: ReviewedFile): boolean =>
      kind === 'outside' || state === 'kept' || kept[path] === 'all';
    const isLast = paths === null || all.every(isDecided);
    if (isLast) await this.#dispatch({ kind: 'kept', generation: this.id });
  }

  /** On what is kept at this moment: a person goes on to decide while an undo is on its way. */
  async #mark(change: (kept: KeptParts) => KeptParts): Promise<void> {
    const run = this.#conversation?.state.runs[this.id] ?? this.#run;
    if (!run) return;
    this.#run = { ...run, kept: change(run.kept ?? {}) };
    await this.#dispatch({ kind: 'run', id: this.id, run: this.#run });
  }

  /** Changes its chat, where that is shown and where it is not. */
  async #dispatch(action: ChatAction): Promise<void> {
    const conversation = this.#conversation;
    if (conversation) conversation.dispatch(action);
    else await this.#parts.archive.dispatch(this.id, action);
    this.#decided.fire();
  }

  /** Its chat, if this window has it: shown, or left while something runs in it. */
  get #conversation(): OpenConversation | undefined {
    return [...this.#parts.session.all].find(({ state }) => state.runs[this.id]);
  }

  async #undo({ files, hunks, decisions }: UndoRequest): Promise<Outcome> {
    const { store, run, folder } = await this.#opened();
    const chosen = hunks === null ? undefined : { [hunks.path]: hunks.positions };
    const selection = { files, hunks: chosen };
    const preview = await store.preview(run.checkpoints, selection);
    const done = await this.#parts.rollbacks.writeBack(
      folder,
      preview.files.map(({ path }) => path),
      () => store.rollBack(run.checkpoints, { ...selection, onConflict: 'stop', decisions }),
    );
    const damaged = done.damaged.map(({ path }) => path);
    if (done.rollbackId === null) {
      const paths = done.conflicts.filter((path) => !damaged.includes(path));
      return paths.length > 0 ? { kind: 'conflicts', paths } : { kind: 'done', files: 0, damaged };
    }
    await this.#show(store, run, { rollbackId: done.rollbackId, files: done.restored.length });
    return { kind: 'done', files: done.restored.length, damaged };
  }

  /** Puts an undo into the conversation: its state, and its banner with Redo. */
  async #show(store: CheckpointStore, run: Run, undo: { rollbackId: string; files: number }): Promise<void> {
    const { session } = this.#parts;
    const message = this.#message;
    const changesState = message?.role === 'assistant' ? message.changesState : 'pending';
    const redo = {
      ...undo,
      folder: run.folder,
      generations: [{ id: this.id, changesState }],
      messages: [],
      prompt: null,
    };
    const states = await this.#states(store);
    session.dispatch({ kind: 'rolledBack', redo, states });
    await session.flush();
  }

  async #states(store: CheckpointStore): Promise<ChangesStates> {
    const kept = keptGenerations(await store.list(), this.#parts.session.state.runs);
    return new Map(kept.map((generation) => [generation.id, generation]));
  }

  /** Redoes what was rolled back of it last. */
  async #redo(): Promise<Outcome> {
    const { store, folder, run } = await this.#opened();
    const listed = await listedOf(store, run);
    const last = listed.flatMap(({ rollbacks }) => rollbacks).at(-1);
    if (last === undefined) return { kind: 'done', files: 0, damaged: [] };
    const before = undoneStates(listed);
    await this.#parts.rollbacks.redoEarlier(folder, last);
    const after = undoneStates(await listedOf(store, run));
    return { kind: 'done', files: before.filter((state, index) => state !== after[index]).length, damaged: [] };
  }

  async #opened(): Promise<{ store: CheckpointStore; run: Run; folder: vscode.Uri }> {
    const [run, folder] = [await this.#known(), this.folder];
    if (!run || !folder) throw new Error(`No changes are known of ${this.id}.`);
    return { store: await this.#parts.checkpoints.of(folder), run, folder };
  }

  /** What can go wrong for reasons that people can act on is said to them; the rest of it is in the log. */
  async #guarded(act: () => Promise<Outcome>): Promise<Outcome> {
    try {
      return await act();
    } catch (error) {
      this.#parts.log.error(error instanceof Error ? error : String(error));
      return { kind: 'problem', message: checkpointFailure(error, vscode.l10n) };
    }
  }
}

async function listedOf(store: CheckpointStore, run: Run): Promise<ListedGeneration[]> {
  return (await store.list()).filter(({ id }) => run.checkpoints.includes(id));
}

function undoneStates(listed: readonly ListedGeneration[]): ListedGeneration['files'][number]['undone'][] {
  return listed.flatMap(({ files }) => files.map(({ undone }) => undone));
}
