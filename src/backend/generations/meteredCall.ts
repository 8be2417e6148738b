import { approximateModelTokens } from '../../core/modelTokens.ts';
import { charge, type RateCard } from '../../core/rateCard.ts';
import { splitUsage } from '../../core/usageSplit.ts';
import { countModelTokens } from '../models/countModelTokens.ts';
import { AnswerMeter } from './answerMeter.ts';
import type { CallName, UsedUp } from './generations.ts';
import { requestText } from './messageContent.ts';
import type { CompletionRequest } from './readCompletionRequest.ts';

/** One call on its way: who it is for, what has arrived of its answer, and what that costs. */
export class MeteredCall {
  /** As the writer's commands name it. */
  readonly name: CallName;
  readonly meter = new AnswerMeter();
  /** Resolves when the call has been settled or released. */
  readonly ended: Promise<void>;
  leaseUntil: number;
  /** Why the upstream was aborted: the person stopped or went away. */
  stopped = false;
  readonly #options: MeteredCallOptions;
  readonly #controller = new AbortController();
  readonly #settled = Promise.withResolvers<undefined>();
  #recordedLength = 0;
  #roughInput: { promptTextTokens: number; promptTokens: number } | undefined;

  constructor(name: CallName, options: MeteredCallOptions) {
    this.name = name;
    this.leaseUntil = options.leaseUntil;
    this.ended = this.#settled.promise;
    this.#options = options;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Aborts the upstream; what has arrived is charged. */
  stop(): void {
    this.stopped = true;
    this.#controller.abort();
  }

  /** Aborts the upstream because its answer is broken; nothing is charged. */
  giveUp(): void {
    this.#controller.abort();
  }

  markEnded(): void {
    this.#settled.resolve(undefined);
  }

  /** Whether more has been delivered than was recorded. */
  get hasNews(): boolean {
    return this.meter.length > this.#recordedLength;
  }

  /** What has been delivered so far, roughly counted, for a crash to charge; null while there is nothing. */
  takeProgress(card: RateCard): UsedUp | null {
    const { meter } = this;
    this.#recordedLength = meter.length;
    if (meter.isEmpty) return null;
    const { request } = this.#options;
    this.#roughInput ??= {
      promptTextTokens: approximateModelTokens(request.promptText),
      promptTokens: approximateModelTokens(requestText(request.body)),
    };
    const { promptTextTokens, promptTokens } = this.#roughInput;
    const unreported = approximateModelTokens(meter.unreported.text);
    return this.#price(card, { promptTextTokens, promptTokens, unreported });
  }

  /** What the call used, exactly: as the provider reports it, and counted where it does not. */
  async priceExactly(card: RateCard): Promise<UsedUp> {
    const { request } = this.#options;
    const { meter } = this;
    const promptTextTokens = this.#options.paysForMessage ? await countModelTokens(request.promptText) : 0;
    const promptTokens = meter.reported === null ? await countModelTokens(requestText(request.body)) : 0;
    const unreported = await countModelTokens(meter.unreported.text);
    return this.#price(card, { promptTextTokens, promptTokens, unreported });
  }

  /** Counts are ours, in model tokens: `promptTokens` is all that was sent, for a provider that does not report it. */
  #price(card: RateCard, counts: { promptTextTokens: number; promptTokens: number; unreported: number }): UsedUp {
    const { paysForMessage, previousPromptTokens, multiplier } = this.#options;
    const { reported, unreported } = this.meter;
    const { promptTokens, cachedTokens, responseTokens } = reported ?? {
      ...counts,
      cachedTokens: 0,
      responseTokens: 0,
    };
    const arrived = counts.unreported + unreported.tokensBeyond;
    const usage = splitUsage({
      promptTextTokens: counts.promptTextTokens,
      reported: { promptTokens, cachedTokens, responseTokens: responseTokens + arrived },
      firstCall: paysForMessage,
      previousPromptTokens,
    });
    const { total, parts } = charge(usage, multiplier, card);
    return { usage, parts, charged: total, counted: reported === null || arrived > 0 };
  }
}

export interface MeteredCallOptions {
  readonly leaseUntil: number;
  readonly request: CompletionRequest;
  /** Message and prompt have not been charged to an earlier call of the generation. */
  readonly paysForMessage: boolean;
  readonly previousPromptTokens: number;
  readonly multiplier: number;
}
