/** What a request for its kind of thing usually goes on to say. */
export type MissingDetail = 'columns' | 'types' | 'states' | 'validation' | 'sorting' | 'empty-state' | 'page';

/** Things that nobody can build from their name alone, and what their requests usually lack, the dearest first. */
const THINGS: readonly (readonly [RegExp, readonly MissingDetail[]])[] = [
  [/\b(?:tables?|data ?grids?|grids?|spreadsheets?)\b/, ['columns', 'types', 'sorting', 'empty-state']],
  [
    /\b(?:dashboards?|admin(?: panel| area| page)?|analytics|reports?|overview page|back ?office)\b/,
    ['columns', 'types', 'states', 'page'],
  ],
  [
    /\b(?:log ?in|sign ?in|sign ?up|signup|register|registration|auth(?:entication)?)(?: page| form| screen| flow| system)?\b/,
    ['columns', 'validation', 'states'],
  ],
  [
    /\b(?:checkout|payment|booking|contact|feedback|survey|profile|settings|onboarding)(?: page| form| screen| flow| wizard)\b|\bcheckout\b/,
    ['columns', 'validation', 'states'],
  ],
  [/\b(?:forms?|wizards?|questionnaires?|surveys?)\b/, ['columns', 'types', 'validation', 'states']],
  [
    /\b(?:crud|apps?|applications?|web ?sites?|sites?|portals?|platforms?|shops?|stores?|blogs?|clones?|saas|crm|cms|tools?|games?|trackers?|planners?|marketplaces?|chatbots?|chats?|systems?|messaging|notifications?)\b/,
    ['page', 'columns', 'states'],
  ],
  [/\b(?:landing page|home ?page|pages?|screens?|views?)\b/, ['page', 'states', 'empty-state']],
  [
    /\b(?:charts?|graphs?|calendars?|kanban(?: board)?|boards?|galler(?:y|ies)|lists?|feeds?|timelines?|carousels?)\b/,
    ['columns', 'sorting', 'empty-state'],
  ],
  [/\b(?:api|backend|rest api|server|endpoints?|database|schema)\b/, ['types', 'validation', 'states']],
  [
    /\b(?:components?|widgets?|modals?|dialogs?|popups?|ui|interfaces?|designs?|layouts?|features?)\b/,
    ['page', 'states'],
  ],
];

const OPENING =
  /^(?:(?:please|pls|hey|hi|hello|ok(?:ay)?|now|so|just|quick(?:ly)?|and|also|then|next)[\s,!]+)*(?:(?:can|could|would|will) (?:you|u|we)(?: please| pls| just)? |i(?:'d| would)? (?:like|want|need|love)(?: you)?(?: to (?:have|get|see|build|make|create|add))? |we need |let'?s |help me (?:to )?|gimme |give me )?(?:(?:please|just) )?/i;

const MAKES =
  /^(?:(?:create|make|build|add|generate|design|develop|implement|code|write|set up|setup|do|start|put together|whip up|have|get|need|want)(?: me| us)?(?: up)? )?(?=(?:a|an|some|the|my|our|one|new|another|simple|basic|nice|full|complete|[a-z-]+)\b)/i;

/** Vague from its verb on: nobody knows when it is done. */
const VAGUE_WISH =
  /^(?:redesign|restyle|modernize|modernise|revamp|beautify) (?:it|this|(?:the|my|our|this) (?:\w+ )?(?:app|page|site|website|ui|design|layout))\b[^,;:]{0,20}$|^(?:make|have) (?:it|this|the (?:app|site|page|website|ui|design|whole thing))(?: all)? (?:look )?(?:much |more |a (?:bit|lot) |way )?(?:better|nicer|prettier|modern|beautiful|professional|good|cool|great|clean(?:er)?|fancy|awesome|user[- ]friendly|polished|pop|nice)\b[^,;:]{0,20}$|^improve (?:the |my |this |our )?(?:ui|ux|design|look|layout|app|page|site|website|styling|code|it)\b[^,;:]{0,20}$/i;

/** Words that say nothing about what shall be built. */
const EMPTY_WORDS = new Set(
  'a an the my our your some new simple basic nice small little cool modern good great full complete proper working beautiful quick one another for of to in on with and that this it me us please pls page pages app screen site web website web-app section thing stuff here there now asap from scratch react vue svelte html css using is by my'.split(
    ' ',
  ),
);

/** Content words besides the thing itself, up to which a request is still only a name. */
const MAX_DETAIL_WORDS = 3;

/** What a request for something new leaves open; empty if it says enough, or asks for nothing new. */
export function missingDetail(draft: string): MissingDetail[] {
  const text = draft
    .toLowerCase()
    .replace(/[’]/g, "'")
    .replace(/[.!?\s]+$/, '');
  const request = text.replace(OPENING, '');
  const opened =
    request !== text && /\b(?:need|want|like|gimme|give me)\b/.test(text.slice(0, text.length - request.length));
  if (PLACES_WHAT_IS_THERE.test(request)) return [];
  if (VAGUE_WISH.test(request)) return ['page', 'states'];
  const body = request.replace(MAKES, '');
  const named = /^(?:a|an|some|one|new) /.test(request);
  if (body === request && !opened && !named) return [];
  if (/[,;:\n`{(]|\d|\btable of contents\b/.test(body)) return [];
  return missingIn(body);
}

/** "add the form to the settings page" */
const PLACES_WHAT_IS_THERE = /^(?:add|put) (?:the|this|that|my|our) .* (?:to|on|in|into) /;

/** Named details: what follows "with" says columns or fields. */
const NAMES_DETAIL =
  /\b(?:with|that|which|where|when|showing|containing|having|including|columns?|fields?|rows?|called|named|so that)\b(.*)$/;

/** Details that name a behaviour but none of what is shown. */
const BEHAVIOURS = new Map<string, MissingDetail>([
  ['sorting', 'sorting'],
  ['sortable', 'sorting'],
  ['validation', 'validation'],
]);

function missingIn(body: string): MissingDetail[] {
  // The thing itself stands before the details and before "for" and "to": "a form to the settings page".
  const head = body.split(/\b(?:with|that|which|where|for|of|to|in|on|from|showing|containing|using)\b/)[0] ?? body;
  const thing = THINGS.find(([pattern]) => pattern.test(head) && endsWith(head, pattern));
  if (!thing) return [];
  const [pattern, usual] = thing;
  const said = wordsOf(NAMES_DETAIL.exec(body)?.[1] ?? '');
  const behaviours = said.flatMap((word) => BEHAVIOURS.get(word) ?? []);
  const rest = wordsOf(body.replace(pattern, ' ')).filter((word) => !BEHAVIOURS.has(word));
  if (rest.length > MAX_DETAIL_WORDS) return [];
  if (said.length - behaviours.length > 1) return [];
  return usual.filter((detail) => !behaviours.includes(detail));
}

/** The last words of a phrase are what it is about: a table row is no table. */
function endsWith(head: string, pattern: RegExp): boolean {
  return new RegExp(`(?:${pattern.source})\\s*$`).test(head.trim());
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}'-]+/u).filter((word) => word !== '' && !EMPTY_WORDS.has(word));
}
