/** Undoing as a feature of what is built, or said not to be wanted. */
const NOT_MEANT =
  /\b(?:add|build|implement|create|support|write|make|include|need)\b[^.!?]{0,40}\b(?:undo|redo|revert|roll ?back|reset|restore)\b|\b(?:undo|revert|roll ?back|restore)\b[ /-]*(?:redo|buttons?|features?|functionality|stack|support|migrations?|scripts?|history|shortcuts?|endpoints?|options?|strategy|plan|commands?|points?|polic(?:y|ies)|icons?|links?|toasts?|actions?)\b|\b(?:don'?t|do not|no need to|without|never|rather than|instead of) (?:roll(?:ing)? ?back|undo(?:ing)?|revert(?:ing)?)\b/i;

/** What the last result is called. */
const RESULT =
  '(?:that|this|it|your (?:last )?change|the (?:last|latest) (?:change|edit|version|result|one)|the result)';

/** How a page is when it has been broken. */
const DAMAGE =
  '(?:broken|broke|blank|empty|missing|misaligned|gone|dead|frozen|crash(?:es|ed|ing)?|fail(?:s|ed|ing)?|messed up|ruined|slow(?:er)?|worse)';

/** What a thing does no more. */
const WORKS =
  '(?:work|load|show(?: up)?|open|render|compile|build|start|run|appear|display|save|respond|function|match|look right)';

const TAKE_BACK =
  '(?:undo|revert|roll(?: it| that| this)? back|rollback|go back|restore|put (?:it|that|this|everything) back|take (?:it|that|this) back)';

/** What taking back is about: the last thing, or nothing that is named. */
const THE_LAST =
  '(?:$|[.,;!]|it\\b|that\\b|this\\b|those\\b|them\\b|(?:the|my|our) (?:last|previous|old|original|latest|changes?|earlier)\\b|your\\b|everything\\b|all\\b|what\\b|to\\b|and\\b|please\\b|now\\b|back\\b|instead\\b)';

/** The person says that the last result is not what they want, or that it did damage. */
const REJECTIONS: readonly RegExp[] = [
  // Take it back.
  pattern(
    `^(?:(?:please|pls|no|nope|ugh|ok(?:ay)?|just|can (?:you|we)|could (?:you|we)|hm+|wait|let'?s|forget it|actually|sorry)[\\s,.!]+)*${TAKE_BACK}\\s*${THE_LAST}`,
  ),
  pattern(`[,.;!]\\s*(?:please |just |so |can you )*${TAKE_BACK}\\s*${THE_LAST}`),
  pattern(`\\b(?:undo|revert|roll back) (?:it|that|this|those|the last|the previous|your|everything|all|what)\\b`),
  pattern(
    `\\b(?:put|bring|get|give|take) (?:it|that|this|them|everything|my \\w+(?: \\w+)?|the (?:old|previous|original|last)[^.!?]{0,30}) back\\b`,
  ),
  pattern(`\\b(?:put|bring|get|want) (?:the|my|our) (?:\\w+ ){1,3}back(?:$|[.,!]| please| now)`),
  pattern(`\\bbring back (?:the |my )?(?:old|previous|original|last)\\b`),
  pattern(
    `^(?:please |just |no,? |ok,? )*(?:cancel|scrap|discard|ditch|forget|drop|throw away) (?:that|this|it|the last|everything|all of (?:it|that))\\b`,
  ),
  pattern(
    `\\b(?:remove|delete|get rid of|drop) (?:what|everything|all(?: that)?|the (?:stuff|things?|changes?)) you(?:'ve)? (?:just )?(?:added|did|made|wrote|created|changed)\\b`,
  ),
  pattern(`\\b(?:change|set|switch|turn|make|move) (?:it|that|this|everything) back\\b`),
  // As it was.
  pattern(`\\b(?:like|how|as|the way) (?:it|that|this|things) (?:was|were|looked|worked)(?: before)?(?:$|[.!,])`),
  pattern(`\\bbefore (?:you|your|that|this|the last) (?:changed?|change|touched|edit|message)\\b`),
  pattern(
    `\\b(?:it|that|this|everything) (?:was|looked|worked) (?:\\w+ )?(?:better|fine|nicer|good|ok|correct)(?: before)?\\b|\\bi (?:preferred|liked) (?:it|the (?:old|previous)|how it was)\\b`,
  ),
  // Not what was wanted.
  pattern(
    `\\bnot (?:at all |really |quite |even close to )?what i (?:wanted|asked|meant|said|had in mind|was looking for|described|need(?:ed)?|expected)\\b`,
  ),
  pattern(
    `\\b(?:isn'?t|is not|wasn'?t|was not|that'?s not|not) (?:what|how|the way) i (?:wanted|asked|meant|said|imagined|had|described|pictured)\\b`,
  ),
  pattern(
    `\\b(?:different from|nothing like|other than|opposite of|far from) what i\\b|\\b${RESULT}(?:'?s| is) (?:a )?(?:completely|totally|entirely) different\\b`,
  ),
  pattern(
    `\\bi (?:wanted|asked for|said|meant|told you)\\b[^.!?]{0,80}\\b(?:you (?:gave|made|built|added|did|put|used|changed|removed)|not (?:a|an|the|this|that)|instead (?:you|i got))\\b`,
  ),
  pattern(`\\bi asked for\\b[^.!?]{0,60}\\bnot\\b|^(?:no+|wrong|nope)[\\s,.!]+i (?:meant|said|wanted|asked)\\b`),
  pattern(
    `\\bi (?:didn'?t|did not|never) (?:ask|want|say|tell|mean|request)\\b|\\bi (?:don'?t|do not) want (?:that|this|it)\\b`,
  ),
  pattern(
    `^(?:no[\\s,]+)?not like (?:this|that)\\b|^(?:that'?s|that is|this is|it'?s|it is) not (?:a|an|the)\\b|^${RESULT}(?:'?s| is| isn'?t| is not| was)(?: not)? (?:it|right|correct)\\b`,
  ),
  pattern(`\\b(?:hate|don'?t like|do not like|dislike) (?:it|this|that|what you|the (?:new|result|change))\\b`),
  pattern(
    `\\b(?:try again|start over|start from scratch|do it over|redo (?:it|this|that)|try (?:a|some) ?(?:thing )?(?:different|other)|try something else|try another way)\\b`,
  ),
  // It did damage.
  pattern(
    `\\byou(?:'ve| have)? (?:just |also |completely |totally |accidentally )?(?:removed|deleted|broke|ruined|messed|destroyed|lost|wiped|overwrote|overwritten|killed|screwed|dropped|misunderstood|ignored|changed the wrong|forgot)\\b`,
  ),
  pattern(
    `\\b(?:${RESULT}|you)(?: just| has| have| completely)? (?:broke|breaks|broken|ruined|ruins|messed up|destroyed|wrecked|deleted|removed|wiped|overwrote|killed|made (?:it|things|everything|the \\w+) \\w+)\\b`,
  ),
  pattern(
    `\\b(?:everything|nothing|the whole \\w+|all of it|the (?:page|app|site|screen|build|layout))(?: is| are| has)?(?: now| just)? (?:${DAMAGE}|works? (?:any ?more|now)|disappeared)\\b`,
  ),
  pattern(`\\bnothing (?:${WORKS}s?|happens)\\b`),
  pattern(
    `\\bnow\\b[^.!?,]{0,50}\\b(?:${DAMAGE}|disappeared|missing|empty|throws?|errors?|doesn'?t|does not|won'?t|isn'?t|stopped|not work)|\\b(?:white|blank|black|empty) (?:screen|page)\\b|\\b(?:screen|page) is (?:now |all |just |completely )?(?:white|blank|black|empty)$|\\bdoes nothing (?:now|any ?more)\\b`,
  ),
  pattern(
    `\\b(?:is|are|has|have|it|app|build|page|site|tests?)\\b[^.!?,]{0,20}\\b(?:${DAMAGE}|disappeared)(?: again)? now\\b`,
  ),
  pattern(
    `\\bmy \\w+(?: \\w+)? (?:is|are) (?:all )?(?:gone|missing|deleted|broken)\\b|\\bwhere (?:did|are|is) (?:my|the|all) [^.!?]{1,30}(?: go|gone)?\\?|\\bwhat happened to (?:my|the)\\b`,
  ),
  pattern(
    `\\bwhy (?:is|are) (?:everything|all|the \\w+|my \\w+) [^?]{1,30}\\b(?:now|suddenly|all of a sudden)\\b|\\b(?:now|suddenly) (?:i|we) (?:get|see|have)\\b`,
  ),
  pattern(
    `\\b(?:my|our|the) \\w+(?: \\w+)? (?:have |has )?(?:all |just |now )?(?:disappeared|vanished)\\b|\\bwhy (?:is|are) (?:the|my|our|all) [^?]{1,30} (?:gone|missing|broken)\\b`,
  ),
  pattern(`\\bdid you (?:just |really |seriously )?(?:remove|delete|drop|wipe|overwrite|break|lose)\\b`),
  pattern(`\\bwhy (?:did|would) you (?:remove|delete|change|replace|drop|rewrite|touch|break|move)\\b`),
  pattern(
    `\\bstill (?:wrong|broken|not|bad|doesn'?t|isn'?t|failing|fails|the same|off|ugly|no|crash)|\\b(?:it|that|this) still \\w+s\\b|\\bsame (?:error|problem|issue|result|thing|bug)(?: again| as before|$)`,
  ),
  pattern(
    `(?:^|\\b(?:it|this|that|which)(?: still)? )(?:doesn'?t|does not|isn'?t|is not|didn'?t) (?:${WORKS}|working|help|fix|what|right|even)\\b`,
  ),
  pattern(
    `\\b(?:doesn'?t|does not|won'?t|don'?t) ${WORKS} (?:any ?more|now)\\b|\\bstopped working\\b|\\bno longer ${WORKS}s?\\b`,
  ),
  pattern(
    `^(?:(?:now|and|but|so|ugh|no|hm+)[\\s,]+)*(?:it|that|this|everything|the (?:page|app|site|screen|build|whole \\w+))(?: just| now| only| even)* (?:crash(?:es|ed)|freez(?:es)|froze|hangs|hung|throws|fails|failed|breaks|errors)\\b`,
  ),
  pattern(
    `\\b(?:it|that|this|everything|things) (?:has |have )?(?:just |only )?(?:got|gotten|became|become) (?:even |much )?(?:worse|slower|uglier)\\b`,
  ),
  pattern(`\\b(?:worse|uglier) than before\\b|\\bmade (?:it|things) worse\\b`),
  pattern(
    `^(?:so |well |ok |no |but )*(?:that|this|it|thats|its|everything)(?:'?s| is| was| looks?| feels?)?(?: just| completely| totally| all| so| really| even| now)* (?:wrong|terrible|awful|horrible|bad|a mess|garbage|useless|not right|not it|worse|broken|incorrect|ugly|way off|hideous)\\b`,
  ),
  pattern(
    `^(?:all |completely |totally |just )?wrong\\b(?! (?:width|height|colou?r|size|font|label|text|link|order|icon))`,
  ),
  pattern(`\\b(?:looks?|it'?s|is) (?:terrible|awful|horrible|hideous|worse|a mess)(?: now| like this)?(?:$|[.,!])`),
  // Anger.
  pattern(
    `^(?:no+|nope|nah)[\\s,.!]*$|^(?:no+|nope|nah)[\\s,.!]+(?:no\\b|that\\b|this\\b|it\\b|it'?s|not\\b|you\\b|wrong\\b|still\\b|why\\b|stop\\b)`,
  ),
  pattern(`^(?:ugh|wtf|argh|omg|yikes|what the)\\b`),
];

function pattern(source: string): RegExp {
  return new RegExp(source, 'i');
}

/**
 * What begins like this asks for the next thing: "now add an empty state", "when the page is blank, show …". Unless it
 * asks for things as they were.
 */
const ASKS_ON =
  /^(?:(?:please|pls|also|and|then|next|now|ok(?:ay)?|so|first|can you|could you|let'?s)[\s,]+)*(?:when|if|in case|once|whenever|as soon as|show|display|handle|make|highlight|add|log|warn|create|build|implement|write|set|change|use|move|rename|hide|sort|filter|generate|extract|split|convert|replace|update|improve|refactor|test|document|link|let|allow|support|include|render|round|increase|decrease|wrap|style|give|fix the|center|align)\b/i;

const AS_IT_WAS =
  /\b(?:(?:like|how|as|the way) (?:it|that|this|things) (?:was|were|looked|worked)|(?:it|that|this|everything|them) back\b|you (?:just )?(?:broke|removed|deleted|changed))/i;

/** Drafts longer than this explain a task; a complaint in them is about the task. */
const MAX_COMPLAINT_LENGTH = 400;

/** Whether a draft rejects the last result rather than asks for the next thing. */
export function isComplaint(draft: string): boolean {
  const text = draft.trim().replace(/[’]/g, "'");
  if (text.length > MAX_COMPLAINT_LENGTH || NOT_MEANT.test(text)) return false;
  if (ASKS_ON.test(text) && !AS_IT_WAS.test(text)) return false;
  return REJECTIONS.some((rejection) => rejection.test(text));
}
