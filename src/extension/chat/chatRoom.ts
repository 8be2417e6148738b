import * as vscode from 'vscode';
import { estimate } from '../../core/estimate.ts';
import { slashCommand } from '../../core/slashCommand.ts';
import type { Millitokens } from '../../core/tokens.ts';
import type { AccountBody } from '../../protocol/api.ts';
import type { AdviceKind, Composer, PageCalls, Status } from '../../protocol/chat.ts';
import type { RollbackPreview } from '../../protocol/rollbackPreview.ts';
import { FreeEdits } from '../localEdits/freeEdits.ts';
import { CheckpointCaps } from '../rollback/checkpointCaps.ts';
import { Checkpoints } from '../rollback/checkpoints.ts';
import { FormattedSaves } from '../rollback/formattedSaves.ts';
import { reviewLayout } from '../review/reviewLayout.ts';
import { ReviewPages } from '../review/reviewPages.ts';
import { StorageFiles } from '../node/storageFiles.ts';
import { LeftTexts } from '../rollback/leftTexts.ts';
import { Rollbacks, type RollbackRequest } from '../rollback/rollbacks.ts';
import { lastGeneration } from '../rollback/rollbackTargets.ts';
import { accountBanner } from './accountBanner.ts';
import { AdviceDismissals } from './adviceDismissals.ts';
import { AllowedCommands } from './allowedCommands.ts';
import { ArchivedAnswers } from './archivedAnswers.ts';
import { attachmentOf } from './attachments.ts';
import type { Batch } from './batch.ts';
import { budgetToday } from './budgetToday.ts';
import type { Attachment } from './chatAttachment.ts';
import { chatComposer } from './chatComposer.ts';
import { chatContextKeys } from './chatContextKeys.ts';
import { ChatGenerations } from './chatGenerations.ts';
import { ChatHistory } from './chatHistory.ts';
import { changesContext } from './changesContext.ts';
import type { ChatDependencies } from './chat.ts';
import type { ChatSession } from './chatSession.ts';
import { chatStatus, runningIn } from './chatStatus.ts';
import { leaveDraft, takeDraft } from './draftHandover.ts';
import type { Generations } from './generations.ts';
import { contextEvents } from './contextEvents.ts';
import { ContextWeight } from './contextWeight.ts';
import { contextKeySetter } from './contextKeySetter.ts';
import { FixReceipts } from './fixReceipts.ts';
import { Habits } from './habits.ts';
import { Mentions } from './mentions.ts';
import { MissingReceipts } from './missingReceipts.ts';
import { ModelCatalog } from './modelCatalog.ts';
import { oncePerConnection } from './oncePerConnection.ts';
import { openChangedFiles } from './openChangedFiles.ts';
import type { OpenConversation } from './openConversation.ts';
import { openWorkspaceFile } from './openWorkspaceFile.ts';
import { PageLink } from './pageLink.ts';
import { recordTakenSavings } from './recordTakenSavings.ts';
import { roomBatch } from './roomBatch.ts';
import { StepQuestions } from './stepQuestions.ts';
import { WaitingMessages } from './waitingMessages.ts';

/** The chat of one window: its conversation, what runs in it, and what the pages that show it are told. */
export class ChatRoom implements vscode.Disposable {
  readonly session: ChatSession;
  readonly waiting: WaitingMessages;
  readonly batch: Batch;
  readonly freeEdits: FreeEdits;
  readonly rollbacks: Rollbacks;
  readonly review: ReviewPages;
  readonly history: ChatHistory;
  readonly mentions: Mentions;
  readonly questions = new StepQuestions();
  readonly allowedCommands: AllowedCommands;
  readonly deps: ChatDependencies;
  readonly #generations: ChatGenerations;
  readonly #catalog: ModelCatalog;
  readonly #checkpoints: Checkpoints;
  /** What all windows of this person share. */
  readonly #shared: StorageFiles;
  readonly #links = new Set<PageLink>();
  readonly #subscriptions: vscode.Disposable[];
  readonly #fixes: FixReceipts;
  readonly #habits: Habits;
  readonly #dismissals = new AdviceDismissals();
  readonly #weight: ContextWeight;
  readonly #setContextKey = contextKeySetter();
  #preview: RollbackPreview | null = null;
  #account: AccountBody | null = null;

