import type { ServerResponse } from 'node:http';
import type { RateCard } from '../../core/rateCard.ts';
import type { Millitokens } from '../../core/tokens.ts';
import type { ChargeBody } from '../../protocol/api.ts';
import type { Clock } from '../clock.ts';
import type { CommandWriter } from '../commands.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';
import type { Metrics } from '../http/metrics.ts';
import { loadTokenizer } from '../models/countModelTokens.ts';
import type { Upstream, UpstreamAnswer } from '../models/upstream.ts';
import { answerHeaders } from './answerHeaders.ts';
import type { AnswerStream, PassedEvent } from './answerStream.ts';
import type { FinishedCall } from './generations.ts';
import type { MeteredCall } from './meteredCall.ts';
import type { OpenCalls } from './openCalls.ts';
import { ProviderFailure, readFailure } from './providerFailure.ts';
import type { CompletionRequest } from './readCompletionRequest.ts';
import { relayStream, type StreamEnd } from './relayStream.ts';
import { relayWhole, withField } from './relayWhole.ts';

/** One call that has its hold: asks the upstream, passes its answer on, and settles. */
export class Exchange {
  readonly #deps: ExchangeDeps;
  readonly #about: ExchangeAbout;

  constructor(deps: ExchangeDeps, about: ExchangeAbout) {
    this.#deps = deps;
    this.#about = about;
  }

  /** Throws an HttpRefusal while nothing has been sent. */
  async run(asked: UpstreamRequest): Promise<void> {
    // The count at the end needs it; loading it while the model thinks costs nobody a wait.
    void loadTokenizer();
    const { upstreamCalls } = this.#deps.metrics;
    const upstream = asked.upstream.id;
    let answer: UpstreamAnswer;
    try {
      answer = await this.#ask(asked);
    } catch (error) {
      upstreamCalls.inc({ upstream, end: this.#about.call.stopped ? 'stopped' : 'failed' });
      await this.#endEarly(error);
      return;
    }
    upstreamCalls.inc({ upstream, end: 'answered' });
    if (this.#about.request.stream) await this.#stream(answer);
    else await this.#whole(answer);
  }

  async #ask({ upstream, body, text }: UpstreamRequest): Promise<UpstreamAnswer> {
    const { call, request } = this.#about;
    const stopWatch = this.#deps.metrics.upstreamSeconds.startTimer();
    const answer = await upstream.complete(body, call.signal, text);
    stopWatch();
    if (answer.status >= 400) throw await readFailure(answer);
    const type = answer.headers['content-type'];
    if (request.stream && typeof type === 'string' && NO_STREAM.test(type)) {
      await relayWhole(answer, call.meter);
      throw new ProviderFailure("The model's provider did not stream.");
    }
    return answer;
  }

  async #stream(answer: UpstreamAnswer): Promise<void> {
    const { stream, call, request, recorded } = this.#about;
    const headers = (): Record<string, string | string[]> => this.#headers(answer);
    let wasEmpty = true;
    const pass = async (events: readonly PassedEvent[]): Promise<void> => {
      await recorded;
      stream.begin(headers);
      const room = stream.pass(events);
      if (stream.isLost) call.stop();
      if (wasEmpty && !call.meter.isEmpty) this.#deps.openCalls.recordSoon();
      wasEmpty = call.meter.isEmpty;
      await room;
    };
    let end: StreamEnd;
    try {
      end = await relayStream(answer, { meter: call.meter, showsUsage: request.showsUsage, pass });
    } catch (error) {
      answer.body.destroy();
      await this.#endEarly(error, headers);
      return;
    }
    const tokenfare = this.#chargeBody(await this.#finish(answer.charge));
    stream.begin(headers);
    stream.end(JSON.stringify({ ...chunkHead(end.first), tokenfare }), '[DONE]');
  }

  async #whole(answer: UpstreamAnswer): Promise<void> {
    const { response, call } = this.#about;
    let bytes: Buffer;
    try {
      bytes = await relayWhole(answer, call.meter);
    } catch (error) {
      answer.body.destroy();
      await this.#endEarly(error);
      return;
    }
    const finished = await this.#finish(answer.charge);
    response.writeHead(200, { 'content-type': 'application/json', ...this.#headers(answer) });
    response.end(withField(bytes, 'tokenfare', this.#chargeBody(finished)), 'latin1');
  }

  /** The end of a call that did not come to its own: stopped, or failed by its provider. */
  async #endEarly(error: unknown, headers?: () => Record<string, string | string[]>): Promise<void> {
    const { response, stream, call } = this.#about;
    const finished = await this.#finish(call.stopped && !call.meter.isEmpty ? 'metered' : 'none');
    const tokenfare = this.#chargeBody(finished);
    if (call.stopped) {
      if (headers === undefined) throw new HttpRefusal('upstream_failed', 'The call was stopped.', { retry: false });
      stream.begin(headers);
      stream.end(JSON.stringify({ ...chunkHead({}), tokenfare }), '[DONE]');
      return;
    }
    call.giveUp();
    const refusal = failureOf(error).toRefusal();
    if (!response.headersSent && !response.destroyed) throw refusal;
    stream.end(JSON.stringify({ ...refusal.body, tokenfare }));
  }

  /** Settles or releases, durably. If that was done elsewhere before (a recovery), it stays as it is. */
  async #finish(charge: UpstreamAnswer['charge']): Promise<FinishedCall> {
    const { writer, card, metrics } = this.#deps;
    const { call } = this.#about;
    const used = charge === 'none' ? null : await call.priceExactly(card);
    const stopWatch = metrics.settleSeconds.startTimer();
    const finished = await writer.submit('finishCall', { ...call.name, used });
    stopWatch();
    metrics.holds.inc({ end: finished === null ? 'late' : used === null ? 'released' : 'settled' });
    if (finished === null) {
      // Where it is not there because it could not be recorded, that is what went wrong.
      await this.#about.recorded;
      throw new HttpRefusal('unavailable', 'The call was ended elsewhere.');
    }
    metrics.undercharged.inc(finished.undercharged);
    return finished;
  }

  #headers(answer: UpstreamAnswer): Record<string, string | string[]> {
    const { call, hold } = this.#about;
    return answerHeaders(answer, { generationId: call.name.generationId, hold });
  }

  #chargeBody({ generationId: generation, charged, parts, available, held }: FinishedCall): ChargeBody {
    return { generation, charged, parts, balance: { available, held }, capped: this.#about.capped };
  }
}

export interface ExchangeDeps {
  readonly writer: CommandWriter;
  readonly openCalls: OpenCalls;
  readonly metrics: Metrics;
  readonly card: RateCard;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

export interface ExchangeAbout {
  readonly request: CompletionRequest;
  readonly call: MeteredCall;
  readonly response: ServerResponse;
  readonly stream: AnswerStream;
  readonly hold: Millitokens;
  /** The output limit was lowered. */
  readonly capped: boolean;
  /** Resolves when the hold is on the disk; rejects if it will not be. */
  readonly recorded: Promise<void>;
}

/** A whole answer or somebody's page; services that stream give their streams whatever other type. */
const NO_STREAM = /^(application\/json|text\/html)\b/;

interface UpstreamRequest {
  readonly upstream: Upstream;
  readonly body: Record<string, unknown>;
  readonly text: string;
}

/** What a chunk says of its answer, for a chunk that we add. */
function chunkHead(first: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { id, created, model } = first;
  return { id, object: 'chat.completion.chunk', created, model, choices: [] };
}

function failureOf(error: unknown): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  return new ProviderFailure("The model's provider could not be reached or broke off.", {
    error: error instanceof Error ? error.message : null,
  });
}
