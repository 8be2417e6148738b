import type { ModelMessage } from 'ai';
import type { Stop } from '../../core/dayBudget.ts';
import type { RateCard } from '../../core/rateCard.ts';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import { headers, type GenerationBody } from '../../protocol/api.ts';
import type { Failure } from '../../protocol/chat.ts';
import type { Part } from '../../protocol/part.ts';
import { BackendUnavailable } from '../backend/backendUnavailable.ts';
import type { Endpoint } from '../backend/endpoint.ts';
import { endOfAnswer, type GenerationEnd } from './generationEnd.ts';
import { callModel, unanswered, type ModelAnswer } from './modelCall.ts';
import { plainError, type CallError } from './callError.ts';
import { resumingFetch } from './resumingFetch.ts';
import { retryDelaySeconds } from './retryDelay.ts';
import { approximateInput } from './approximateInput.ts';
import { SpendMeter } from './spendMeter.ts';
import { StepTracker } from './stepTracker.ts';
import { isWritingTool, type ToolName } from './tools/toolDefinitions.ts';
import { useTools, type ToolHands } from './useTools.ts';

/**
 * One user message and all that the model does for it: calls, tools, money, until it ends in one of the states of a
 * generation.
 */
export class GenerationRunner {
  readonly #deps: RunnerDependencies;

  constructor(deps: RunnerDependencies) {
    this.#deps = deps;
  }

