/** What a request asks for, as far as its price is concerned (design, section 3). */
export type RequestKind =
  | 'question'
  | 'explain'
  | 'tweak'
  | 'add-field'
  | 'table'
  | 'form'
  | 'crud'
  | 'multi-step-form'
  | 'dashboard'
  | 'refactor'
  | 'fix'
  | 'tests'
  | 'plan';

export const requestKinds: readonly RequestKind[] = [
  'question',
  'explain',
  'tweak',
  'add-field',
  'table',
  'form',
  'crud',
  'multi-step-form',
  'dashboard',
  'refactor',
  'fix',
  'tests',
  'plan',
];

/** What is asked stands at the beginning; further on come pasted files and logs, and this runs on every key. */
const LOOKED_AT = 1_000;
/** A request with none of the known words is a small change up to this many words, and a component from there. */
const TWEAK_WORDS = 12;

/** The kind of request that a draft is, by its words. The first rule that holds decides; it guesses a price, no more. */
export function classifyRequest(prompt: string): RequestKind {
  const text = prompt.slice(0, LOOKED_AT).toLowerCase().replace(/\s+/g, ' ').trim();
  const request = text.replace(politeOpening, '');
  const made = creation.exec(request)?.[2] ?? null;
  const draft = { text: request, made, polite: request !== text };
  return rules.find((rule) => rule.holds(draft))?.kind ?? fallback(request);
}

interface Draft {
  readonly text: string;
  /** What is to be made: the words between "create", "add", "build" … and the next preposition; null if nothing is. */
  readonly made: string | null;
  readonly polite: boolean;
}

interface Rule {
  readonly kind: RequestKind;
  readonly holds: (draft: Draft) => boolean;
}