  constructor(
    deps: ChatDependencies,
    session: ChatSession,
    { files, ...places }: { readonly files: StorageFiles; readonly checkpoints: vscode.Uri },
  ) {
    const { connection, client, liveSpend, savings, log, now, newId, projects } = deps;
    this.deps = deps;
    this.session = session;
    this.allowedCommands = new AllowedCommands(deps.context.workspaceState);
    this.#weight = new ContextWeight(session, () => this.#changed());
    this.#catalog = new ModelCatalog(connection, client);
    this.#checkpoints = new Checkpoints(places.checkpoints);
    this.#shared = new StorageFiles(deps.context.globalStorageUri.fsPath);
    const checkpoints = this.#checkpoints;
    const leftTexts = new LeftTexts();
    this.rollbacks = new Rollbacks(session, checkpoints, leftTexts);
    this.review = new ReviewPages(
      {
        session,
        checkpoints,
        rollbacks: this.rollbacks,
        archive: new ArchivedAnswers(files),
        log,
        rollBack: (request) => this.rollBack(request),
        openFile: openWorkspaceFile,
        layout: reviewLayout(deps.context.globalState),
      },
      deps.context.extensionUri,
    );
    const script = (name: string) => vscode.Uri.joinPath(deps.context.extensionUri, 'dist', `${name}.js`).fsPath;
    const caps = new CheckpointCaps({
      checkpoints,
      wording: deps.wording,
      now,
      ask: (sentence, ...buttons) => vscode.window.showWarningMessage(sentence, ...buttons),
    });
    const logged = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
    // Its question may stay open for as long as the person likes.
    const checkCaps = (folder: vscode.Uri): void => void caps.check(folder).catch(logged);
    this.freeEdits = new FreeEdits({
      ...{ session, checkpoints, leftTexts, savings, now, newId, plannerScript: script('localEditWorker') },
      price: (prompt) => this.#price(prompt),
      changed: checkCaps,
    });
    this.#habits = new Habits(deps.kept);
    this.#generations = new ChatGenerations(session, {
      ...{ files, connection, client, projects, catalog: this.#catalog, log, now, newId },
      ...{ checkpoints, leftTexts, liveSpend, budget: (own) => budgetToday(deps, own) },
      ...{ questions: this.questions, allowedCommands: this.allowedCommands },
      learned: (model) => this.#habits.of(model),
      searchScript: script('textSearchWorker'),
      changed: async (folder, changes) => {
        await openChangedFiles(folder, changes);
        checkCaps(folder);
      },
    });
    this.waiting = new WaitingMessages(session, this.#generations, newId, logged);
    this.batch = roomBatch(this);
    this.history = new ChatHistory(session, files, {
      now,
      newId,
      leave: () => this.showPreview(null),
      end: (id) => this.#generations.end(id),
      arrive: () => this.#generations.takeUpShown(),
    });
    this.mentions = new Mentions(newId, now);
    this.#fixes = new FixReceipts(deps.kept);
    const formatted = new FormattedSaves({ session, checkpoints, leftTexts, now, failed: logged });
    this.#subscriptions = [...this.#follow(), vscode.Disposable.from(formatted)];
  }

  get links(): Iterable<PageLink> {
    return this.#links;
  }