  /** Runs to the end; every failure is a state of the outcome. `signal` is the person's Stop. Rejects only for bugs. */
  async run(request: GenerationRequest, events: RunnerEvents, signal: AbortSignal): Promise<GenerationOutcome> {
    const meter = new SpendMeter(request, request.settled);
    const messages = [...request.messages];
    let balanceAfter: Millitokens | null = null;
    const steps = new StepTracker(request.generation, request.firstCall - 1, (step) => events.step(step));
    for (let call = request.firstCall; call < request.firstCall + MAX_CALLS; call += 1) {
      const answer = await this.#call({ ...request, messages, call, meter, steps }, events, signal);
      if (answer === 'unsent') {
        return { end: { kind: 'stopped' }, record: null, balanceAfter, messages, nextCall: call };
      }
      if (answer === 'lost') {
        const record = await this.#record(request.generation);
        return { end: { kind: 'lost' }, record, balanceAfter, messages, nextCall: call };
      }
      if (answer.charge) {
        const settled = meter.settle(answer.charge.charged);
        events.spent(settled, settled);
        balanceAfter = millitokens(answer.charge.balance.available + answer.charge.balance.held);
      }
      const noFolder = steps.refusedForFolder;
      const end = endOfAnswer(answer, { call, settled: meter.settled, stopsAt: request.stopsAt, noFolder });
      if (end) {
        steps.close();
        const record = await this.#record(request.generation);
        // A call that was broken off is settled after its line was closed: it could not say what was left.
        const brokenOff = end.kind === 'stopped' || end.kind === 'noFolder' || end.kind === 'lost';
        if (brokenOff) balanceAfter = record && (await this.#deps.balance().catch(() => null));
        return { end, record, balanceAfter, messages, nextCall: call };
      }
      await this.#deps.answered(request.generation);
      messages.push(...(await useTools(answer, { tools: request.tools, hands: this.#deps.hands, steps, signal })));
      if (isStopped(signal)) {
        steps.close();
        const record = await this.#record(request.generation);
        return { end: { kind: 'stopped' }, record, balanceAfter, messages, nextCall: call + 1 };
      }
      steps.newCall();
    }
    steps.close();
    const end: GenerationEnd = { kind: 'stepLimit' };
    const nextCall = request.firstCall + MAX_CALLS;
    return { end, record: await this.#record(request.generation), balanceAfter, messages, nextCall };
  }

  /**
   * One call, tried again while the provider is busy and nothing has arrived. The key stays: a released call may be
   * sent again. `unsent`: Stop came while there was no line to the backend, which so cannot be asked for a record
   * either. `lost`: the answer that was to be taken up again is not there any more.
   */
  async #call(
    request: CallRequest,
    events: RunnerEvents,
    signal: AbortSignal,
  ): Promise<ModelAnswer | 'unsent' | 'lost'> {
    const { call, generation, messages, meter } = request;
    if (request.resumes !== undefined && call === request.firstCall) return this.#resume(request, events, signal);
    const key = call === 1 ? generation : this.#deps.newId();
    await this.#deps.storeKey({ generation, key, call, messages, settled: meter.settled });
    for (let attempt = 0; ; attempt += 1) {
      const answer = await this.#attempt(request, key, events, signal);
      if (answer === 'unsent') return answer;
      const delay = answer.error && answer.text === '' ? retryDelaySeconds(answer.error, attempt) : null;
      if (delay === null || isStopped(signal)) return answer;
      const retryAt = new Date(this.#deps.now().getTime() + delay * 1000).toISOString();
      events.failure({ kind: 'providerBusy', retryInSeconds: delay, retryAt });
      await this.#deps.pause(delay * 1000, signal);
      events.failure(null);
      if (isStopped(signal)) return { ...answer, finish: 'aborted', error: null };
    }
  }

  /**
   * Takes up the answer of a call that was sent by a window that is gone. The backend keeps an answer by its
   * generation: it is this call's only if that is the generation's latest.
   */
  async #resume(
    request: CallRequest,
    events: RunnerEvents,
    signal: AbortSignal,
  ): Promise<ModelAnswer | 'unsent' | 'lost'> {
    const { generation, resumes = '' } = request;
    const endpoint = await this.#endpoint(signal);
    if (endpoint === 'aborted') return 'unsent';
    if ('code' in endpoint) return 'lost';
    const record = await this.#deps.generation(generation).catch(() => null);
    if (record?.calls.at(-1)?.id !== resumes) return 'lost';
    const taken = { up: false };
    const found = () => {
      taken.up = true;
      events.restarted();
    };
    const from = { endpoint, fetch: resumingFetch(this.#deps.fetch, endpoint, generation, found) };
    const answer = await this.#answer(request, resumes, from, events, signal);
    return taken.up ? answer : 'lost';
  }

  #endpoint(signal: AbortSignal): Promise<Endpoint | CallError | 'aborted'> {
    return Promise.race([this.#deps.endpoint().catch(noEndpoint), abortOf(signal)]);
  }

  async #attempt(
    request: CallRequest,
    key: string,
    events: RunnerEvents,
    signal: AbortSignal,
  ): Promise<ModelAnswer | 'unsent'> {
    const endpoint = await this.#endpoint(signal);
    if (endpoint === 'aborted') return 'unsent';
    if ('code' in endpoint) return unanswered(endpoint);
    return this.#answer(request, key, { endpoint, fetch: this.#deps.fetch }, events, signal);
  }

  async #answer(
    request: CallRequest,
    key: string,
    from: { readonly endpoint: Endpoint; readonly fetch: typeof fetch },
    events: RunnerEvents,
    signal: AbortSignal,
  ): Promise<ModelAnswer> {
    const { meter, steps } = request;
    const early = new AbortController();
    meter.start(approximateInput(request));
    const answer = await callModel(
      {
        ...from,
        model: request.model,
        instructions: request.instructions,
        messages: request.messages,
        tools: request.tools,
        headers: callHeaders(request, key, this.#deps.project),
        signal: AbortSignal.any([signal, early.signal]),
      },
      {
        text: (text) => events.text(text),
        output: (text) => {
          const spent = meter.output(text);
          if (spent !== null) events.spent(spent, meter.settled);
        },
        toolStarted: (id, tool) => {
          steps.started(id, tool);
          if (!isWritingTool(tool) || this.#deps.hands.files.access !== 'none') return;
          // Nothing could come of the rest of this answer: it is not paid for.
          steps.refusedForFolder = true;
          early.abort();
        },
        toolInput: (id, fragment) => steps.input(id, fragment),
      },
    );
    // The backend would give an answer that can be resumed to its end, and charge it.
    const brokenOff = answer.finish === 'aborted' || answer.error?.code === 'cut_off';
    if (brokenOff) this.#endAnswer(from.endpoint, request.generation);
    return answer;
  }

  /** At once, by the line that the answer came on, or not at all: later it would end what the person began since. */
  #endAnswer({ url, key }: Endpoint, generation: string): void {
    const route = `${url}/v1/generations/${encodeURIComponent(generation)}/stop`;
    this.#deps.fetch(route, { method: 'POST', headers: { authorization: `Bearer ${key}` } }).catch(() => undefined);
  }

  /** The generation as it was settled. A stopped call is settled a moment after its line was closed. */
  async #record(generation: string): Promise<GenerationBody | null> {
    for (const wait of RECORD_WAITS_MS) {
      if (wait > 0) await this.#deps.pause(wait, neverAborted);
      const record = await this.#deps.generation(generation).catch(() => null);
      if (record && record.state !== 'open') return record;
    }
    return null;
  }
}

export interface RunnerDependencies {
  endpoint(): Promise<Endpoint>;
  readonly fetch: typeof fetch;
  newId(): string;
  now(): Date;
  /** Makes the next call durable. It is only sent afterwards. */
  storeKey(call: NextCall): Promise<void>;
  /** The call's answer is whole: what follows from it cannot be done again. */
  answered(generation: string): Promise<void>;
  generation(id: string): Promise<GenerationBody>;
  /** What is left now, what open holds reserve included. */
  balance(): Promise<Millitokens>;
  /** Waits; returns early when the signal is aborted. */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** The project that all calls are for, if any. */
  readonly project: string | null;
  readonly hands: ToolHands;
}

/** A call that is about to be sent. */
export interface NextCall {
  readonly generation: string;
  readonly key: string;
  readonly call: number;
  readonly messages: readonly ModelMessage[];
  /** What the generation's earlier calls cost. */
  readonly settled: Millitokens;
}

/** It never costs more than `stopsAt`, all its calls together. */
export interface GenerationRequest extends Stop {
  readonly generation: string;
  readonly session: string;
  readonly model: string;
  readonly multiplier: number;
  readonly card: RateCard;
  /** What its earlier calls cost, when it goes on; else 0. */
  readonly settled: Millitokens;
  /** 1, or the number of the call that failed or was refused, when it goes on. */
  readonly firstCall: number;
  /** The key of the first call, if it was sent by a window that is gone: its answer is taken up again. */
  readonly resumes?: string | undefined;
  readonly instructions: string;
  readonly messages: readonly ModelMessage[];
  /** The user's own words, which are priced apart. */
  readonly prompt: string;
  readonly tools: readonly ToolName[];
}

export interface RunnerEvents {
  /** An answer is taken up again from its beginning: what was shown of it comes once more. */
  restarted(): void;
  text(text: string): void;
  step(step: Extract<Part, { kind: 'step' }>): void;
  /** The spend so far, and what of it was charged. */
  spent(spent: Millitokens, settled: Millitokens): void;
  /** A failure that is being waited out, or null when it is over. */
  failure(failure: Failure | null): void;
}

export interface GenerationOutcome {
  readonly end: GenerationEnd;
  /** As the backend settled it; null if it could not be asked. */
  readonly record: GenerationBody | null;
  /** What was left after its last call; null if it could not be asked. */
  readonly balanceAfter: Millitokens | null;
  /** All messages so far, to go on with. */
  readonly messages: readonly ModelMessage[];
  readonly nextCall: number;
}

/** Few tasks need more calls in one go; a model that runs in circles is paused before it is dear. */
export const MAX_CALLS = 25;

/** Pauses before each time the backend is asked for a settled generation: at most 2.4 s after a stop. */
const RECORD_WAITS_MS = [0, 100, 300, 500, 1_500];
const neverAborted = new AbortController().signal;

interface CallRequest extends GenerationRequest {
  readonly messages: ModelMessage[];
  readonly call: number;
  readonly meter: SpendMeter;
  readonly steps: StepTracker;
}

/** Whoever is signed out is told so, also where another call had found it out first; else why there is no backend. */
function noEndpoint(error: unknown): CallError {
  const isSignedOut = error instanceof BackendUnavailable && error.signedOut;
  const reason = error instanceof Error ? error.message : String(error);
  return plainError(isSignedOut ? 'unauthenticated' : 'no_connection', reason);
}

/** Resolves when the signal is aborted, or is already. */
function abortOf(signal: AbortSignal): Promise<'aborted'> {
  if (signal.aborted) return Promise.resolve('aborted');
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
}

function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}

function callHeaders(request: CallRequest, key: string, project: string | null): Record<string, string> {
  return {
    [headers.idempotencyKey]: key,
    [headers.session]: request.session,
    [headers.resume]: 'true',
    ...(project === null ? {} : { [headers.project]: project }),
    [headers.maxCharge]: String(Math.max(0, request.stopsAt - request.meter.settled)),
    ...(request.call > 1 ? { [headers.generation]: request.generation } : {}),
  };
}
