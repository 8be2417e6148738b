import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { RateCard } from '../../core/rateCard.ts';
import type { ChargeBody } from '../../protocol/api.ts';
import type { Clock } from '../clock.ts';
import type { CommandWriter } from '../commands.ts';
import type { Metrics } from '../http/metrics.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';
import type { RateLimit } from '../http/rateLimit.ts';
import type { Ids } from '../ids.ts';
import { loadTokenizer } from '../models/countModelTokens.ts';
import type { Models } from '../models/models.ts';
import type { Upstream, UpstreamAnswer } from '../models/upstream.ts';
import { answerHeaders } from './answerHeaders.ts';
import { callBounds, type CallBounds } from './callBounds.ts';
import type { FinishedCall } from './generations.ts';
import { MeteredCall } from './meteredCall.ts';
import { LEASE_MS, type OpenCalls } from './openCalls.ts';
import { ProviderFailure, readFailure } from './providerFailure.ts';
import { readCompletionRequest, type CompletionRequest } from './readCompletionRequest.ts';
import { relayStream, type StreamEnd } from './relayStream.ts';
import { relayWhole, withField } from './relayWhole.ts';
import { refuseStart } from './refuseStart.ts';

/**
 * Chat completions: hold, pass through, settle. Works on Node's own request and response, because every message goes
 * this way.
 */
export class Completions {
  readonly #deps: CompletionsDeps;

  constructor(deps: CompletionsDeps) {
    this.#deps = deps;
  }

  /**
   * Serves one call. Throws an HttpRefusal while nothing has been sent; after that the answer's own end says what
   * happened.
   */
  async serve(accountId: string, headers: IncomingHttpHeaders, bytes: Buffer, response: ServerResponse): Promise<void> {
    const request = readCompletionRequest(headers, bytes);
    const offered = await this.#deps.models.find(request.model);
    if (offered === undefined) {
      throw new HttpRefusal('not_found', `There is no model ${JSON.stringify(request.model)}.`, { param: 'model' });
    }
    const seconds = this.#deps.rateLimit.take(accountId);
    if (seconds > 0) {
      throw new HttpRefusal('rate_limited', `Too many requests; try again in ${seconds} s.`, {
        headers: { 'retry-after': String(seconds) },
      });
    }
    const bounds = callBounds(request, offered.model, this.#deps.card);
    const started = await this.#start(accountId, request, bounds, offered.model.multiplier);
    const { call, hold } = started;
    const outputLimit = bounds.outputLimit(hold);
    const exchange: Exchange = {
      request,
      call,
      response,
      hold,
      capped: outputLimit < bounds.wantedOutput,
      upstream: offered.upstream,
      body: upstreamBody(request, outputLimit),
    };
    this.#track(exchange);
    try {
      await this.#exchange(exchange);
    } finally {
      this.#deps.openCalls.remove(call);
      call.markEnded();
      this.#deps.metrics.openHolds.set(this.#deps.openCalls.size);
    }
  }

  /** Opens the call and its hold, durably. */
  async #start(
    accountId: string,
    request: CompletionRequest,
    bounds: CallBounds,
    multiplier: number,
  ): Promise<{ call: MeteredCall; hold: FinishedCall['charged'] }> {
    const { writer, ids, clock, owner, concurrentGenerations } = this.#deps;
    const callId = request.callId ?? ids();
    const generationId = request.generationId ?? callId;
    const leaseUntil = clock() + LEASE_MS;
    const { bodyHash, model, project, session } = request;
    const answer = await writer.submit('startCall', {
      ...{ accountId, callId, generationId, bodyHash, model, project, session, multiplier, owner, leaseUntil },
      continues: request.generationId !== null,
      firstCall: !request.continues,
      least: bounds.least,
      most: bounds.most,
      openLimit: concurrentGenerations,
    });
    if (answer.kind !== 'started') throw refuseStart(answer, bounds);
    const { holdId, hold, previousPromptTokens } = answer;
    const call = new MeteredCall({
      accountId,
      generationId,
      callId,
      holdId,
      leaseUntil,
      request,
      previousPromptTokens,
      multiplier,
    });
    return { call, hold };
  }

  /** From here on the call can be stopped: by its person, by a closed connection, or by the end of this process. */
  #track({ call, response, capped }: Exchange): void {
    const { openCalls, writer, metrics } = this.#deps;
    openCalls.add(call);
    metrics.openHolds.set(openCalls.size);
    response.on('close', () => {
      if (!response.writableFinished) call.stop();
    });
    if (response.destroyed) call.stop();
    // No need to wait: the writer keeps the order, so the settlement comes after this.
    writer.submit('markSent', { ...call.name, capped }).catch(this.#deps.onFault);
  }

