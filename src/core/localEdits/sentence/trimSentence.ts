import { hueOf } from '../colors/hues.ts';

/** Openings that carry no wish: greetings, praise, politeness. Taken off as long as one fits. */
const OPENINGS: readonly RegExp[] = [
  /^(?:hi|hey|hello|yo|ok(?:ay)?|alright|great|nice|perfect|awesome|cool|thanks|thank you|thx|good|well|so|and|also|next|now|then|no|oh|one more thing|one (?:tiny|small|little|quick|last|more)? ?thing|quick (?:one|fix|change|tweak)|small (?:one|fix|change|tweak)|(?:tiny|minor|last) (?:fix|change|tweak)|no problem|no worries|sorry|btw|by the way|fyi|actually|instead|finally)(?: there| again| team)?\s*[,:;–—!-]\s*/i,
  /^(?:hi|hey|hello|ok(?:ay)?|also|now|then|next|so|and|actually|finally) (?=[a-z])/i,
  /^(?:two|three|four|a few|a couple of|some|several)(?: more| other)?(?: small| tiny| little| quick| minor)? (?:things|changes|tweaks|fixes|edits|adjustments)\s*[,:;–—-]\s*/i,
  /^(?:please|pls|plz|kindly|just)\b[, ]*/i,
  /^(?:can|could|would|will) (?:you|u|we)(?: please| pls| just| kindly| maybe| possibly| quickly)*(?: be able to| mind)?\s+/i,
  /^(?:can|could|would) (?=the |this |that |it |my |our |all )/i,
  /^(?:do you mind|would you mind|is it possible to|is there a way to|how about we|(?:let us|let['’]?s)(?: (?:have|try|go with|see))?|let me)\s+/i,
  /^(?:i|we)(?:(?:'d|’d| would) (?:like|love|prefer)|(?:'d|’d| would)? ?(?:want|need|wish))(?: you)?(?: to(?: have| see| get)?)?\s+/i,
  /^(?:i|we)(?:'d|’d| would)? (?:think|feel|believe|guess)(?: that)?\s+/i,
  /^(?:get|have|see) (?=(?:the|all|my|our|this|these)\b)/i,
  /^(?:go ahead and|try to|you should|we should|we need to|i need you to|help me|it would be (?:nice|great|good) to)\s+/i,
  /^(?:don['’]?t|do not|no need to) (?:roll(?:ing)? back|undo|revert)(?: (?:it|that|anything))?\s*[,;:.–—-]\s*(?:just\s+)?/i,
];

/** Endings that carry no wish. */
const ENDINGS: readonly RegExp[] = [
  /[\s,;–—-]*(?<![\p{L}\p{N}])(?:please|pls|plz|thanks|thank you|thx|cheers|ty|tia|if (?:you can|possible|you could|that['’]?s ok(?:ay)?)|for now|will you|would you|ok(?:ay)?|there['’]?s a typo|typo|:\)|🙏|👍|❤️)\s*$/iu,
  /[\s.!]+$/,
];

const QUESTIONS =
  /^(?:why|what|how|when|where|who|whose|which|is|are|does|do|did|was|were|should|has|have|am)\b(?!.*\b(?:should|to) (?:be|say|read)\b)/i;

const CHATTER =
  /^(?:(?:the |this |it |that |everything |all of it |your )?.{0,40}\b(?:is|are|looks?|looking|works?|working) (?:really |very |so |pretty |absolutely )?(?:great|good|nice|fine|perfect|awesome|amazing|well|lovely|beautiful)|(?:great|good|nice) (?:work|job|start)|love (?:it|this)|perfect|thanks(?: a lot| so much)?|thank you(?: so much)?|that['’]?s (?:it|all)|nothing else|typo|there['’]?s a typo|hi|hey|hello|looks? good(?: so far)?)[.!]*$/i;

/** A sentence end: a mark and a space, or a new line. Marks inside quotes and numbers are no ends. */
const SENTENCE =
  /(?:"[^"\n]*"|“[^”\n]*”|(?<![\p{L}\p{N}])'[^'\n]*'(?![\p{L}\p{N}])|`[^`\n]*`|[^.!?\n]|[.](?=\S))+[.!?]*|[.!?]+/gu;

/** The sentences of a message that wish for something, without politeness; `question` if one of them asks. */
export function trimSentence(message: string): string[] | 'question' {
  const sentences: string[] = [];
  // The numbers of a list end in a stop, and are no sentences.
  const unnumbered = message.replace(/^[ \t]*\d+[.)][ \t]+/gm, '');
  for (const [whole] of unnumbered.matchAll(SENTENCE)) {
    const asks = /\?\s*$/.test(whole);
    const bare = whole.replace(/^[\s*•\-–>]+(?=[\p{L}"'“#.])/u, '').trim();
    const wish = stripEndings(stripOpenings(bare.replace(/[?!.]+$/, '').trim()));
    if (wish === '' || CHATTER.test(wish)) continue;
    const polite = wish !== stripEndings(bare.replace(/[?!.]+$/, '').trim());
    if (QUESTIONS.test(wish) || (asks && !polite)) return 'question';
    sentences.push(wish);
  }
  return sentences;
}

function stripOpenings(text: string): string {
  let rest = text;
  for (;;) {
    const opening = OPENINGS.find((pattern) => pattern.test(rest));
    if (!opening) return asWish(rest).replace(COLORING, 'make ').replace(HALVING, 'halve $1');
    rest = rest.replace(opening, '');
  }
}

/** "make that …", "I want that …", "it would be nice if …": what follows is told as if it were so already. */
const SUBORDINATION =
  /^(?:(?:make|ensure|see|do|have|change|set|fix)(?: (?:it|sure|this|everything))?(?: so)?[, ]*that|(?:so )?that|(?:it )?(?:would|might|'d|’d) be (?:nice|great|good|better|cool|lovely|nicer)[, ]*(?:if|when|that)) (?=(?:the|all|my|our|every|each|both|these|those|it|they)\b)/i;

/** "that the header is blue" wishes that it should be. */
function asWish(text: string): string {
  const wished = text.replace(SUBORDINATION, '');
  if (wished === text) return text;
  return wished
    .replace(/\b(?:is|are|was|were|(?:will|would) be)\b/i, 'should be')
    .replace(/\b(?:has|have|had|(?:will|would) have)\b/i, 'should have')
    .replace(/\b(?:looks?|looked)\b/i, 'should look')
    .replace(/\b(?:says?|said|reads?)\b/i, 'should say');
}

/** "reduce the padding by half" */
const HALVING = /\b(?:reduce|decrease|lower|shrink|cut) ([^,;]+?) (?:by|in) half\b/gi;

/** "color the header black" */
const COLORING = /^colou?r (?=(?:the|all|my|our|every|both|these|those)\b)/i;

function stripEndings(text: string): string {
  let rest = text;
  for (;;) {
    const ending = ENDINGS.find((pattern) => pattern.test(rest));
    if (!ending) return withoutDenial(rest);
    rest = rest.replace(ending, '');
  }
}

/** "orange, not blue": what it shall not be says nothing more. */
function withoutDenial(text: string): string {
  const denial = /[\s,]+(?:(?:and )?not|instead of|rather than)\s+(\p{L}+)$/u.exec(text);
  return denial && hueOf(denial[1]?.toLowerCase() ?? '') ? text.slice(0, denial.index) : text;
}
