import { emptyTarget, type Change, type Intent, type TargetPhrase } from '../intent.ts';
import type { Chunk, PropertyWord, Verb } from './chunk.ts';
import { changesOfWish } from './changesOfWish.ts';
import { chunkSentence } from './chunkSentence.ts';
import { readClause } from './clause.ts';
import { contradicts } from './contradicts.ts';
import { readTextWish } from './textWish.ts';
import { MAX_SENTENCE_LENGTH } from './token.ts';
import { trimSentence } from './trimSentence.ts';
import { readWish, type Wish } from './wish.ts';

export type SentenceReading =
  { kind: 'intents'; intents: Intent[] } | { kind: 'refusal'; reason: 'question' | 'too-long' | 'not-understood' };

/** More wishes than this in one message are a design brief, not a free edit. */
export const MAX_INTENTS = 12;

/**
 * Reads style and text wishes out of a message. Every word has to have a place: a message with one part that is not
 * understood is refused as a whole, because half of a wish is a wrong edit.
 */
export function parseSentence(message: string): SentenceReading {
  if (message.length > MAX_SENTENCE_LENGTH) return { kind: 'refusal', reason: 'too-long' };
  const sentences = trimSentence(message);
  if (sentences === 'question') return { kind: 'refusal', reason: 'question' };
  const state = new Reading();
  for (const sentence of sentences) {
    if (!readSentence(state, sentence)) return { kind: 'refusal', reason: 'not-understood' };
  }
  const intents = finish(state);
  if (!intents || intents.length === 0 || intents.length > MAX_INTENTS)
    return { kind: 'refusal', reason: 'not-understood' };
  if (intents.some((later, at) => intents.slice(0, at).some((earlier) => contradicts(earlier, later))))
    return { kind: 'refusal', reason: 'not-understood' };
  return { kind: 'intents', intents };
}

/** What earlier clauses leave for later ones. */
class Reading {
  intents: Intent[] = [];
  /** "header: …" and "in the footer, …" */
  scope: TargetPhrase | null = null;
  lastTarget: TargetPhrase | null = null;
  lastProperty: PropertyWord | null = null;
  lastVerb: Verb | null = null;
  lastChanges: Change[] = [];
  /** "the header and …": named, and waiting for what shall change. */
  waitingTargets: TargetPhrase[] = [];
  /** "padding and …": said, and waiting for where. */
  waitingChanges: Change[] = [];
}

function readSentence(state: Reading, sentence: string): boolean {
  const chunks = chunkSentence(sentence);
  const body = readHeading(state, chunks);
  if (body === null) return false;
  const clauses = splitClauses(body);
  for (let at = 0; at < clauses.length; at++) {
    const clause = clauses[at] ?? [];
    const text = readTextWish(joinText(clauses, at), sentence);
    if (text === 'unclear') return false;
    if (text) {
      if (!addText(state, text)) return false;
      at += joinedClauses(clauses, at);
    } else if (!addClause(state, clause)) return false;
  }
  return true;
}

/** "Update styling: …" says nothing yet; "header: …" names what all that follows is about. */
function readHeading(state: Reading, chunks: readonly Chunk[]): Chunk[] | null {
  const colon = chunks.findIndex((chunk) => chunk.kind === 'colon');
  const before = chunks.slice(0, Math.max(colon, 0)).filter((chunk) => chunk.kind !== 'filler');
  if (colon < 0 || chunks[colon + 1] === undefined) return chunks.filter((_, index) => index !== colon);
  if (
    before.every(
      (chunk) =>
        chunk.kind === 'verb' ||
        chunk.kind === 'determiner' ||
        (chunk.kind === 'property' && chunk.property === 'text'),
    )
  ) {
    return chunks.slice(colon + 1);
  }
  const several = chunks.slice(colon).some((chunk) => chunk.kind === 'break');
  const quotes = chunks.slice(colon).filter((chunk) => chunk.kind === 'quote').length;
  if (!several && quotes < 2) return withoutColonAfterTo(chunks, colon);
  const clause = readClause(before);
  const wish = clause && readWish(clause);
  if (!wish?.target || wish.property || wish.colors.length > 0 || wish.values.length > 0) return [...chunks];
  state.scope = wish.target;
  state.lastTarget = wish.target;
  return chunks.slice(colon + 1);
}

/** "change the heading to: Ship faster" */
function withoutColonAfterTo(chunks: readonly Chunk[], colon: number): Chunk[] {
  const before = chunks[colon - 1];
  const opened = before?.kind === 'preposition' || before?.kind === 'be' || before?.kind === 'say';
  return chunks.filter((_, index) => !opened || index !== colon);
}

