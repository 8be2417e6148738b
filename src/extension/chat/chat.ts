import * as vscode from 'vscode';
import type { Millitokens } from '../../core/tokens.ts';
import type { Composer, PageCalls } from '../../protocol/chat.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import type { AccountState } from '../backend/accountState.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import type { KnownAccounts } from '../backend/knownAccounts.ts';
import { commands } from '../contributions.ts';
import type { LiveSpend } from '../meter/liveSpend.ts';
import type { Meter } from '../meter/meter.ts';
import type { Savings } from '../meter/savings.ts';
import type { Projects } from '../projects/projects.ts';
import { lastGeneration } from '../rollback/rollbackTargets.ts';
import type { Wording } from '../meter/statusBarView.ts';
import { chargedIn } from './chargedIn.ts';
import { theEditorsTurn } from '../theEditorsTurn.ts';
import type { HistoryCommands } from './historyCommands.ts';
import type { ChatRoom } from './chatRoom.ts';
import { chatStorage } from './chatStorage.ts';

/** Everything that commands and the chat's view call. Light: what is heavy is loaded at its first use. */
export class Chat implements vscode.Disposable {
  readonly #deps: Omit<ChatDependencies, 'kept'>;
  readonly #accounts: KnownAccounts;
  readonly #roomChanged = new vscode.EventEmitter<void>();
  /** Another account is signed in, whose chats are shown from now on. */
  readonly onDidChangeRoom = this.#roomChanged.event;
  readonly #following: vscode.Disposable;
  #room: Promise<ChatRoom> | undefined;
  readonly #detachers = new Map<PageCalls, () => void>();

  constructor(deps: Omit<ChatDependencies, 'kept'>, accounts: KnownAccounts) {
    this.#deps = deps;
    this.#accounts = accounts;
    this.#following = deps.connection.onDidChange(() => this.#followAccount());
    void this.#openEarlier();
  }

  /**
   * The conversation of this window, read at its first use. Rejects if the extension's storage cannot be used.
   */
  get room(): Promise<ChatRoom> {
    this.#room ??= this.#open();
    return this.#room;
  }

