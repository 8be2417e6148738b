import type { ModelMessage } from 'ai';
import * as vscode from 'vscode';
import { estimate } from '../../core/estimate.ts';
import type { LearnedReceipts } from '../../core/learnedReceipts.ts';
import type { TakenSaving } from '../../core/takenSaving.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { SendAnswer } from '../../protocol/chat.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import type { LiveSpend, Spend } from '../meter/liveSpend.ts';
import { ChangeApplier } from '../rollback/changeApplier.ts';
import type { Checkpoints } from '../rollback/checkpoints.ts';
import type { LeftTexts } from '../rollback/leftTexts.ts';
import { chatSettings } from './chatSettings.ts';
import type { AssistantMessage } from './chatReducer.ts';
import type { ChatSession } from './chatSession.ts';
import type { ChatState } from './chatState.ts';
import { endedMessage } from './endedMessage.ts';
import { GenerationRunner, type GenerationOutcome, type GenerationRequest } from './generationRunner.ts';
import { messageContext, type MessageContext } from './messageContext.ts';
import type { ModelCatalog } from './modelCatalog.ts';
import { nextSaving } from './nextSaving.ts';
import { pauseFor } from './pauseFor.ts';
import { receiptOf } from './receiptOf.ts';
import { unfitMessage } from './unfitMessage.ts';
import { WorkspaceToolFiles } from './workspaceToolFiles.ts';

export interface GenerationParts {
  readonly session: ChatSession;
  readonly connection: BackendConnection;
  readonly client: BackendClient;
  readonly catalog: ModelCatalog;
  /** What the person's own receipts of a model come to. */
  readonly learned: (model: string) => Readonly<Record<string, LearnedReceipts>>;
  readonly checkpoints: Checkpoints;
  readonly leftTexts: LeftTexts;
  readonly liveSpend: LiveSpend;
  readonly log: vscode.LogOutputChannel;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Called at the end of a generation that changed files. */
  readonly changed: (folder: vscode.Uri, changes: AssistantMessage['changes']) => Promise<void>;
}

/**
 * Sends messages and sees their generations through, one at a time; every end is in the conversation, whatever happens.
 */
export class Generations {
  readonly #parts: GenerationParts;
  readonly #paused = new Map<string, Paused>();
  #sending: { readonly id: string; readonly answer: Promise<SendAnswer> } | undefined;
  /** Stop was pressed before the message was taken. */
  #withdrawn = false;
  #running: AbortController | undefined;
  /** Resolves when all that belongs to the latest generation is done, also what nobody waits for. */
  #ended: Promise<void> = Promise.resolve();

  constructor(parts: GenerationParts) {
    this.#parts = parts;
  }

  get isRunning(): boolean {
    return this.#running !== undefined || this.#sending !== undefined;
  }

