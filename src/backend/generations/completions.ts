import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { classifyRequest } from '../../core/requestKind.ts';
import type { Millitokens } from '../../core/tokens.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';
import type { RateLimit } from '../http/rateLimit.ts';
import type { Ids } from '../ids.ts';
import type { Models, OfferedModel } from '../models/models.ts';
import type { UpstreamModel } from '../models/upstream.ts';
import { AnswerStream } from './answerStream.ts';
import { callBounds, type CallBounds } from './callBounds.ts';
import { Exchange, type ExchangeDeps } from './exchange.ts';
import type { KeptAnswers } from './keptAnswers.ts';
import { MeteredCall } from './meteredCall.ts';
import { LEASE_MS } from './openCalls.ts';
import { readCompletionRequest, type CompletionRequest } from './readCompletionRequest.ts';
import { refuseStart } from './refuseStart.ts';
import { upstreamBody } from './upstreamBody.ts';

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
    const { model, upstream } = await this.#find(request.model);
    this.#refuseTooMany(accountId);
    const { call, hold, bounds, recorded } = await this.#start(accountId, request, model);
    const outputLimit = bounds.outputLimit(hold);
    const capped = hold < bounds.full;
    const { openCalls, metrics } = this.#deps;
    const stream = this.#connect(call, request, response);
    recorded.catch(() => {
      call.giveUp();
    });
    openCalls.add(call);
    metrics.openHolds.set(openCalls.size);
    const { body, text } = upstreamBody(request, outputLimit, upstream.outputLimitField);
    const exchange = new Exchange(this.#deps, { call, request, response, stream, hold, capped, recorded });
    try {
      await exchange.run({ upstream, body, text });
    } finally {
      stream.close();
      openCalls.remove(call);
      call.markEnded();
      metrics.openHolds.set(openCalls.size);
    }
  }

  async #find(model: string): Promise<OfferedModel> {
    const offered = await this.#deps.models.find(model);
    if (offered !== undefined) return offered;
    throw new HttpRefusal('not_found', `There is no model ${JSON.stringify(model)}.`, { param: 'model' });
  }

  #refuseTooMany(accountId: string): void {
    const seconds = this.#deps.rateLimit.take(accountId);
    if (seconds === 0) return;
    throw new HttpRefusal('rate_limited', `Too many requests; try again in ${seconds} s.`, {
      headers: { 'retry-after': String(seconds) },
    });
  }

  /** Opens the call and its hold. Those are `recorded` while the model is asked: nothing is passed on before. */
  async #start(
    accountId: string,
    request: CompletionRequest,
    offered: UpstreamModel,
  ): Promise<{ call: MeteredCall; hold: Millitokens; bounds: CallBounds; recorded: Promise<void> }> {
    const { writer, ids, clock, card, owner, concurrentGenerations, metrics, setsOwnBudget } = this.#deps;
    const firstCall = !request.continues;
    const usual = callBounds(request, offered, { card, firstCall });
    const withMessage = firstCall ? usual : callBounds(request, offered, { card, firstCall: true });
    const callId = request.callId ?? ids();
    const holdId = ids();
    const generationId = request.generationId ?? callId;
    const leaseUntil = clock() + LEASE_MS;
    const { bodyHash, model, project, session } = request;
    const { multiplier } = offered;
    const stopWatch = metrics.holdSeconds.startTimer();
    const { answer, committed } = await writer.carryOut('startCall', {
      accountId,
      callId,
      holdId,
      generationId,
      bodyHash,
      model,
      project,
      session,
      multiplier,
      owner,
      leaseUntil,
      kind: classifyRequest(request.promptText),
      continues: request.generationId !== null,
      firstCall,
      least: usual.least,
      most: usual.most,
      full: usual.full,
      unpaid: { least: withMessage.least, most: withMessage.most, full: withMessage.full },
      openLimit: concurrentGenerations,
      limitsProjects: !setsOwnBudget(),
    });
    committed.then(
      () => stopWatch(),
      () => undefined,
    );
    const bounds = 'paysForMessage' in answer && answer.paysForMessage ? withMessage : usual;
    if (answer.kind !== 'started') {
      await committed;
      throw refuseStart(answer, bounds);
    }
    const { hold, paysForMessage, previousPromptTokens } = answer;
    const name = { accountId, generationId, callId, holdId };
    const call = new MeteredCall(name, { leaseUntil, request, paysForMessage, previousPromptTokens, multiplier });
    return { call, hold, bounds, recorded: committed };
  }

  /**
   * From here on the call can be stopped: by its person, by the end of this process, or by a closed connection, unless
   * the client asked to resume and the answer is kept.
   */
  #connect(call: MeteredCall, request: CompletionRequest, response: ServerResponse): AnswerStream {
    const isKept = request.stream && request.resumes;
    const kept = isKept ? this.#deps.keptAnswers.open(call.name) : null;
    const stream = new AnswerStream(response, kept, this.#deps.clock);
    const stopIfLost = (): void => {
      if (!response.writableFinished && stream.isLost) call.stop();
    };
    response.on('close', stopIfLost);
    stopIfLost();
    return stream;
  }
}

export interface CompletionsDeps extends ExchangeDeps {
  readonly models: Models;
  readonly rateLimit: RateLimit;
  readonly keptAnswers: KeptAnswers;
  readonly ids: Ids;
  /** This process, as its holds name it. */
  readonly owner: string;
  readonly concurrentGenerations: number;
  /** Whether the models are paid by whoever uses this backend: then no plan limits the projects. */
  readonly setsOwnBudget: () => boolean;
}
