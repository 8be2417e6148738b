import type { ModelMessage } from 'ai';
import * as vscode from 'vscode';
import { stopWithin, type DayBudget } from '../../core/dayBudget.ts';
import { estimate, messageLimit } from '../../core/estimate.ts';
import { modelWords } from '../../core/modelWords.ts';
import { slashCommand } from '../../core/slashCommand.ts';
import type { TakenSaving } from '../../core/takenSaving.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { SendAnswer } from '../../protocol/chat.ts';
import { chatSettings } from './chatSettings.ts';
import { runningIn } from './chatStatus.ts';
import type { AssistantMessage } from './chatReducer.ts';
import type { ChatState } from './chatState.ts';
import { GenerationRun, type GenerationParts, type RunOrder } from './generationRun.ts';
import type { GenerationRequest } from './generationRunner.ts';
import { messageContext, type MessageContext } from './messageContext.ts';
import { attachedWith, openEditor } from './openEditor.ts';
import { nextSaving } from './nextSaving.ts';
import { unfitMessage } from './unfitMessage.ts';
import { readUnfinished } from './unfinishedCall.ts';

/**
 * Sends the messages of one conversation and sees their generations through, one at a time; every end is in the
 * conversation, whatever happens.
 */
export class Generations {
  readonly #parts: GenerationParts;
  readonly #paused: PausedGenerations;
  #sending: { readonly id: string; readonly answer: Promise<SendAnswer> } | undefined;
  /** Stop was pressed before the message was taken. */
  #withdrawn = false;
  #running: AbortController | undefined;
  /** How the budget of the day stood when a message was last judged. */
  #judged: DayBudget | null = null;
  /** Resolves when all that belongs to the latest generation is done, also what nobody waits for. */
  #ended: Promise<void> = Promise.resolve();

  constructor(parts: GenerationParts, paused: PausedGenerations) {
    this.#parts = parts;
    this.#paused = paused;
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

  /** Moves the plan's one project to the folder of an answer, and asks again. Rejects if it was moved too often. */
  async useFreeHere(generation: string): Promise<void> {
    const folder = this.#parts.session.state.runs[generation]?.folder;
    if (folder) await this.#parts.projects.moveTo(vscode.Uri.parse(folder));
    await this.retry(generation);
  }

  /** Until it is taken nothing else is: a second click on Retry would be a second charge. */
  #taking(id: string, take: () => Promise<SendAnswer>): Promise<SendAnswer> {
    this.#withdrawn = false;
    const letGo = this.#parts.session.retain();
    const answer = take().finally(() => {
      this.#sending = undefined;
      letGo();
    });
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
    // What the button said that it may cost besides.
    const limit = answer.pause?.kind === 'steps' ? undefined : answer.pause?.more;
    const cameToNothing = at === messages.length - 1 && !answer.receipt?.charged && answer.changes.length === 0;
    if (!cameToNothing) {
      const isPart =
        goneOnWith.has(answer.state) || (answer.failure?.kind === 'stepFailed' && answer.changes.length > 0);
      const { attachments = [] } = session.state.runs[generation] ?? {};
      if (!isPart) return this.#judge({ id: newId(), text: asked.text, attachments });
      // What goes on with a plan touches no file either.
      const goOn = vscode.l10n.t('Continue.');
      const text = slashCommand(asked.text)?.name === 'plan' ? `/plan ${goOn}` : goOn;
      return this.#judge({ id: newId(), text, attachments: [], limit });
    }
    const whyNot = await this.whyNot();
    if (whyNot) return whyNot;
    const attachments = session.state.runs[generation]?.attachments ?? [];
    const context = await messageContext({ ...session.state, attachments }, asked.text);
    if (this.#withdrawn) return { kind: 'notReady' };
    const next = newId();
    session.dispatch({ kind: 'retried', generation, next, at: now().toISOString() });
    await this.#start(next, asked.text, context, { attachments, limit });
    return { kind: 'accepted' };
  }

  async #judge(message: OutgoingMessage): Promise<SendAnswer> {
    const { attachments } = this.#parts.session.state;
    const unfit = unfitMessage(message.text);
    if (unfit) return unfit;
    return (await this.whyNot()) ?? this.#accept(message, attachments);
  }