  /**
   * Takes a message, once: the same id again is the same message. Resolves as soon as it is taken, not when it is
   * answered.
   */
  async send(message: OutgoingMessage): Promise<SendAnswer> {
    const { session } = this.#parts;
    if (session.state.thread.messages.some(({ id }) => id === message.id)) return { kind: 'accepted' };
    if (this.#sending?.id === message.id) return this.#sending.answer;
    if (this.isRunning) return { kind: 'busy' };
    return this.#taking(message.id, () => this.#judge(message));
  }

  /** The person's Stop. What has arrived is charged and stays; a message that is not yet taken is not sent. */
  stop(): void {
    this.#withdrawn = true;
    this.#running?.abort();
  }

  /** Resolves when nothing runs any more. */
  async settled(): Promise<void> {
    await this.#sending?.answer;
    await this.#ended;
  }

  /** Goes on where a generation failed or was paused; where nothing can be gone on with, its message is sent again. */
  async retry(generation: string): Promise<void> {
    if (!this.isRunning) await this.#taking(generation, () => this.#retry(generation));
  }

  /** Until it is taken nothing else is: a second click on Retry would be a second charge. */
  #taking(id: string, take: () => Promise<SendAnswer>): Promise<SendAnswer> {
    this.#withdrawn = false;
    const taken = take();
    const answer = taken.finally(() => (this.#sending = undefined));
    this.#sending = { id, answer };
    return answer;
  }

  async #retry(generation: string): Promise<SendAnswer> {
    const { session, newId, now } = this.#parts;
    const { messages } = session.state.thread;
    const at = messages.findIndex((message) => message.role === 'assistant' && message.id === generation);
    const answer = messages[at];
    const asked = messages.slice(0, at).findLast(({ role }) => role === 'user');
    if (answer?.role !== 'assistant' || asked?.role !== 'user') return { kind: 'notReady' };
    const paused = this.#paused.get(generation);
    if (paused?.messages.at(-1)?.role === 'tool') return this.#goOn(answer, paused);
    if (session.state.draft.trim() === asked.text.trim()) session.dispatch({ kind: 'change', change: { draft: '' } });
    const cameToNothing = at === messages.length - 1 && !answer.receipt?.charged && answer.changes.length === 0;
    if (!cameToNothing) {
      const text = answer.state === 'paused' || answer.state === 'ranOut' ? vscode.l10n.t('Continue.') : asked.text;
      return this.#judge({ id: newId(), text });
    }
    if (!(await this.#isReady())) return { kind: 'notReady' };
    const context = await messageContext(session.state, asked.text);
    if (this.#withdrawn) return { kind: 'notReady' };
    const next = newId();
    session.dispatch({ kind: 'retried', generation, next, at: now().toISOString() });
    const raised = answer.state === 'paused' ? paused?.stopsAt : undefined;
    await this.#start(next, asked.text, context, raised === undefined ? {} : { more: raised });
    return { kind: 'accepted' };
  }

  async #judge(message: OutgoingMessage): Promise<SendAnswer> {
    const unfit = unfitMessage(message.text);
    if (unfit) return unfit;
    return (await this.#isReady()) ? this.#accept(message) : { kind: 'notReady' };
  }

  /** Whether a message could go now: there is a backend, a balance and a model. */
  async #isReady(): Promise<boolean> {
    const { connection, catalog } = this.#parts;
    if (connection.state.kind !== 'ready' || connection.account?.warning === 'empty') return false;
    await catalog.load();
    return catalog.model !== null;
  }

  async #accept({ id, text, attachments: own, requests = 1 }: OutgoingMessage): Promise<SendAnswer> {
    const { session, now, newId } = this.#parts;
    const along = own ?? session.state.attachments;
    const context = await messageContext({ ...session.state, attachments: along }, text);
    if (this.#withdrawn) return { kind: 'notReady' };
    const attachments = along.map(({ label, modelTokens }) => ({ label, modelTokens }));
    const saves = nextSaving(session.state, { requests, contextTokens: context.contextTokens });
    const generation = newId();
    const at = now().toISOString();
    session.dispatch({
      kind: 'sent',
      message: { role: 'user', id, text, at, attachments, rolledBack: false },
      generation,
    });
    await this.#start(generation, text, context, saves ? { saves } : {});
    return { kind: 'accepted' };
  }

  /**
   * Makes the generation durable, then lets it run. `more` is added to where it stops; `saves` is the advice that it
   * was sent on.
   */
  async #start(
    generation: string,
    prompt: string,
    context: MessageContext,
    { more, ...saving }: { readonly more?: Millitokens; readonly saves?: TakenSaving },
  ): Promise<void> {
    const { session, catalog } = this.#parts;
    const model = catalog.model;
    if (!model) return;
    const cap = chatSettings.maxCharge() ?? undefined;
    const { contextTokens } = context;
    const learned = this.#parts.learned(model.id);
    const price = { prompt, contextTokens, multiplier: model.multiplier, card: catalog.card, learned };
    const { kind, low, likely, high, stopsAt, reasons } = estimate(cap === undefined ? price : { ...price, cap });
    const expected = { kind, low, likely, high, stopsAt, reasons: [...reasons] };
    const request: GenerationRequest = {
      generation,
      session: session.state.thread.session,
      model: model.id,
      multiplier: model.multiplier,
      card: catalog.card,
      stopsAt: more === undefined ? stopsAt : millitokens(stopsAt + more),
      settled: millitokens(0),
      firstCall: 1,
      instructions: context.instructions,
      messages: context.messages,
      prompt,
      tools: context.tools,
    };
    const run = {
      folder: context.folder?.toString() ?? null,
      checkpoints: [generation],
      estimate: expected,
      multiplier: model.multiplier,
      ...saving,
    };
    session.dispatch({ kind: 'run', id: generation, run });
    if (await this.#isKept(generation, 'failed')) this.#run(request, context, generation, []);
  }

  async #goOn(answer: AssistantMessage, paused: Paused): Promise<SendAnswer> {
    const { session } = this.#parts;
    const { request, context } = paused;
    const run = session.state.runs[answer.id];
    if (!run) return { kind: 'notReady' };
    const checkpoint = `${answer.id}-${String(paused.nextCall)}`;
    const settled = answer.receipt?.charged ?? paused.settled;
    const stopsAt = answer.state === 'paused' ? millitokens(settled + paused.stopsAt) : request.stopsAt;
    session.dispatch({ kind: 'run', id: answer.id, run: { ...run, checkpoints: [...run.checkpoints, checkpoint] } });
    session.dispatch({ kind: 'resumed', generation: answer.id });
    if (!(await this.#isKept(answer.id, answer.state, answer.changes))) return { kind: 'accepted' };
    const next = { ...request, messages: paused.messages, firstCall: paused.nextCall, settled, stopsAt };
    this.#run(next, context, checkpoint, answer.changes);
    return { kind: 'accepted' };
  }

  /** What is not on the disk is not sent: the answer ends there, as it was, with the reason and a way to try again. */
  async #isKept(
    generation: string,
    state: AssistantMessage['state'],
    changes: AssistantMessage['changes'] = [],
  ): Promise<boolean> {
    const { session, log } = this.#parts;
    try {
      await session.flush();
      return true;
    } catch (error) {
      log.error(error instanceof Error ? error : String(error));
      const reason = error instanceof Error ? error.message : String(error);
      const message = vscode.l10n.t('The chat could not be saved, so nothing was sent. 0 tokens. ({0})', reason);
      const ended = state === 'streaming' ? 'failed' : state;
      session.dispatch({ kind: 'ended', generation, state: ended, failure: { kind: 'other', message }, changes });
      return false;
    }
  }

  #run(
    request: GenerationRequest,
    context: MessageContext,
    checkpoint: string,
    earlier: AssistantMessage['changes'],
  ): void {
    const { log } = this.#parts;
    const stop = new AbortController();
    if (this.#withdrawn) stop.abort();
    this.#running = stop;
    const { signal } = stop;
    this.#ended = this.#seeThrough(request, context, { checkpoint, earlier, signal }).catch((error: unknown) => {
      log.error(error instanceof Error ? error : String(error));
    });
  }

  /** Before an end is shown: whoever sees it may send the next message at once. */
  #makeWay(): void {
    this.#running = undefined;
    this.#parts.liveSpend.set(null);
  }

