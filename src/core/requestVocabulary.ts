/** The words by which a request is recognised, in lower case; each entry holds if any of its patterns does. */
export const requestVocabulary = {
  /** What people say before they say what they want. */
  politeOpening:
    /^(?:(?:hi|hello|hey|ok|okay|so|now|also|then|and|next|great|thanks|please|pls)\b[,.!]* )*(?:(?:can|could|would|will) you (?:please |maybe |also )?|i(?:'d| would) like (?:you )?(?:to )?|i want (?:you )?to |let'?s |please )?/,
  /** The words between a verb of making and the next preposition: what is to be made. */
  creation:
    /\b(create|build|make|add|generate|implement|write|scaffold|need|want|design|set up|give me|produce|develop|include|show|put|have|insert)\b ((?:(?! (?:to|in|on|for|from|with|that|which|where|using|so|when|below|above|into|under|at|by|like|of|inside)\b|[.,:;!?(]).)+)/,
  /** "make the header blue" changes what is there; "make a header" makes one. */
  definite: /^(?:the|this|that|these|those|it|its|my|our|your|all|every|each|both)\b/,
  /** A made thing that ends with one of these is that thing, whatever fields are named before it. */
  bigThing:
    /\b(?:forms?|tables?|grid|list|page|component|screen|view|modal|dialog|section|sidebar|nav ?bar|chart|app|card)$/,
  question: /^(?:what|which|how|why|is|are|does|do|did|can|could|should|where|who|when|will|would|am|was)\b/,
  explain:
    /\b(?:explain|walk me through|summari[sz]e|describe (?:how|what|why|the)|what does .+ (?:do|mean)\b|how does .+ works?\b)/,
  plan: /^(?:\/plan\b|plan\b|(?:make|write|draft|give me|propose|sketch|outline|create|suggest)(?: me)? (?:an? |the )?(?:\w+ )?(?:plan|outline|roadmap|architecture|proposal|strategy)\b|outline\b)/,
  tests: anyOf(
    /^\/tests?\b/,
    /\b(?:unit|integration|e2e|end-to-end|snapshot|regression|component|api|more|some|the|missing)? ?tests? (?:for|that|of|covering|around)\b/,
    /\b(?:unit|integration|e2e|end-to-end|snapshot|component) tests?\b/,
    /\btest coverage\b/,
    /\b(?:write|add|create|generate) (?:\w+ )?tests?\b/,
    /\bcover .+ with tests\b/,
  ),
  fix: anyOf(
    /^(?:\/fix|fix|debug|repair|solve|resolve)\b/,
    /\b(?:bugs?|crash(?:es|ed|ing)?|broken|regression|stack ?trace|exception|hangs|freezes|leaks?)\b/,
    /\b(?:doesn'?t|does not|don'?t|isn'?t|is not|not|won'?t|stopped|never) (?:work|load|open|close|save|render|show|appear|update|respond|fire|start|submit|compile|build)(?:ing|s)?\b/,
    /error: /,
    /\b(?:type|syntax|reference|range)error\b/,
    /\b(?:get|gets|getting|got|see|seeing|throws?|gives?|with) (?:me )?(?:an? |this |the )?(?:\w+ )?errors?\b/,
    /\b(?:fails|failing|failed)\b/,
    /\bundefined is not\b/,
    /\bcannot read\b/,
  ),
  smallFix: /\b(?:typo|spelling|wording|misspelled|capitali[sz]ation)\b/,
  refactor: anyOf(
    /\b(?:refactor|restructure|reorgani[sz]e|rewrite|deduplicate|dedupe|clean ?up|tidy up|decouple|modulari[sz]e|migrate|port)\b/,
    /\b(?:extract|split|break|move|pull) .+ (?:into|out of|to) (?:an? |its |their |separate|several|smaller|own|new|two|three|\w+ (?:files|modules|components|hooks))/,
    /\bconvert .+ (?:to|into) /,
    /\brename .+ (?:everywhere|across|throughout|in all)\b/,
    /\b(?:use|switch to|replace .+ with) .+ (?:everywhere|across|throughout|instead of)\b/,
  ),
  multiStep: anyOf(
    /\b(?:multi-?(?: )?(?:step|page)|wizard|stepper|step-by-step|(?:two|three|four|five|six|\d)[ -]steps?)\b/,
    /\b(?:checkout|onboarding|signup|sign-up|registration) (?:flow|process)\b/,
  ),
  dashboard: /\b(?:dashboard|analytics (?:page|view|screen)|admin (?:panel|area)|control panel|overview page|kpis?)\b/,
  crud: anyOf(
    /\bcrud\b/,
    /\b(?:create|add)\b.{1,20}\b(?:edit|update)\b.{1,20}\b(?:delete|remove)\b/,
    /\bmanage(?:ment|r)?\b/,
    /\badmin (?:page|screen)\b/,
    /\bedit(?:ing)?,? and delet/,
  ),
  form: /\b(?:form|log-?in|sign-?in|sign-?up|registration|survey|questionnaire|checkout)\b/,
  table:
    /\b(?:tables?|data ?grid|grid|list|page|component|screen|view|card|cards|section|modal|dialog|nav ?bar|sidebar|menu|gallery|carousel|chart|calendar|timeline|board|landing|layout|widget|panel|tabs|accordion|app|site|website|hero|footer|header|banner|chat|player|game|profile|settings)\b/,
  field:
    /\b(?:fields?|columns?|inputs?|check ?box(?:es)?|filter(?:s|ing)?|sort(?:ing|able|ed)?|search(?:ing| ?bar| ?box)?|pag(?:ing|ination|inated)|validation|buttons?|badges?|icons?|propert(?:y|ies)|options?|toggles?|switch|drop-?downs?|selects?|links?|tooltips?|placeholders?|labels?|rows?|spinner|loading state|empty state|error messages?|confirm(?:ation)?|dark mode|export|avatars?|counter|attributes?|required|phone|e-?mail|date|status|price)\b/,
  ability: anyOf(/\b(?:sort|filter|search|edit|resiz|collaps|drag|expand|click)\w*able\b/, /^validate\b/),
  change:
    /^(?:change|set|rename|replace|increase|decrease|enlarge|reduce|move|align|cent(?:er|re)|remove|delete|hide|swap|adjust|tweak|update|shorten|round|bold|underline|capitali[sz]e|highlight|darken|lighten|style|colou?r|paint|turn|use)\b/,
  addition:
    /\b(?:add|include|show|insert|put|need|want|have|implement|allow|enable|support|let users|make .+ (?:sortable|filterable|searchable|required|optional|editable|clickable))\b/,
  look: /\b(?:colou?rs?|background|bg|font|padding|margin|border|shadow|rounded?|corners?|bigger|smaller|larger|wider|taller|thicker|bold|italic|opacity|spacing|gap|align(?:ed)?|cent(?:er|re)(?:ed)?|blue|red|green|white|black|gr[ae]y|yellow|orange|purple|pink|dark(?:er)?|light(?:er)?|\d+ ?(?:px|r?em|%)|#[0-9a-f]{3,8})\b/,
} as const;

function anyOf(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map((pattern) => pattern.source).join('|'));
}
