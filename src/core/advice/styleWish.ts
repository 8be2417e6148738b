import type { Change, Intent } from '../localEdits/intent.ts';
import { parseSentence } from '../localEdits/sentence/parseSentence.ts';

/**
 * Things that have a size, a width or a name and are no part of a page. The sentence alone cannot be held against the
 * files here, so these are left to the model.
 */
const TECHNICAL =
  /\b(?:apis?|docker\w*|bundles?|quer(?:y|ies)|sql|databases?|db|functions?|timeouts?|cache|heap|memory|limits?|rates?|logs?|logging|tests?|builds?|services?|servers?|jobs?|cron|workers?|threads?|pool|batch(?:es)?|requests?|responses?|payloads?|endpoints?|routes?|repo(?:sitory)?|branch|commit|config(?:uration)?|env|variables?|classes|modules?|packages?|dependenc(?:y|ies)|scripts?|pipeline|deploy\w*|index(?:es)?|schema|migrations?|tokens?|sessions?|retries|retry|intervals?|delay|buffer|queue|stack|loop|array|string|enum|types?|interfaces?|props?|state|hooks?|files?|folders?|readme|docs?|documentation|answers?|context|prompts?|model|dataset|lambda|vm|instances?|replicas?|cpu|disk|volume|latency|precision|accuracy|learning|epochs?|compile\w*|resolution|video quality|audio|sound)\b/i;

/** Words that no wish about looks has in it, whatever the property. */
const NEVER =
  /\b(?:apis?|docker\w*|csv|json|sql|quer(?:y|ies)|databases?|db|functions?|variables? name|endpoints?|schema|migrations?|tests?|test suite|builds?|versions?|features?|deploy\w*|dependenc(?:y|ies)|scripts?|servers?|cron|backend|settings file|config(?:uration)?|strategy|output|logs?)\b/i;

/** Which things are meant hangs on what they say or hold: that takes a condition, and no style alone. */
const OF_DATA =
  /\b(?:matching|matched|overdue|unread|expired|expiring|duplicated?s?|invalid|outdated|unpaid|unsaved|pending|late|negative|positive|highest|lowest|newest|oldest|weekends?|today'?s)\b/i;

/** Words in quotes are what a page says, not what the draft is about. */
const QUOTED = /"[^"\n]*"|“[^”\n]*”|`[^`\n]*`|(?<![\p{L}\p{N}])'[^'\n]*'(?![\p{L}\p{N}])/gu;

/** Whether a draft wishes for nothing but style and text, as far as its words say. Where, only the files can tell. */
export function wishesForStyle(draft: string): boolean {
  const reading = parseSentence(draft);
  if (reading.kind === 'refusal') return false;
  const unquoted = draft.replace(QUOTED, '…');
  return !OF_DATA.test(unquoted) && reading.intents.every((intent) => isPlausible(intent, unquoted));
}

function isPlausible({ target, change }: Intent, draft: string): boolean {
  const named = [...target.words, ...(target.inside?.words ?? [])];
  if (named.length > MAX_NAME_WORDS) return false;
  if (named.some((word) => /^(?:readme|api|database|function|variable|query|schema)s?$/i.test(word))) return false;
  if (change.kind !== 'text' && NEVER.test(draft)) return false;
  return !isLoose(change) || !TECHNICAL.test(draft);
}

/** A name of more words than this is a description. */
const MAX_NAME_WORDS = 5;

/** Sizes and words are said of many things besides pages; colours, shadows and padding hardly of any. */
function isLoose(change: Change): boolean {
  if (change.kind === 'text') return true;
  return change.kind === 'length' && /^(?:size|width|height|space|gap|opacity|max-|min-)/.test(change.property);
}