  async #seeThrough(
    request: GenerationRequest,
    context: MessageContext,
    run: { readonly checkpoint: string; readonly earlier: AssistantMessage['changes']; readonly signal: AbortSignal },
  ): Promise<void> {
    const { session, checkpoints, leftTexts, liveSpend } = this.#parts;
    const { generation, prompt, stopsAt } = request;
    const { folder, access } = context;
    const applier = folder && new ChangeApplier(checkpoints, leftTexts, { folder, id: run.checkpoint, prompt });
    const files = new WorkspaceToolFiles(access, folder, applier);
    const used = this.#parts.connection.account?.balance.used ?? 0;
    const usedBefore = millitokens(Math.max(0, used - request.settled));
    const live = { generation, spent: request.settled, stopsAt, usedBefore };
    liveSpend.set(live);
    try {
      const outcome = await this.#runner(files).run(request, this.#events(live), run.signal);
      const changes = (await applier?.commit()) ?? [];
      await this.#showEnd(request, context, outcome, mergedChanges(run.earlier, changes));
      await session.flush();
      if (folder && changes.length > 0) await this.#parts.changed(folder, changes);
    } catch (error) {
      if (this.#running?.signal !== run.signal) throw error;
      const failure = { kind: 'other' as const, message: error instanceof Error ? error.message : String(error) };
      const changes = (await applier?.commit().catch(() => [])) ?? [];
      this.#makeWay();
      session.dispatch({ kind: 'ended', generation, state: 'failed', failure, changes });
      await session.flush();
      throw error;
    }
  }

  #runner(files: WorkspaceToolFiles): GenerationRunner {
    const { session, connection, client, newId } = this.#parts;
    return new GenerationRunner({
      endpoint: () => connection.endpoint(),
      fetch,
      newId,
      storeKey: (generation, key) => {
        session.dispatch({ kind: 'change', change: { lastCall: { generation, key } } });
        return session.flush();
      },
      generation: (id) => client.generation(id),
      balance: async () => {
        const { available, held } = (await client.account()).balance;
        return millitokens(available + held);
      },
      pause: pauseFor,
      files,
    });
  }

  #events(live: Spend) {
    const { session, liveSpend } = this.#parts;
    const { generation } = live;
    return {
      text: (text: string) => session.dispatch({ kind: 'text', generation, text }),
      step: (step: Parameters<Parameters<GenerationRunner['run']>[1]['step']>[0]) =>
        session.dispatch({ kind: 'step', generation, step }),
      spent: (spent: Millitokens) => liveSpend.set({ ...live, spent }),
      failure: (failure: Parameters<Parameters<GenerationRunner['run']>[1]['failure']>[0]) =>
        session.dispatch({ kind: 'failure', generation, failure }),
    };
  }

  async #showEnd(
    request: GenerationRequest,
    context: MessageContext,
    outcome: GenerationOutcome,
    changes: AssistantMessage['changes'],
  ): Promise<void> {
    const { session, connection, catalog } = this.#parts;
    const { generation, prompt } = request;
    const ollamaModels = outcome.end.kind === 'refused' ? await catalog.countOllamaModels() : 0;
    const supportUrl = connection.account?.supportUrl ?? '';
    const { state, failure, giveBack } = endedMessage(outcome.end, { supportUrl, ollamaModels });
    const run = session.state.runs[generation];
    const settled = outcome.record?.charged ?? request.settled;
    this.#makeWay();
    this.#paused.set(generation, { ...outcome, request, context, settled, stopsAt: request.stopsAt });
    if (run && changes.length === 0)
      session.dispatch({ kind: 'run', id: generation, run: { ...run, checkpoints: [] } });
    session.dispatch({ kind: 'ended', generation, state, failure, changes });
    if (outcome.record) {
      const { balanceAfter } = outcome;
      const known = {
        multiplier: request.multiplier,
        balanceAfter,
        estimate: run?.estimate ?? null,
        outcome: state,
        changes,
      };
      session.dispatch({ kind: 'receipt', generation, receipt: receiptOf(outcome.record, known) });
    }
    const nothingCame = giveBack || (state === 'ranOut' && settled === 0);
    if (nothingCame && session.state.draft.trim() === '')
      session.dispatch({ kind: 'change', change: { draft: prompt } });
  }
}

/** A message to be sent. `attachments`: what goes along, where that is not what the composer has now. */
export interface OutgoingMessage {
  readonly id: string;
  readonly text: string;
  readonly attachments?: ChatState['attachments'];
  /** How many requests were merged into it; one if it is not given. */
  readonly requests?: number;
}

/** What is needed to go on with a generation; only as long as this window lives. */
interface Paused {
  readonly messages: readonly ModelMessage[];
  readonly nextCall: number;
  readonly request: GenerationRequest;
  readonly context: MessageContext;
  readonly settled: Millitokens;
  readonly stopsAt: Millitokens;
}

/** A generation that went on has changed a file twice at most in the list's eyes: once. */
function mergedChanges(
  earlier: AssistantMessage['changes'],
  later: AssistantMessage['changes'],
): AssistantMessage['changes'] {
  const merged = new Map(earlier.map((change) => [change.path, change]));
  for (const change of later) {
    const before = merged.get(change.path);
    const sum = before && { ...before, added: before.added + change.added, removed: before.removed + change.removed };
    merged.set(change.path, sum ?? change);
  }
  return [...merged.values()];
}