  get status(): Status {
    const { state } = this.session;
    return chatStatus({ ...this.deps, state, access: this.#weight.access, preview: this.#preview });
  }

  get composer(): Composer {
    return chatComposer({
      state: this.session.state,
      catalog: this.#catalog,
      weight: this.#weight,
      learned: this.#habits.of(this.#catalog.model?.id),
      dismissals: this.#dismissals,
      fixes: this.#fixes,
      budget: budgetToday(this.deps, runningIn(this.session.state)),
    });
  }

  /** Keeps a page up to date from now on; the answer ends that. */
  link(page: PageCalls): () => void {
    const link = new PageLink(page, this.session, { status: () => this.status, composer: () => this.composer });
    this.#links.add(link);
    void this.refreshContext();
    return () => {
      link.dispose();
      this.#links.delete(link);
    };
  }

  /** Those of the conversation that is shown. */
  get generations(): Generations {
    return this.#generations.shown;
  }

  /** An answer that runs in the chat that is left goes on there. */
  newChat(): void {
    this.showPreview(null);
    this.session.dispatch({ kind: 'newChat', session: this.deps.newId() });
    void this.session.flush();
  }

  /** A new chat with the same draft: what the history would have cost is saved with its first message. */
  startFresh(): void {
    const { historyTokens } = this.#weight;
    this.newChat();
    this.session.dispatch({ kind: 'change', change: { nextSaving: { kind: 'start-fresh', historyTokens } } });
  }

  /** Shows the dry run. If it is carried out, the next message saves what fixes would have cost. */
  async rollBackInstead({ generation, insteadOf }: { generation: string; insteadOf: Millitokens }): Promise<void> {
    this.session.dispatch({ kind: 'change', change: { nextSaving: { kind: 'roll-back', generation, insteadOf } } });
    this.showPreview(await this.rollbacks.preview(generation));
  }

  async attach(uri: vscode.Uri, selection?: vscode.Selection): Promise<void> {
    this.addAttachment(await attachmentOf(uri, selection, this.deps.newId()));
  }

  /** Adds it to the next message, once. */
  addAttachment(attachment: Attachment): void {
    this.session.dispatch({ kind: 'attached', attachment });
  }

  showPreview(preview: RollbackPreview | null): void {
    this.#preview = preview;
    for (const link of this.#links) link.statusChanged();
  }

  /** Shows the dry run of the last generation; false if there is none. */
  async previewLast(): Promise<boolean> {
    const last = lastGeneration(this.session.state);
    this.showPreview(last === null ? null : await this.rollbacks.preview(last));
    return this.#preview !== null;
  }

  rollBack(request: RollbackRequest, conversation = this.session.shown): Promise<void> {
    return conversation.during(this.#rollBack(request, conversation));
  }

  async #rollBack(request: RollbackRequest, conversation: OpenConversation): Promise<void> {
    const { session, messages } = conversation.state.thread;
    // What an earlier chat did is no business of the answer that is being written here.
    const isOfThis = messages.some(({ id }) => id === request.generation);
    if (isOfThis && this.#generations.isRunningIn(conversation)) await this.#generations.end(session);
    const conflicts = await this.rollbacks.rollBack(request, conversation);
    this.showPreview(conflicts.length > 0 ? await this.rollbacks.preview(request.generation, request.scope) : null);
  }

  /** The page's own words come back unsaid: it has them. */
  saveDraft(draft: string): void {
    if (draft !== this.session.state.draft) this.session.dispatch({ kind: 'change', change: { draft } });
  }

  dismissAdvice(kind: AdviceKind): void {
    this.#dismissals.add(kind);
    for (const link of this.#links) link.composerChanged();
  }

  /** Leaves the draft for the window that a folder is opened in. */
  leaveDraft(): Promise<void> {
    return leaveDraft(this.#shared, this.session.state.draft, this.deps.now());
  }

  /** What was wrong is not wrong any more, or is tried again. */
  dismissProblem(): void {
    const { banner } = this.session.state;
    if (banner?.kind === 'problem') this.session.dispatch({ kind: 'bannerClosed' });
  }

  /**
   * Does something that can fail for reasons people can act on: the sentence is shown in the chat until the next try,
   * the rest is in the log.
   */
  async guard(act: (room: ChatRoom) => unknown): Promise<void> {
    this.dismissProblem();
    try {
      await act(this);
    } catch (error) {
      this.deps.log.error(error instanceof Error ? error : String(error));
      const message = error instanceof Error ? error.message : String(error);
      this.session.dispatch({ kind: 'change', change: { banner: { kind: 'problem', message, showLog: true } } });
    }
  }

  redo(): Promise<boolean> {
    this.showPreview(null);
    return this.rollbacks.redo();
  }

  /** Brings back what a closed window left behind. */
  async recover(damaged: boolean): Promise<void> {
    const handedOver = await takeDraft(this.#shared, this.deps.now());
    if (handedOver !== null && this.session.state.draft === '') {
      this.session.dispatch({ kind: 'change', change: { draft: handedOver } });
    }
    if (damaged) {
      const message = vscode.l10n.t('The earlier chat could not be read. It was kept beside the new one.');
      this.session.dispatch({ kind: 'change', change: { banner: { kind: 'problem', message, showLog: true } } });
    }
    this.#keepContextKeys();
    await this.#generations.takeUpShown();
    await this.#generations.takeUpLeft();
  }

  /** Reads anew what goes along with a message, so that the composer's price is right. */
  refreshContext(): Promise<void> {
    return this.#weight.refresh();
  }

  /** Ends what runs and writes it all down: the chats of another account come in the place of these. */
  async leave(): Promise<void> {
    this.waiting.dispose();
    await this.#generations.endAll();
    await this.session.close();
    this.dispose();
  }

  dispose(): void {
    for (const link of this.#links) link.dispose();
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#catalog.dispose();
    this.waiting.dispose();
    this.freeEdits.dispose();
    this.review.dispose();
    this.#checkpoints.dispose();
    void this.session.close();
  }

  #follow(): vscode.Disposable[] {
    const { connection, meter, liveSpend } = this.deps;
    const status = () => {
      for (const link of this.#links) link.statusChanged();
    };
    const composer = () => {
      this.#changed();
      void this.refreshContext();
    };
    const receipts = new MissingReceipts(this.session, (id) => this.deps.client.generation(id));
    const unlisten = this.session.onDidChange((before, after, { kind }) => {
      if (kind === 'text') return;
      if (before.thread.session !== after.thread.session) void this.guard(() => this.rollbacks.refreshMarks());
      this.#keepContextKeys();
      if (kind === 'opened') void receipts.connected();
      if (changesContext(before, after, kind)) void this.refreshContext();
    });
    return [
      new vscode.Disposable(unlisten),
      new vscode.Disposable(recordTakenSavings(this.session, this.deps.savings, () => this.#catalog.card)),
      new vscode.Disposable(this.#fixes.follow(this.session)),
      new vscode.Disposable(this.#habits.follow(this.session)),
      meter.onDidChange(() => this.#changed()),
      liveSpend.onDidChange(status),
      connection.onDidChange(() => {
        this.#tellOfAccount();
        status();
        void receipts.accountChanged();
      }),
      oncePerConnection(connection, () => void receipts.connected()),
      this.#catalog.onDidChange(composer),
      ...contextEvents({
        refresh: () => void this.refreshContext(),
        settings: composer,
        selected: () => {
          if (slashCommand(this.session.state.draft)?.takes === 'code') void this.refreshContext();
        },
      }),
    ];
  }

  #changed(): void {
    for (const link of this.#links) {
      link.composerChanged();
      link.statusChanged();
    }
  }

  #tellOfAccount(): void {
    const { account } = this.deps.connection;
    const banner = accountBanner(this.#account, account);
    this.#account = account ?? this.#account;
    if (banner) this.session.dispatch({ kind: 'change', change: { banner } });
  }

  #keepContextKeys(): void {
    for (const [key, value] of chatContextKeys(this.session.state)) this.#setContextKey(key, value);
  }

  /** What the same words would cost as a message now. */
  #price(prompt: string): Millitokens {
    const { model, card } = this.#catalog;
    const [{ contextTokens }, multiplier, learned] = [this.#weight, model?.multiplier ?? 1, this.#habits.of(model?.id)];
    return estimate({ prompt, contextTokens, multiplier, card, learned }).likely;
  }
}
