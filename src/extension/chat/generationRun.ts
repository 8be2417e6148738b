import type { LearnedReceipts } from '../../core/learnedReceipts.ts';
import type { Uri } from 'vscode';
import { type LogOutputChannel } from 'vscode';
import type { DayBudget } from '../../core/dayBudget.ts';
import { millitokens } from '../../core/tokens.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import type { LiveSpend, Spend } from '../meter/liveSpend.ts';
import type { Projects } from '../projects/projects.ts';
import { ChangeApplier, type CommittedChanges } from '../rollback/changeApplier.ts';
import type { Checkpoints } from '../rollback/checkpoints.ts';
import type { LeftTexts } from '../rollback/leftTexts.ts';
import type { AssistantMessage } from './chatReducer.ts';
import { endedMessage } from './endedMessage.ts';
import {
  GenerationRunner,
  type GenerationOutcome,
  type GenerationRequest,
  type NextCall,
  type RunnerEvents,
} from './generationRunner.ts';
import { limitPause } from './limitPause.ts';
import { mergedChanges } from './mergedChanges.ts';
import type { MessageContext } from './messageContext.ts';
import type { ModelCatalog } from './modelCatalog.ts';
import type { OpenConversation } from './openConversation.ts';
import { pauseFor } from './pauseFor.ts';
import { receiptOf } from './receiptOf.ts';
import type { StateFiles } from './stateFiles.ts';
import { forgetUnfinished, keepUnfinished } from './unfinishedCall.ts';
import type { AllowedCommands } from './allowedCommands.ts';
import type { StepQuestions } from './stepQuestions.ts';
import { ToolConsents } from './tools/toolConsents.ts';
import type { ToolHands } from './useTools.ts';
import { WorkspaceCommands } from './workspaceCommands.ts';
import { WorkspaceToolFiles } from './workspaceToolFiles.ts';

export interface GenerationParts {
  readonly session: OpenConversation;
  readonly files: StateFiles;
  readonly connection: BackendConnection;
  readonly client: BackendClient;
  readonly catalog: ModelCatalog;
  readonly projects: Projects;
  /** What the person's own receipts of a model come to. */
  readonly learned: (model: string) => Readonly<Record<string, LearnedReceipts>>;
  readonly checkpoints: Checkpoints;
  readonly leftTexts: LeftTexts;
  readonly allowedCommands: AllowedCommands;
  readonly questions: StepQuestions;
  readonly liveSpend: LiveSpend;
  /**
   * How the person's own budget stands today, what others than this answer may still cost set aside; null without one,
   * or while today's charges are not known.
   */
  readonly budget: (own: string) => DayBudget | null;
  readonly log: LogOutputChannel;
  /** The bundled `textSearchWorker`. */
  readonly searchScript: string;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Called at the end of a generation that changed files. */
  readonly changed: (folder: Uri, changes: AssistantMessage['changes']) => Promise<void>;
}

/** What one run of a generation works on. */
export interface RunOrder {
  readonly request: GenerationRequest;
  readonly context: Pick<MessageContext, 'folder' | 'access'>;
  readonly checkpoint: string;
  /** How many parts its answer had before the call that is taken up again. */
  readonly partsBefore: number;
}

/** One run of a generation from its first call to its end, which is in the conversation whatever happens. */
export class GenerationRun {
  readonly #parts: GenerationParts;
  readonly #order: RunOrder;
  /** Called before an end is shown: whoever sees it may send the next message at once. */
  readonly #ending: (outcome: GenerationOutcome | null) => void;
  #hasEnded = false;

  constructor(parts: GenerationParts, order: RunOrder, ending: (outcome: GenerationOutcome | null) => void) {
    this.#parts = parts;
    this.#order = order;
    this.#ending = ending;
  }