  async #exchange(exchange: Exchange): Promise<void> {
    // The count at the end needs it; loading it while the model thinks costs nobody a wait.
    void loadTokenizer();
    let answer: UpstreamAnswer;
    try {
      answer = await this.#ask(exchange);
    } catch (error) {
      await this.#endEarly(exchange, error);
      return;
    }
    if (exchange.request.stream) await this.#stream(exchange, answer);
    else await this.#whole(exchange, answer);
  }

  async #ask({ upstream, body, call }: Exchange): Promise<UpstreamAnswer> {
    const stopWatch = this.#deps.metrics.upstreamSeconds.startTimer();
    const answer = await upstream.complete(body, call.signal);
    stopWatch();
    if (answer.status >= 400) throw await readFailure(answer);
    const type = answer.headers['content-type'];
    if (body['stream'] === true && typeof type === 'string' && type.includes('application/json')) {
      await relayWhole(answer, call.meter);
      throw new ProviderFailure("The model's provider did not stream.");
    }
    return answer;
  }

  async #stream(exchange: Exchange, answer: UpstreamAnswer): Promise<void> {
    const { response, call, request } = exchange;
    const begin = (): void => {
      if (response.headersSent) return;
      const headers = answerHeaders(answer, { generationId: call.generationId, hold: exchange.hold });
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache', ...headers });
    };
    let wasEmpty = true;
    const onDelivered = (): void => {
      if (wasEmpty && !call.meter.isEmpty) this.#deps.openCalls.recordNow(call);
      wasEmpty = call.meter.isEmpty;
    };
    const { meter } = call;
    let end: StreamEnd;
    try {
      end = await relayStream(answer, { response, meter, showsUsage: request.showsUsage, begin, onDelivered });
    } catch (error) {
      answer.body.destroy();
      await this.#endEarly(exchange, error, begin);
      return;
    }
    begin();
    const finished = await this.#finish(exchange, answer.charge);
    sendEnd(response, { ...chunkHead(end.first), tokenfare: chargeBody(finished, exchange.capped) });
  }

  async #whole(exchange: Exchange, answer: UpstreamAnswer): Promise<void> {
    const { response, call } = exchange;
    let text: string;
    try {
      text = await relayWhole(answer, call.meter);
    } catch (error) {
      answer.body.destroy();
      await this.#endEarly(exchange, error);
      return;
    }
    const finished = await this.#finish(exchange, answer.charge);
    const headers = answerHeaders(answer, { generationId: call.generationId, hold: exchange.hold });
    response.writeHead(200, { 'content-type': 'application/json', ...headers });
    response.end(withField(text, 'tokenfare', chargeBody(finished, exchange.capped)));
  }

  /** The end of a call that did not come to its own: stopped, or failed by its provider. */
  async #endEarly(exchange: Exchange, error: unknown, begin?: () => void): Promise<void> {
    const { response, call, request } = exchange;
    const finished = await this.#finish(exchange, call.stopped && !call.meter.isEmpty ? 'metered' : 'none');
    const tokenfare = chargeBody(finished, exchange.capped);
    if (call.stopped) {
      if (response.destroyed) return;
      if (!request.stream || begin === undefined)
        throw new HttpRefusal('upstream_failed', 'The call was stopped.', { retry: false });
      begin();
      sendEnd(response, { ...chunkHead({}), tokenfare });
      return;
    }
    call.giveUp();
    const refusal = failureOf(error).toRefusal();
    if (!response.headersSent) throw refusal;
    response.end(`data: ${JSON.stringify({ ...refusal.body, tokenfare })}\n\n`);
  }

  /** Settles or releases, durably. If that was done elsewhere before (a recovery), it stays as it is. */
  async #finish({ call }: Exchange, charge: UpstreamAnswer['charge']): Promise<FinishedCall> {
    const { writer, card, metrics } = this.#deps;
    const used = charge === 'none' ? null : await call.priceExactly(card);
    const finished = await writer.submit('finishCall', { ...call.name, used });
    metrics.holds.inc({ end: finished === null ? 'late' : used === null ? 'released' : 'settled' });
    if (finished === null) throw new HttpRefusal('unavailable', 'The call was ended elsewhere.');
    metrics.undercharged.inc(finished.undercharged);
    return finished;
  }
}

export interface CompletionsDeps {
  readonly writer: CommandWriter;
  readonly models: Models;
  readonly openCalls: OpenCalls;
  readonly rateLimit: RateLimit;
  readonly metrics: Metrics;
  readonly card: RateCard;
  readonly clock: Clock;
  readonly ids: Ids;
  /** This process, as its holds name it. */
  readonly owner: string;
  readonly concurrentGenerations: number;
  readonly onFault: (error: unknown) => void;
}

interface Exchange {
  readonly request: CompletionRequest;
  readonly call: MeteredCall;
  readonly response: ServerResponse;
  readonly hold: FinishedCall['charged'];
  readonly capped: boolean;
  readonly upstream: Upstream;
  readonly body: Record<string, unknown>;
}

/** The client's body with our output limit, and with usage asked for. */
function upstreamBody({ body, stream }: CompletionRequest, outputLimit: number): Record<string, unknown> {
  const fields = ['max_completion_tokens', 'max_tokens'].filter((field) => typeof body[field] === 'number');
  const limits = Object.fromEntries(
    (fields.length === 0 ? ['max_tokens'] : fields).map((field) => [field, outputLimit]),
  );
  if (!stream) return { ...body, ...limits };
  const asked = typeof body['stream_options'] === 'object' ? body['stream_options'] : {};
  return { ...body, ...limits, stream_options: { ...asked, include_usage: true } };
}

/** What a chunk says of its answer, for a chunk that we add. */
function chunkHead(first: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { id, created, model } = first;
  return { id, object: 'chat.completion.chunk', created, model, choices: [] };
}

function sendEnd(response: ServerResponse, chunk: Record<string, unknown>): void {
  response.end(`data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`);
}

function chargeBody(finished: FinishedCall, capped: boolean): ChargeBody {
  const { generationId: generation, charged, parts, available, held } = finished;
  return { generation, charged, parts: { ...parts }, balance: { available, held }, capped };
}

function failureOf(error: unknown): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  return new ProviderFailure("The model's provider could not be reached or broke off.", {
    error: error instanceof Error ? error.message : null,
  });
}