const politeOpening =
  /^(?:(?:hi|hello|hey|ok|okay|so|now|also|then|and|next|great|thanks|please|pls)\b[,.!]* )*(?:(?:can|could|would|will) you (?:please |maybe |also )?|i(?:'d| would) like (?:you )?(?:to )?|i want (?:you )?to |let'?s |please )?/;
const creation =
  /\b(create|build|make|add|generate|implement|write|scaffold|need|want|design|set up|give me|produce|develop|include|show|put|have|insert)\b ((?:(?! (?:to|in|on|for|from|with|that|which|where|using|so|when|below|above|into|under|at|by|like|of|inside)\b|[.,:;!?(]).)+)/;

const wordsOf = {
  question: /^(?:what|which|how|why|is|are|does|do|did|can|could|should|where|who|when|will|would|am|was)\b/,
  explain:
    /\b(?:explain|walk me through|summari[sz]e|describe (?:how|what|why|the)|what does .+ (?:do|mean)\b|how does .+ works?\b)/,
  plan: /^(?:\/plan\b|plan\b|(?:make|write|draft|give me|propose|sketch|outline|create|suggest)(?: me)? (?:an? |the )?(?:\w+ )?(?:plan|outline|roadmap|architecture|proposal|strategy)\b|outline\b)/,
  tests:
    /^\/tests?\b|\b(?:unit|integration|e2e|end-to-end|snapshot|regression|component|api|more|some|the|missing)? ?tests? (?:for|that|of|covering|around)\b|\b(?:unit|integration|e2e|end-to-end|snapshot|component) tests?\b|\btest coverage\b|\b(?:write|add|create|generate) (?:\w+ )?tests?\b|\bcover .+ with tests\b/,
  fix: /^(?:\/fix|fix|debug|repair|solve|resolve)\b|\b(?:bugs?|crash(?:es|ed|ing)?|broken|regression|stack ?trace|exception|hangs|freezes|leaks?)\b|\b(?:doesn'?t|does not|don'?t|isn'?t|is not|not|won'?t|stopped|never) (?:work|load|open|close|save|render|show|appear|update|respond|fire|start|submit|compile|build)(?:ing|s)?\b|\b\w*error: |\b(?:type|syntax|reference|range)error\b|\b(?:get|gets|getting|got|see|seeing|throws?|gives?|with) (?:me )?(?:an? |this |the )?(?:\w+ )?errors?\b|\b(?:fails|failing|failed)\b|\bundefined is not\b|\bcannot read\b/,
  smallFix: /\b(?:typo|spelling|wording|misspelled|capitali[sz]ation)\b/,
  refactor:
    /\b(?:refactor|restructure|reorgani[sz]e|rewrite|deduplicate|dedupe|clean ?up|tidy up|decouple|modulari[sz]e|migrate|port)\b|\b(?:extract|split|break|move|pull) .+ (?:into|out of|to) (?:an? |its |their |separate|several|smaller|own|new|two|three|\w+ (?:files|modules|components|hooks))|\bconvert .+ (?:to|into) |\brename .+ (?:everywhere|across|throughout|in all)\b|\b(?:use|switch to|replace .+ with) .+ (?:everywhere|across|throughout|instead of)\b/,
  multiStep:
    /\b(?:multi-?(?: )?(?:step|page)|wizard|stepper|step-by-step|(?:two|three|four|five|six|\d)[ -]steps?)\b|\b(?:checkout|onboarding|signup|sign-up|registration) (?:flow|process)\b/,
  dashboard: /\b(?:dashboard|analytics (?:page|view|screen)|admin (?:panel|area)|control panel|overview page|kpis?)\b/,
  crud: /\bcrud\b|\b(?:create|add)\b.{1,20}\b(?:edit|update)\b.{1,20}\b(?:delete|remove)\b|\bmanage(?:ment|r)?\b|\badmin (?:page|screen)\b|\bedit(?:ing)?,? and delet/,
  form: /\b(?:form|log-?in|sign-?in|sign-?up|registration|survey|questionnaire|checkout)\b/,
  table:
    /\b(?:tables?|data ?grid|grid|list|page|component|screen|view|card|cards|section|modal|dialog|nav ?bar|sidebar|menu|gallery|carousel|chart|calendar|timeline|board|landing|layout|widget|panel|tabs|accordion|app|site|website|hero|footer|header|banner|chat|player|game|profile|settings)\b/,
  field:
    /\b(?:fields?|columns?|inputs?|check ?box(?:es)?|filter(?:s|ing)?|sort(?:ing|able|ed)?|search(?:ing| ?bar| ?box)?|pag(?:ing|ination|inated)|validation|buttons?|badges?|icons?|propert(?:y|ies)|options?|toggles?|switch|drop-?downs?|selects?|links?|tooltips?|placeholders?|labels?|rows?|spinner|loading state|empty state|error messages?|confirm(?:ation)?|dark mode|export|avatars?|counter|attributes?|required|phone|e-?mail|date|status|price)\b/,
  ability: /\b(?:sort|filter|search|edit|resiz|collaps|drag|expand|click)\w*able\b|^validate\b/,
  change:
    /^(?:change|set|rename|replace|increase|decrease|enlarge|reduce|move|align|cent(?:er|re)|remove|delete|hide|swap|adjust|tweak|update|shorten|round|bold|underline|capitali[sz]e|highlight|darken|lighten|style|colou?r|paint|turn|use)\b/,
  addition:
    /\b(?:add|include|show|insert|put|need|want|have|implement|allow|enable|support|let users|make .+ (?:sortable|filterable|searchable|required|optional|editable|clickable))\b/,
  look: /\b(?:colou?rs?|background|bg|font|padding|margin|border|shadow|rounded?|corners?|bigger|smaller|larger|wider|taller|thicker|bold|italic|opacity|spacing|gap|align(?:ed)?|cent(?:er|re)(?:ed)?|blue|red|green|white|black|gr[ae]y|yellow|orange|purple|pink|dark(?:er)?|light(?:er)?|\d+ ?(?:px|r?em|%)|#[0-9a-f]{3,8})\b/,
} as const;

/** "make the header blue" changes what is there; "make a header" makes one. */
const definite = /^(?:the|this|that|these|those|it|its|my|our|your|all|every|each|both)\b/;

const makes = (draft: Draft, what: RegExp): boolean => draft.made !== null && what.test(draft.made) && !changes(draft);
const changes = (draft: Draft): boolean =>
  wordsOf.change.test(draft.text) || (/^(?:make|have)\b/.test(draft.text) && definite.test(draft.made ?? ''));
const asks = (draft: Draft): boolean => !draft.polite && wordsOf.question.test(draft.text);

const rules: readonly Rule[] = [
  { kind: 'plan', holds: (draft) => wordsOf.plan.test(draft.text) },
  { kind: 'tweak', holds: (draft) => wordsOf.smallFix.test(draft.text) && !asks(draft) },
  { kind: 'explain', holds: (draft) => /^\/explain\b/.test(draft.text) || wordsOf.explain.test(draft.text) },
  { kind: 'question', holds: asks },
  { kind: 'refactor', holds: (draft) => wordsOf.refactor.test(draft.text) },
  { kind: 'fix', holds: (draft) => wordsOf.fix.test(draft.text) && !makes(draft, wordsOf.field) },
  { kind: 'tests', holds: (draft) => wordsOf.tests.test(draft.text) },
  { kind: 'multi-step-form', holds: (draft) => wordsOf.multiStep.test(draft.text) && !changes(draft) },
  { kind: 'dashboard', holds: (draft) => makes(draft, wordsOf.dashboard) },
  { kind: 'crud', holds: (draft) => draft.made !== null && !changes(draft) && wordsOf.crud.test(draft.text) },
  { kind: 'add-field', holds: (draft) => makes(draft, wordsOf.field) && !makes(draft, bigThing) },
  { kind: 'add-field', holds: (draft) => wordsOf.ability.test(draft.text) && !makes(draft, bigThing) },
  { kind: 'form', holds: (draft) => makes(draft, wordsOf.form) },
  { kind: 'table', holds: (draft) => makes(draft, wordsOf.table) },
  { kind: 'tweak', holds: (draft) => changes(draft) || wordsOf.look.test(draft.text) },
  { kind: 'add-field', holds: (draft) => wordsOf.addition.test(draft.text) },
];

/** A made thing that ends with one of these is that thing, whatever fields are named before it. */
const bigThing =
  /\b(?:forms?|tables?|grid|list|page|component|screen|view|modal|dialog|section|sidebar|nav ?bar|chart|app|card)$/;

function fallback(text: string): RequestKind {
  if (text.endsWith('?')) return 'question';
  if (text.split(' ').length > TWEAK_WORDS) return 'table';
  return /^an? /.test(text) && wordsOf.field.test(text) ? 'add-field' : 'tweak';
}
