/**
 * The life of a call's hold: `reserved → sent → settled | released`, with one terminal transition (design, section 3).
 */
export type HoldState = 'reserved' | 'sent' | 'settled' | 'released';

/** The states of a generation, which follow from its holds. */
export type GenerationState = 'open' | 'settled' | 'released';

/** What a writer may do to a hold: send the call upstream, take what was used, give everything back. */
export type HoldEvent = 'send' | 'settle' | 'release';

/** `moved` for the one writer that wins; `late` for those after a terminal transition, to be dropped and counted. */
export type HoldTransition =
  | { readonly kind: 'moved'; readonly from: HoldState; readonly to: HoldState }
  | { readonly kind: 'late'; readonly state: 'settled' | 'released' }
  | { readonly kind: 'refusal'; readonly state: 'reserved' | 'sent' };

/** What a repeated idempotency key leads to: never to a second charge. */
export type RepeatedCall = 'generation_open' | 'generation_settled' | 'idempotency_conflict' | 'try_again';

const targets: Readonly<Record<HoldState, Partial<Readonly<Record<HoldEvent, HoldState>>>>> = {
  reserved: { send: 'sent', release: 'released' },
  sent: { settle: 'settled', release: 'released' },
  settled: {},
  released: {},
};

/**
 * The transition that an event makes on a hold. What was never sent can't be settled; what has ended stays as it
 * ended.
 */
export function moveHold(state: HoldState, event: HoldEvent): HoldTransition {
  if (isTerminal(state)) return { kind: 'late', state };
  const to = targets[state][event];
  return to === undefined ? { kind: 'refusal', state } : { kind: 'moved', from: state, to };
}

/** The states from which an event moves a hold: the guard of the store's compare-and-set. */
export function statesBefore(event: HoldEvent): readonly HoldState[] {
  const all: readonly HoldState[] = ['reserved', 'sent', 'settled', 'released'];
  return all.filter((state) => targets[state][event] !== undefined);
}

export function isTerminal(state: HoldState): state is 'settled' | 'released' {
  return state === 'settled' || state === 'released';
}

/** A generation is open while a call of it is, settled if any was charged, released if none was. */
export function generationState(calls: { readonly open: number; readonly settled: number }): GenerationState {
  if (calls.open > 0) return 'open';
  return calls.settled > 0 ? 'settled' : 'released';
}

/**
 * The answer to a key that was used before, by the state of its hold and whether the body is the same (contract,
 * HTTP).
 */
export function repeatedCall(state: HoldState, sameBody: boolean): RepeatedCall {
  if (!sameBody) return 'idempotency_conflict';
  if (state === 'released') return 'try_again';
  return state === 'settled' ? 'generation_settled' : 'generation_open';
}
