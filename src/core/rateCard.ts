import { millitokens, type Millitokens } from './tokens.ts';

/**
 * The exact price of one call. `firstCall` false: no message part, and `promptTokens` are billed as context, as are
 * those above the card's `promptCap`. Context and response are multiplied. The total is the exact sum rounded up once;
 * the parts are integers that add up to it, and a part that costs nothing stays 0. RangeError on a count that is
 * negative, fractional or not finite, on a multiplier outside 0.25 to 20 or with more than two decimals, and on a
 * total beyond a safe integer.
 */
export function charge(usage: Usage, multiplier: number, card: RateCard = defaultRateCard): Charge {
  const exact = exactParts(usage, multiplierHundredths(multiplier), card);
  const total = roundedUp(sumOf(exact));
  return { total, parts: roundParts(exact, total) };
}

/** The total of `charge` alone, for what needs no parts. */
export function totalCharge(usage: Usage, multiplier: number, card: RateCard): Millitokens {
  return roundedUp(exactCharge(usage, multiplier, card));
}

/** Prices in millitokens; the rates are per 1,000 model tokens. Data, versioned: an operator can override it. */
export interface RateCard {
  readonly version: number;
  readonly message: number;
  readonly promptPer1000: number;
  readonly promptCap: number;
  readonly contextPer1000: number;
  readonly cachedPer1000: number;
  readonly responsePer1000: number;
}

/** The card that applies unless an operator sets another (design, section 3). */
export const defaultRateCard: RateCard = {
  version: 1,
  message: 250,
  promptPer1000: 200,
  promptCap: 2_000,
  contextPer1000: 20,
  cachedPer1000: 2,
  responsePer1000: 300,
};

/** What one call used, in model tokens. `cachedTokens` are not counted in `contextTokens`. */
export interface Usage {
  readonly promptTokens: number;
  readonly contextTokens: number;
  readonly cachedTokens: number;
  readonly responseTokens: number;
  readonly firstCall: boolean;
}

export interface ChargeParts {
  readonly message: Millitokens;
  readonly prompt: Millitokens;
  readonly context: Millitokens;
  readonly response: Millitokens;
}

/** What one call costs; the parts add up to the total. */
export interface Charge {
  readonly total: Millitokens;
  readonly parts: ChargeParts;
}

/**
 * The bounds of a model's multiplier: below, holds would be too small to mean anything; above, a typing error is
 * likelier.
 */
export const MULTIPLIER_MIN = 0.25;
export const MULTIPLIER_MAX = 20;

/** Rates are per 1,000 model tokens and multipliers have two decimals: in this unit every product is a whole number. */
export const UNITS_PER_MILLITOKEN = 1000n * 100n;
const HUNDREDTHS_OF_ONE = 100n;

/** The price of one call in units of 1/100,000 millitoken, before it is rounded. RangeError as `charge`. */
export function exactCharge(usage: Usage, multiplier: number, card: RateCard): bigint {
  return sumOf(exactParts(usage, multiplierHundredths(multiplier), card));
}

/** A multiplier in hundredths. RangeError outside 0.25 to 20 or with more than two decimals. */
export function multiplierHundredths(multiplier: number): bigint {
  const hundredths = Math.round(multiplier * 100);
  const bounded = multiplier >= MULTIPLIER_MIN && multiplier <= MULTIPLIER_MAX;
  if (!bounded || hundredths / 100 !== multiplier) throw new RangeError(`not a multiplier: ${multiplier}`);
  return BigInt(hundredths);
}

/** The bigint of a count or rate. RangeError unless it is a safe integer from 0. */
function wholeCount(value: number, name: string): bigint {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${name} is not a whole number from 0: ${value}`);
  return BigInt(value);
}

type ExactParts = Record<keyof ChargeParts, bigint>;

/**
 * The order in which parts of equal remainder are rounded up: the largest part first, so that the difference shows
 * least.
 */
const partNames = ['response', 'context', 'prompt', 'message'] as const;

function exactParts(usage: Usage, hundredths: bigint, card: RateCard): ExactParts {
  const prompt = wholeCount(usage.promptTokens, 'promptTokens');
  const context = wholeCount(usage.contextTokens, 'contextTokens');
  const cached = wholeCount(usage.cachedTokens, 'cachedTokens');
  const response = wholeCount(usage.responseTokens, 'responseTokens');
  const cap = usage.firstCall ? wholeCount(card.promptCap, 'promptCap') : 0n;
  const billedPrompt = prompt < cap ? prompt : cap;
  const contextCost = (context + prompt - billedPrompt) * wholeCount(card.contextPer1000, 'contextPer1000');
  const cachedCost = cached * wholeCount(card.cachedPer1000, 'cachedPer1000');
  return {
    message: usage.firstCall ? wholeCount(card.message, 'message') * UNITS_PER_MILLITOKEN : 0n,
    prompt: billedPrompt * wholeCount(card.promptPer1000, 'promptPer1000') * HUNDREDTHS_OF_ONE,
    context: (contextCost + cachedCost) * hundredths,
    response: response * wholeCount(card.responsePer1000, 'responsePer1000') * hundredths,
  };
}

/**
 * Largest remainder: every part is rounded down, then those cut most are raised by one until they add up to the total.
 */
function roundParts(exact: ExactParts, total: Millitokens): ChargeParts {
  const missing = BigInt(total) - partNames.reduce((sum, name) => sum + exact[name] / UNITS_PER_MILLITOKEN, 0n);
  const cutOf = (name: keyof ChargeParts): number => Number(exact[name] % UNITS_PER_MILLITOKEN);
  const raised = partNames.toSorted((one, other) => cutOf(other) - cutOf(one)).slice(0, Number(missing));
  const rounded = (name: keyof ChargeParts): Millitokens =>
    millitokens(Number(exact[name] / UNITS_PER_MILLITOKEN) + (raised.includes(name) ? 1 : 0));
  return {
    message: rounded('message'),
    prompt: rounded('prompt'),
    context: rounded('context'),
    response: rounded('response'),
  };
}

function roundedUp(exact: bigint): Millitokens {
  return millitokens(Number((exact + UNITS_PER_MILLITOKEN - 1n) / UNITS_PER_MILLITOKEN));
}

function sumOf(exact: ExactParts): bigint {
  return exact.message + exact.prompt + exact.context + exact.response;
}