  /** Resolves when all that belongs to it is done, also what nobody waits for. */
  async seeThrough(signal: AbortSignal): Promise<void> {
    const { session, checkpoints, leftTexts, liveSpend, connection } = this.#parts;
    const { request, context, checkpoint } = this.#order;
    const { generation, prompt, stopsAt, budget } = request;
    const { folder, access } = context;
    const applier = folder && new ChangeApplier(checkpoints, leftTexts, { folder, id: checkpoint, prompt });
    const hands = {
      files: new WorkspaceToolFiles(access, folder, applier, this.#parts.searchScript),
      commands: new WorkspaceCommands(folder, (work) => applier?.watched(work) ?? work()),
      consents: new ToolConsents(this.#parts.allowedCommands),
      ask: (step: string, stop: AbortSignal) => this.#parts.questions.ask(step, stop),
    };
    const used = connection.account?.balance.used ?? 0;
    const usedBefore = millitokens(Math.max(0, used - request.settled));
    const { settled } = request;
    const live = { generation, spent: settled, settled, stopsAt, budget, usedBefore };
    liveSpend.set(live);
    try {
      const project = folder ? await this.#parts.projects.ofMessage(folder, access) : null;
      const outcome = await this.#runner(hands, project).run(request, this.#events(live), signal);
      const { changes, isEmpty } = (await applier?.commit()) ?? nothingChanged;
      await this.#showEnd(outcome, changes, isEmpty);
      await session.flush();
      await forgetUnfinished(this.#parts.files, request.session);
      if (folder && changes.length > 0) await this.#parts.changed(folder, changes);
    } catch (error) {
      if (this.#hasEnded) throw error;
      const failure = { kind: 'other' as const, message: error instanceof Error ? error.message : String(error) };
      const { changes } = (await applier?.commit().catch(() => nothingChanged)) ?? nothingChanged;
      this.#end(null);
      const all = mergedChanges(this.#changes, changes);
      session.dispatch({ kind: 'ended', generation, state: 'failed', failure, changes: all });
      await session.flush();
      throw error;
    }
  }

  get #answer(): AssistantMessage | undefined {
    const { generation } = this.#order.request;
    return this.#parts.session.state.thread.messages.find(
      (message): message is AssistantMessage => message.role === 'assistant' && message.id === generation,
    );
  }

  /** What it had changed before this run, as the person has kept and undone of it by now. */
  get #changes(): AssistantMessage['changes'] {
    return this.#answer?.changes ?? [];
  }

  #end(outcome: GenerationOutcome | null): void {
    this.#hasEnded = true;
    const { liveSpend, connection } = this.#parts;
    liveSpend.end(this.#order.request.generation, { charged: outcome?.record?.charged, account: connection.account });
    this.#ending(outcome);
  }

  #runner(hands: ToolHands, project: string | null): GenerationRunner {
    const { connection, client, newId, now } = this.#parts;
    return new GenerationRunner({
      endpoint: () => connection.endpoint(),
      fetch,
      newId,
      now,
      storeKey: (call) => this.#store(call),
      answered: () => forgetUnfinished(this.#parts.files, this.#order.request.session),
      generation: (id) => client.generation(id),
      balance: async () => {
        const { available, held } = (await client.account()).balance;
        return millitokens(available + held);
      },
      pause: pauseFor,
      hands,
      project,
    });
  }

  /** What a later window needs to take up the answer comes first: without the call's key it means nothing. */
  async #store({ generation, key, call, messages, settled }: NextCall): Promise<void> {
    const { session, files } = this.#parts;
    const { request, context } = this.#order;
    await keepUnfinished(files, {
      formatVersion: 1,
      key,
      partsBefore: this.#answer?.parts.length ?? 0,
      folder: context.folder?.toString() ?? null,
      access: context.access,
      request: {
        ...request,
        card: { ...request.card },
        messages: [...messages],
        tools: [...request.tools],
        firstCall: call,
        settled,
      },
    });
    session.dispatch({ kind: 'change', change: { lastCall: { generation, key } } });
    await session.flush();
  }

  #events(live: Spend): RunnerEvents {
    const { session, liveSpend } = this.#parts;
    const { generation } = live;
    return {
      restarted: () => session.dispatch({ kind: 'restarted', generation, partsBefore: this.#order.partsBefore }),
      text: (text) => session.dispatch({ kind: 'text', generation, text }),
      step: (step) => session.dispatch({ kind: 'step', generation, step }),
      spent: (spent, settled) => liveSpend.set({ ...live, spent, settled }),
      failure: (failure) => session.dispatch({ kind: 'failure', generation, failure }),
    };
  }

  /** `own`: what this run changed. A checkpoint that is empty or was never begun is not one to roll back to. */
  async #showEnd(outcome: GenerationOutcome, own: AssistantMessage['changes'], isEmpty: boolean): Promise<void> {
    const { session, connection, client, catalog } = this.#parts;
    const { request, checkpoint } = this.#order;
    const { generation, prompt } = request;
    const ollamaModels = outcome.end.kind === 'refused' ? await catalog.countOllamaModels() : 0;
    const supportUrl = connection.account?.supportUrl ?? '';
    const projects = isLimited(outcome.end) ? await client.projects().catch(() => null) : null;
    const run = session.state.runs[generation];
    const changes = mergedChanges(this.#changes, own);
    const settled = outcome.record?.charged ?? request.settled;
    const limit = limitPause(request, settled, run?.estimate?.stopsAt ?? request.stopsAt);
    const { state, failure, pause, giveBack } = endedMessage(outcome.end, {
      ...{ supportUrl, ollamaModels, projects, limit },
    });
    this.#end(outcome);
    // Whoever is signed out is asked to sign in, and not only here.
    if (failure?.kind === 'signedOut') connection.restart();
    if (run && isEmpty) {
      const checkpoints = run.checkpoints.filter((id) => id !== checkpoint);
      session.dispatch({ kind: 'run', id: generation, run: { ...run, checkpoints } });
    }
    session.dispatch({ kind: 'ended', generation, state, failure, pause, changes });
    if (outcome.record) {
      const { balanceAfter } = outcome;
      const known = {
        multiplier: request.multiplier,
        balanceAfter,
        estimate: run?.estimate ?? null,
        outcome: state === 'interrupted' ? ('stopped' as const) : state,
        changes,
      };
      session.dispatch({ kind: 'receipt', generation, receipt: receiptOf(outcome.record, known) });
    }
    const nothingCame = giveBack || (state === 'ranOut' && settled === 0);
    if (nothingCame && session.state.draft.trim() === '')
      session.dispatch({ kind: 'change', change: { draft: prompt } });
  }
}

/** The plan has room for another project only. */
function isLimited(end: GenerationOutcome['end']): boolean {
  return end.kind === 'failed' && end.failure.kind === 'projectLimit';
}

const nothingChanged: CommittedChanges = { changes: [], isEmpty: true };