  /** Why no message could go now; null if there is a backend, a balance, a model, and something left for today. */
  async whyNot(): Promise<SendAnswer | null> {
    const { connection, catalog } = this.#parts;
    const cannot: SendAnswer = { kind: 'notReady' };
    if (connection.state.kind !== 'ready' || connection.account?.warning === 'empty') return cannot;
    await catalog.load();
    if (catalog.model === null) return cannot;
    return this.#overBudget();
  }

  #overBudget(): SendAnswer | null {
    if (chatSettings.budgetPerDay() === null) return null;
    // What was charged today comes a moment after the balance; until then nobody knows what is left.
    const today = this.#parts.budget(this.#own);
    if (!today) return { kind: 'notReady' };
    this.#judged = today;
    return today.warning === 'used' || today.warning === 'setAside' ? { kind: 'overBudget' } : null;
  }

  /** A message that was judged is held to that also where the budget is asked anew while it starts. */
  get #today(): DayBudget | null {
    return chatSettings.budgetPerDay() === null ? null : (this.#parts.budget(this.#own) ?? this.#judged);
  }

  /** The answer that is being written here: what is sent in its place stops it. */
  get #own(): string {
    return runningIn(this.#parts.session.state);
  }

  /** `composed` is what was attached in the composer when the message was sent. */
  async #accept(
    { id, text, attachments: own, requests = 1, limit }: OutgoingMessage,
    composed: ChatState['attachments'],
  ): Promise<SendAnswer> {
    const { session, now, newId } = this.#parts;
    const along = own ?? attachedWith(composed, await openEditor());
    const context = await messageContext({ ...session.state, attachments: along }, text);
    if (this.#withdrawn) return { kind: 'notReady' };
    const went = along.filter(({ id: each }) => context.weights.has(each));
    const attachments = went.map(({ id: each, label, modelTokens }) => {
      return { label, modelTokens: context.weights.get(each) ?? modelTokens };
    });
    const saves = nextSaving(session.state, { requests, contextTokens: context.contextTokens });
    const generation = newId();
    const at = now().toISOString();
    session.dispatch({
      kind: 'sent',
      message: { role: 'user', id, text, at, attachments, rolledBack: false },
      generation,
      ...(own ? {} : { composed }),
    });
    this.#tellLeftOut(along.filter((each) => !went.includes(each)));
    await this.#start(generation, text, context, { attachments: went, limit, ...(saves ? { saves } : {}) });
    return { kind: 'accepted' };
  }

  #tellLeftOut(attachments: ChatState['attachments']): void {
    if (attachments.length === 0) return;
    const message = vscode.l10n.t(
      'Not sent along: {0}. It is gone, not text any more, or kept back by .tokenfareignore or files.exclude.',
      attachments.map(({ label }) => label).join(', '),
    );
    this.#parts.session.dispatch({ kind: 'change', change: { banner: { kind: 'problem', message, showLog: false } } });
  }

  /**
   * Makes the generation durable, then lets it run. `limit` is what it may cost, where that is not the usual; `saves`
   * is the advice that it was sent on; `attachments` go along again if it is tried again.
   */
  async #start(
    generation: string,
    prompt: string,
    context: MessageContext,
    { limit, attachments, ...saving }: StartOptions,
  ): Promise<void> {
    const { session, catalog } = this.#parts;
    const model = catalog.model;
    if (!model) return;
    const cap = chatSettings.maxCharge() ?? undefined;
    const { contextTokens } = context;
    const learned = this.#parts.learned(model.id);
    const { kind, low, likely, high, stopsAt, reasons } = estimate({
      ...{ prompt: modelWords(prompt), contextTokens, multiplier: model.multiplier, card: catalog.card, learned },
      ...{ cap, budgetLeft: this.#today?.left },
    });
    const expected = { kind, low, likely, high, stopsAt, reasons: [...reasons] };
    const request = {
      generation,
      session: session.state.thread.session,
      model: model.id,
      multiplier: model.multiplier,
      card: catalog.card,
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
      attachments: [...attachments],
      ...saving,
    };
    session.dispatch({ kind: 'run', id: generation, run });
    if (!(await this.#isKept(generation, 'failed'))) return;
    // Once more: another chat may have begun meanwhile.
    const stop = stopWithin(limit ?? messageLimit(high, cap), request.settled, this.#today);
    this.#run({ request: { ...request, ...stop }, context, checkpoint: generation });
  }

  async #goOn(answer: AssistantMessage, paused: Paused): Promise<SendAnswer> {
    const { session } = this.#parts;
    const { request, context } = paused;
    const run = session.state.runs[answer.id];
    if (!run) return { kind: 'notReady' };
    const checkpoint = `${answer.id}-${String(paused.nextCall)}`;
    const settled = answer.receipt?.charged ?? paused.settled;
    const { pause } = answer;
    const isAtLimit = pause?.kind === 'charge' || pause?.kind === 'budget';
    const overBudget = this.#overBudget();
    if (overBudget) return overBudget;
    const limit = isAtLimit ? millitokens(settled + pause.more) : request.limit;
    session.dispatch({ kind: 'run', id: answer.id, run: { ...run, checkpoints: [...run.checkpoints, checkpoint] } });
    session.dispatch({ kind: 'resumed', generation: answer.id });
    if (!(await this.#isKept(answer.id, answer.state, answer.changes))) return { kind: 'accepted' };
    const stop = stopWithin(limit, settled, this.#today);
    const next = { ...request, messages: paused.messages, firstCall: paused.nextCall, settled, ...stop };
    this.#run({ request: next, context, checkpoint });
    return { kind: 'accepted' };
  }

  /**
   * Takes up the answer that was arriving when the window that asked for it went, and goes on from it. Where it is not
   * there any more the answer stays interrupted.
   */
  async resumeUnfinished(): Promise<void> {
    const { session, files } = this.#parts;
    const unfinished = await readUnfinished(files, session.state.thread.session);
    const last = session.state.thread.messages.at(-1);
    if (!unfinished || this.isRunning || last?.role !== 'assistant' || last.state !== 'interrupted') return;
    const { request, key, partsBefore, access } = unfinished;
    const run = session.state.runs[last.id];
    if (last.id !== request.generation || !run) return;
    const checkpoint = `${last.id}-${key}`;
    session.dispatch({ kind: 'run', id: last.id, run: { ...run, checkpoints: [...run.checkpoints, checkpoint] } });
    session.dispatch({ kind: 'resumed', generation: last.id });
    const folder = unfinished.folder === null ? undefined : vscode.Uri.parse(unfinished.folder);
    const order = { context: { folder, access }, checkpoint };
    const { limit = request.stopsAt, budget = null } = request;
    this.#run({ ...order, request: { ...request, limit, budget, resumes: key } }, partsBefore);
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

  #run(order: Omit<RunOrder, 'partsBefore'>, partsBefore = 0): void {
    const { log, session } = this.#parts;
    const stop = new AbortController();
    if (this.#withdrawn) stop.abort();
    this.#running = stop;
    const { request, context } = order;
    const run = new GenerationRun(this.#parts, { ...order, partsBefore }, (outcome) => {
      this.#running = undefined;
      if (!outcome) return;
      const settled = outcome.record?.charged ?? request.settled;
      this.#paused.set(request.generation, { ...outcome, request, context, settled });
    });
    const letGo = session.retain();
    this.#ended = run
      .seeThrough(stop.signal)
      .catch((error: unknown) => {
        log.error(error instanceof Error ? error : String(error));
      })
      .finally(letGo);
  }
}

/** How an answer ends whose rest is asked for, where nothing can be gone on with; others are asked for anew. */
const goneOnWith: ReadonlySet<AssistantMessage['state']> = new Set(['paused', 'ranOut', 'cutOff']);

interface StartOptions {
  readonly attachments: ChatState['attachments'];
  readonly limit?: Millitokens | undefined;
  readonly saves?: TakenSaving;
}

/** A message to be sent. `attachments`: what goes along, where that is not what the composer has now. */
export interface OutgoingMessage {
  readonly id: string;
  readonly text: string;
  readonly attachments?: ChatState['attachments'];
  /** How many requests were merged into it; one if it is not given. */
  readonly requests?: number;
  /** The most that it may cost, where that is not the usual. */
  readonly limit?: Millitokens | undefined;
}

/** By the generation's id. */
export type PausedGenerations = Map<string, Paused>;

/** What is needed to go on with a generation; only as long as this window lives. */
interface Paused {
  readonly messages: readonly ModelMessage[];
  readonly nextCall: number;
  readonly request: GenerationRequest;
  readonly context: RunOrder['context'];
  readonly settled: Millitokens;
}