  async #open(): Promise<ChatRoom> {
    try {
      // In parts, as at the activation: where there are chats it happens right after that.
      await import('../../protocol/chat.ts');
      await theEditorsTurn();
      await import('./generations.ts');
      await theEditorsTurn();
      const { openChatRoom } = await import('./openChatRoom.ts');
      await theEditorsTurn();
      return await openChatRoom({ ...this.#deps, kept: this.#accounts.current });
    } catch (error) {
      this.#deps.log.error(error instanceof Error ? error : String(error));
      throw error;
    }
  }

  /** Where there were chats before, an answer may still be arriving, and there is something to roll back. */
  async #openEarlier(): Promise<void> {
    const isThere = await vscode.workspace.fs.stat(chatStorage(this.#deps.context)).then(
      () => true,
      () => false,
    );
    if (isThere) await this.room.catch(() => undefined);
  }

  /** The chats, checkpoints and savings of one account are never another's, also at the same server. */
  #followAccount(): void {
    const { connection, savings, log } = this.#deps;
    if (connection.account === null || !this.#accounts.use(connection.account.account.id)) return;
    savings.show(this.#accounts.current);
    const left = this.#room;
    if (left === undefined) return;
    const leave = left.then((room) => room.leave());
    const logged = leave.catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
    this.#room = logged.then(() => this.#open());
    this.#roomChanged.fire();
  }

  async newChat(): Promise<void> {
    (await this.room).newChat();
    await this.show();
  }

  /** Adds a file, a folder or a selection to the next message, and shows the chat. */
  async addToChat(uri: vscode.Uri, selection?: vscode.Selection): Promise<void> {
    const room = await this.room;
    await room.attach(uri, selection);
    await this.show();
  }

  /** Shows what rolling back the last generation or local edit would do; the person confirms in the chat. */
  async rollBackLast(): Promise<void> {
    const room = await this.room;
    if (!(await room.previewLast())) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to roll back.'));
      return;
    }
    await this.#showDryRun();
  }

  /** Lists every generation that can be rolled back; what is picked is shown in the chat first. */
  async rollBack(): Promise<void> {
    const [room, { rollBackCommand }] = await Promise.all([this.room, import('../rollback/rollBackCommand.ts')]);
    if (await rollBackCommand(room, this.#deps)) await this.#showDryRun();
  }

  /** Shows what the last generation or local edit changed, file by file. */
  async reviewLast(): Promise<void> {
    const room = await this.room;
    const last = lastGeneration(room.session.state);
    if (last === null) void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to review.'));
    else room.review.show(last);
  }

  /** Brings back the review page of a window that was reloaded. */
  async restoreReview(panel: vscode.WebviewPanel, kept: unknown): Promise<void> {
    (await this.room).review.restore(panel, kept);
  }

  async redo(): Promise<void> {
    const room = await this.room;
    if (!(await room.redo())) void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to redo.'));
  }

  /** Lists all chats of this workspace, to be searched, shown, renamed, pinned, exported and deleted. */
  async showHistory(): Promise<void> {
    const [room, { showHistory }] = await Promise.all([this.room, import('./showHistory.ts')]);
    await showHistory(room);
  }

  /** Does something with the chat that is shown. */
  async onShownChat(act: (commands: HistoryCommands, id: string, isPinned: boolean) => Promise<void>): Promise<void> {
    const [room, { HistoryCommands: Commands }] = await Promise.all([this.room, import('./historyCommands.ts')]);
    const { thread, isPinned } = room.session.state;
    await act(new Commands(room.history), thread.session, isPinned);
  }

  /** Shows the commands that the model may run in this workspace without asking, to take some off. */
  async editAllowedCommands(): Promise<void> {
    const [room, { editAllowedCommands }] = await Promise.all([this.room, import('./editAllowedCommands.ts')]);
    await editAllowedCommands(room.allowedCommands);
  }

  async freeEdit(): Promise<void> {
    const [room, { freeEditCommand }] = await Promise.all([this.room, import('../localEdits/freeEditCommand.ts')]);
    await freeEditCommand(room.freeEdits);
  }

  /** Puts the draft into the batch, and shows it there. */
  async addToBatch(): Promise<void> {
    const room = await this.room;
    await room.batch.add(room.session.state.draft);
    await this.show();
  }

  async sendBatch(): Promise<void> {
    const room = await this.room;
    await this.show();
    await room.guard(() => room.batch.send());
  }

  /** What the next message is priced by, as the workspace is now. */
  async composer(): Promise<Composer> {
    const room = await this.room;
    await room.refreshContext();
    return room.composer;
  }

  /** The settled charges of the conversation that is open. */
  async spent(): Promise<Millitokens> {
    return chargedIn((await this.room).session.state.thread);
  }

  /** Shows the chat with the caret in the composer. */
  async show(): Promise<void> {
    await vscode.commands.executeCommand(commands.openChat);
    const room = await this.room;
    for (const link of room.links) link.focus();
  }

  /** Shows the chat; the dry run in it takes the focus itself, as its person decides about it next. */
  async #showDryRun(): Promise<void> {
    await vscode.commands.executeCommand(commands.openChat);
  }

  /** Tells a page of the room from now on; one that begins anew is told once. */
  attach(page: PageCalls, room: ChatRoom): void {
    this.detach(page);
    this.#detachers.set(page, room.link(page));
  }

  detach(page: PageCalls): void {
    this.#detachers.get(page)?.();
    this.#detachers.delete(page);
  }

  /** A call of a page that threw: the page says that something failed, the log says what. */
  callFailed(name: string, error: Error): void {
    this.#deps.log.error(`${name}: ${error.stack ?? error.message}`);
  }

  /** Writes what is not yet on the disk, and lets another window have the conversation. */
  async close(): Promise<void> {
    if (this.#room === undefined) return;
    const room = await this.#room;
    await room.session.close();
  }

  dispose(): void {
    this.#following.dispose();
    this.#roomChanged.dispose();
    for (const detach of this.#detachers.values()) detach();
    void this.#room?.then((room) => room.dispose()).catch(() => undefined);
  }
}

export interface ChatDependencies {
  readonly context: vscode.ExtensionContext;
  readonly connection: BackendConnection;
  readonly client: BackendClient;
  readonly liveSpend: LiveSpend;
  readonly savings: Savings;
  readonly meter: Meter;
  readonly projects: Projects;
  /** What is remembered of the account whose chats these are. */
  readonly kept: AccountState;
  readonly log: vscode.LogOutputChannel;
  readonly wording: Wording;
  readonly now: () => Date;
  readonly newId: () => string;
}