function splitClauses(chunks: readonly Chunk[]): Chunk[][] {
  const clauses: Chunk[][] = [[]];
  for (const [index, chunk] of chunks.entries()) {
    const opening = openingOf(chunks, index);
    if (opening) clauses.push(opening);
    else clauses.at(-1)?.push(chunk);
  }
  return clauses.filter((clause) => clause.some((chunk) => chunk.kind !== 'filler'));
}

/** What a clause that begins here opens with; null where none begins. */
function openingOf(chunks: readonly Chunk[], at: number): Chunk[] | null {
  const chunk = chunks[at];
  if (chunk?.kind === 'break') return [];
  if (chunk?.kind !== 'preposition' || !/^(?:with|on|against)$/.test(chunk.word)) return null;
  const { start, end, raw } = chunk;
  const rest = chunks.slice(at + 1);
  const stop = rest.findIndex(
    (each) => each.kind === 'preposition' || each.kind === 'be' || each.kind === 'break' || each.kind === 'colon',
  );
  const zone = stop < 0 ? rest : rest.slice(0, stop);
  const before = chunks.slice(0, at);
  if (!has(before, 'color', 'keyword', 'length', 'comparative') || has(zone, 'noun', 'quote', 'selector')) return null;
  // "blue with white text", "white on a black background": a wish of its own about the same thing.
  if (has(zone, 'property') && has(zone, 'color')) return [];
  // "white text on gray"
  if (chunk.word !== 'with')
    return has(zone, 'color') && writesText(before)
      ? [{ kind: 'property', property: 'background', start, end, raw }]
      : null;
  // "blue with a thicker border", but "a border with 2px width" is one wish.
  const own = zone.some((each) => each.kind === 'property' && !FACETS.has(each.property));
  return own && !has(before, 'property') ? [{ kind: 'verb', verb: 'give', start, end, raw }] : null;
}

function has(chunks: readonly Chunk[], ...kinds: Chunk['kind'][]): boolean {
  return chunks.some((chunk) => kinds.includes(chunk.kind));
}

function writesText(chunks: readonly Chunk[]): boolean {
  return chunks.some((chunk) => chunk.kind === 'property' && (chunk.property === 'text' || chunk.property === 'color'));
}

/** What a border or a shadow has too. */
const FACETS: ReadonlySet<PropertyWord> = new Set<PropertyWord>(['width', 'height', 'size', 'surface', 'opacity']);

/** "rename the title to Terms and conditions": what follows belongs to the text unless it begins a clause. */
function joinedClauses(clauses: readonly Chunk[][], at: number): number {
  const current = clauses[at] ?? [];
  const unquoted =
    current.some((chunk) => chunk.kind === 'verb' && chunk.verb === 'rename') &&
    !current.some((chunk) => chunk.kind === 'quote');
  if (!unquoted) return 0;
  const rest = clauses.slice(at + 1);
  const begins = rest.some(
    (clause) =>
      clause[0]?.kind === 'verb' || clause.some((chunk) => chunk.kind === 'color' || chunk.kind === 'property'),
  );
  return begins ? 0 : rest.length;
}

function joinText(clauses: readonly Chunk[][], at: number): Chunk[] {
  return clauses.slice(at, at + 1 + joinedClauses(clauses, at)).flat();
}

function addText(state: Reading, text: Exclude<ReturnType<typeof readTextWish>, 'unclear' | null>): boolean {
  const selfSaid = text.change.from !== null || text.change.attribute !== null;
  const target = text.target ?? (selfSaid ? emptyTarget() : state.lastTarget);
  if (!target || state.waitingTargets.length > 0 || state.waitingChanges.length > 0) return false;
  if (state.scope && target !== state.scope && !target.inside) target.inside = state.scope;
  state.intents.push({ target, change: text.change });
  state.lastTarget = target;
  return true;
}

function addClause(state: Reading, chunks: readonly Chunk[]): boolean {
  const clause = readClause(chunks);
  if (!clause) return false;
  const ownVerb = clause.verb;
  clause.verb ??= inheritedVerb(state, chunks);
  const wish = readWish(clause);
  if (!wish) return false;
  const complaint = isComplaint(chunks);
  // "the header is blue" says how it is; "make a blue header" wants a new one.
  if (!complaint && chunks.some((chunk) => chunk.kind === 'be' && chunk.states)) return false;
  if (ownVerb && wish.target?.indefinite && !state.scope) return false;
  inheritProperty(state, wish);
  const changes = complaint ? [] : changesOfWish(wish);
  if (!changes) return false;
  state.lastVerb = clause.verb;
  if (changes.length > 0) return addChanges(state, wish, changes);
  const introduces = clause.zones.length === 2 && clause.zones[0]?.phrase === null && ownVerb === null;
  return addTargetOnly(state, wish, { introduces, ownVerb, complaint });
}

