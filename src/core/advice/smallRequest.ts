import { classifyRequest } from '../requestKind.ts';

/** A request of more words than this says enough to stand on its own. */
const MAX_SMALL_WORDS = 14;

const STARTS =
  /^(?:(?:please|pls|ok(?:ay)?|now|also|and|then|next|plus|too|finally|can you|could you|let'?s|i(?:'d| would)? (?:need|want|like))[\s,]+)*(?:a |an |the |another |one more |some )?(?:add|create|make|change|set|remove|delete|move|put|show|hide|rename|validate|check|sort|filter|include|use|turn|give|allow|let|display|increase|decrease|build|link|swap|replace|insert|enable|disable|highlight|format|require|limit|wrap|align|center|bold|round|update|drop|need|want)\b/i;

/** "the title should be required": a wish without a verb of its own. */
const SHOULD = /^(?:the |each |every |all |its? )?[\w' -]{1,40}\b(?:should|must|needs? to|has to|have to)\b/i;

const FOLLOWS = /^(?:also|and|now|then|next|plus|another|one more|finally)\b/i;

/** Work that is large however shortly it is asked for. */
const LARGE = new Set([
  'question',
  'explain',
  'refactor',
  'fix',
  'tests',
  'plan',
  'dashboard',
  'crud',
  'multi-step-form',
]);

/** Many parts in one message: it is a batch already. */
const PARTS = /[,;\n:].*[,;\n]/;

const GOES_ON =
  /^(?:yes|no|ok(?:ay)?|sure|thanks|thank you|continue|go on|go ahead|do it|proceed|retry|try again|run|again|commit|push|deploy)\b[^,]{0,20}$/i;

/** A follow-up of the size of one column, one field, one button. */
export function isSmallRequest(prompt: string): boolean {
  const text = prompt.trim();
  if (text === '' || isQuestion(text) || GOES_ON.test(text)) return false;
  if (wordsIn(text) > MAX_SMALL_WORDS || PARTS.test(text)) return false;
  if (!STARTS.test(text) && !FOLLOWS.test(text) && !SHOULD.test(text)) return false;
  return !LARGE.has(classifyRequest(text)) || /^(?:check|validate)\b/i.test(text);
}

const QUESTION_WORDS =
  /^(?:(?:so|ok(?:ay)?|hey|hi|and|but|wait|hm+)[\s,]+)*(?:why|what|what'?s|how|when|where|who|which|is|are|does|do|did|was|were|should i|should we|can i|has|have|am i|explain|tell me|describe)\b/i;

const ASKS_FOR_WORK = /^(?:(?:hey|hi|hello|ok(?:ay)?|please)[\s,]+)*(?:can|could|would|will) (?:you|we|u)\b/i;

/** Asks to know, not to have something made. */
export function isQuestion(prompt: string): boolean {
  const text = prompt.trim();
  if (ASKS_FOR_WORK.test(text)) return /^\S+ \S+ (?:please )?(?:explain|tell|describe|show me how)\b/i.test(text);
  return QUESTION_WORDS.test(text);
}

/** The same words again, apart from case and punctuation: a retry. */
export function sameRequest(a: string, b: string): boolean {
  return bare(a) === bare(b);
}

function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function wordsIn(text: string): number {
  return text.split(/\s+/).length;
}