function inheritedVerb(state: Reading, chunks: readonly Chunk[]): Verb | null {
  const valued = chunks.some(
    (chunk) => chunk.kind === 'color' || chunk.kind === 'comparative' || chunk.kind === 'keyword',
  );
  const moving =
    state.lastVerb === 'increase' ||
    state.lastVerb === 'decrease' ||
    state.lastVerb === 'remove' ||
    state.lastVerb === 'scale';
  return valued && moving ? null : state.lastVerb;
}

/** "the table is the wrong width, make it 100%": the property of the first half belongs to the second. */
function inheritProperty(state: Reading, wish: Wish): void {
  const bare =
    wish.property === null && wish.lengths.length > 0 && !wish.values.some((value) => value.kind === 'comparative');
  if (bare && (wish.pronoun || !wish.target)) wish.property = state.lastProperty;
  // "the text smaller and lighter": lighter is the text too.
  if (wish.property === null && !wish.target && state.lastProperty === 'text') wish.property = 'text';
}

function isComplaint(chunks: readonly Chunk[]): boolean {
  const be = chunks.findIndex((chunk) => chunk.kind === 'be');
  return be >= 0 && chunks.slice(be).some((chunk) => /^(?:too|wrong|off|weird|ugly|broken)$/i.test(chunk.raw));
}

function addChanges(state: Reading, wish: Wish, changes: Change[]): boolean {
  const target = targetOf(state, wish);
  // "make it 100%" of nothing: neither the thing nor the property is said.
  const vague = changes.some(
    (change) => change.kind === 'length' && change.property === 'size' && change.amount.kind === 'set',
  );
  if (vague && (!target || isUnnamed(target)) && !target?.pointing) return false;
  // "black and white": which of the two?
  if (!wish.target && !wish.pronoun && changes.some((change) => isRecolored(state.lastChanges, change))) return false;
  if (!target) {
    if (state.waitingTargets.length > 0) return false;
    state.waitingChanges.push(...changes);
    state.lastProperty = wish.property;
    return true;
  }
  const all = [...state.waitingChanges, ...changes];
  for (const each of [...state.waitingTargets, target]) {
    for (const change of all) state.intents.push({ target: each, change });
  }
  state.waitingTargets = [];
  state.waitingChanges = [];
  state.lastTarget = target;
  state.lastProperty = wish.property;
  state.lastChanges = all;
  return true;
}

function isRecolored(before: readonly Change[], change: Change): boolean {
  return (
    change.kind === 'color' && before.some((other) => other.kind === 'color' && other.property === change.property)
  );
}

function isUnnamed(target: TargetPhrase): boolean {
  return target.words.length === 0 && !target.quote && !target.selector;
}

function targetOf(state: Reading, wish: Wish): TargetPhrase | null {
  const { target } = wish;
  const bare = target !== null && isUnnamed(target);
  if (!target || (bare && state.lastTarget && target.ordinal === null)) return state.lastTarget;
  if (state.scope && target !== state.scope && !target.inside) target.inside = { ...state.scope };
  return target;
}

interface TargetOnly {
  /** "In the footer, …" */
  introduces: boolean;
  ownVerb: Verb | null;
  complaint: boolean;
}

function addTargetOnly(state: Reading, wish: Wish, how: TargetOnly): boolean {
  if (!wish.target || wish.like || wish.by || wish.sides.length > 0) return false;
  if (how.complaint) {
    state.lastTarget = wish.target;
    state.lastProperty = wish.property;
    return true;
  }
  if (wish.property) return false;
  if (how.introduces) {
    state.scope = wish.target;
    state.lastTarget = wish.target;
    return true;
  }
  const first = state.intents.length === 0 && state.waitingTargets.length === 0 && state.waitingChanges.length === 0;
  if (how.ownVerb && (!first || (how.ownVerb !== 'set' && how.ownVerb !== 'give'))) return false;
  state.waitingTargets.push(wish.target);
  return true;
}

function finish(state: Reading): Intent[] | null {
  if (state.waitingChanges.length > 0) {
    if (state.intents.length > 0 || state.waitingTargets.length > 0) return null;
    return state.waitingChanges.map((change) => ({ target: state.lastTarget ?? emptyTarget(), change }));
  }
  if (state.waitingTargets.length > 0 && state.lastChanges.length === 0) return null;
  for (const target of state.waitingTargets) {
    for (const change of state.lastChanges) state.intents.push({ target, change });
  }
  return state.intents;
}
