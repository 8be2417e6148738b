/** Undoing as a feature of what is built, or said not to be wanted. */
const NOT_MEANT =
  /\b(?:add|build|implement|create|support|write|make|include|need)\b[^.!?]{0,40}\b(?:undo|redo|revert|roll ?back|reset|restore)\b|\b(?:undo|revert|roll ?back|restore)\b[ /-]*(?:redo|buttons?|features?|functionality|stack|support|migrations?|scripts?|history|shortcuts?|endpoints?|options?|strategy|plan|commands?|points?|polic(?:y|ies)|icons?|links?|toasts?|actions?)\b|\b(?:don'?t|do not|no need to|without|never|rather than|instead of) (?:roll(?:ing)? ?back|undo(?:ing)?|revert(?:ing)?)\b/i;

/** The person says that the last result is not what they want, or that it did damage. */
const REJECTIONS: readonly RegExp[] = [
  /^(?:(?:please|pls|no|nope|ugh|ok(?:ay)?|just|can you|could you|hm+|wait)[\s,.!]+)*(?:undo|revert|roll (?:it |that |this )?back|rollback|go back|back to|restore|take (?:it|that|this) back)\b/i,
  /\b(?:undo|revert|roll back) (?:it|that|this|those|these|the last|the previous|your|everything|all|what)\b/i,
  /\b(?:put|bring|get|give) (?:it|that|this|them|everything|my \w+(?: \w+)?|the (?:old|previous|original|last)[^.!?]{0,30}) back\b|\bbring back (?:the |my )?(?:old|previous|original|last)\b/i,
  /\b(?:like|how|as|the way) (?:it|that|this|things) (?:was|were|looked|worked) before\b|\bbefore (?:you|your|that|this|the last) (?:changed?|change|touched|edit|message)\b/i,
  /\bnot (?:at all |really |quite |even close to )?what i (?:wanted|asked|meant|said|had in mind|was looking for|described|need(?:ed)?|expected)\b/i,
  /\b(?:isn'?t|is not|wasn'?t|was not|that'?s not|not) (?:what|how|the way) i (?:wanted|asked|meant|said|imagined|had|described|pictured)\b/i,
  /\b(?:different from|nothing like|other than|opposite of|far from) what i\b/i,
  /\bi (?:wanted|asked for|said|meant|told you)\b[^.!?]{0,80}\b(?:you (?:gave|made|built|added|did|put|used|changed|removed)|not (?:a|an|the|this|that)|instead (?:you|i got))\b|\bi asked for\b[^.!?]{0,60}\bnot\b/i,
  /\bi (?:didn'?t|did not|never) (?:ask|want|say|tell|mean|request)\b/i,
  /\byou(?:'ve| have)? (?:just |also |completely |totally |accidentally )?(?:removed|deleted|broke|ruined|messed|destroyed|lost|wiped|overwrote|overwritten|killed|screwed|dropped|misunderstood|ignored|changed the wrong|forgot)\b/i,
  /\b(?:that|this|it|your (?:last )?change|the last change|you)(?: just| has| have)? (?:broke|breaks|broken|ruined|messed up|destroyed|made (?:it|things|everything) worse|wrecked)\b/i,
  /\b(?:everything|nothing|the whole \w+|all of it|the (?:page|app|site|screen|build|layout))(?: is| are| has)?(?: now)? (?:broken|broke|blank|gone|works? (?:any ?more|now)|crash(?:es|ed|ing)|disappeared|white|empty)\b/i,
  /\bnow\b[^.!?,]{0,50}\b(?:blank|crash(?:es|ed|ing)?|broken|gone|disappeared|missing|fails?|throws?|errors?|doesn'?t|does not|won'?t|isn'?t|stopped|worse|(?:do|does)n'?t work|not work)/i,
  /\bstill (?:wrong|broken|not|bad|doesn'?t|isn'?t|failing|fails|the same|off|ugly|no)\b/i,
  /\b(?:it|this|that) (?:doesn'?t|does not|isn'?t|is not|didn'?t) (?:work|working|help|fix|what|right|look right|even)\b/i,
  /\bstopped working\b|\bno longer works?\b|\b(?:worse|uglier) than before\b|\bmade (?:it|things) worse\b/i,
  /^(?:no+|nope|nah|ugh|wtf|argh|omg|yikes|what the)\b(?![\s,]*(?:problem|worries|need|rush|hurry|wonder|thanks|more|longer))[\s,.!?]/i,
  /^(?:that'?s|this is|it'?s|thats|its)(?: just| completely| totally| all| so| really)? (?:wrong|terrible|awful|horrible|bad|a mess|garbage|useless|not right|not it|worse|broken|incorrect|ugly|way off)\b/i,
  /^(?:all |completely |totally )?wrong\b(?! (?:width|height|colou?r|size|font|label|text|link|order|icon))/i,
  /\b(?:try again|start over|start from scratch|do it over|redo (?:it|this|that))\b/i,
  /\bwhy (?:did|would) you (?:remove|delete|change|replace|drop|rewrite|touch|break|move)\b/i,
  /\b(?:looks?|it'?s|is) (?:terrible|awful|horrible|hideous|worse|a mess) (?:now|like this)?\b/i,
  /\b(?:hate|don'?t like|do not like|dislike) (?:it|this|that|what you|the (?:new|result|change))\b/i,
];

/** Drafts longer than this explain a task; a complaint in them is about the task. */
const MAX_COMPLAINT_LENGTH = 400;

/** Whether a draft rejects the last result rather than asks for the next thing. */
export function isComplaint(draft: string): boolean {
  if (draft.length > MAX_COMPLAINT_LENGTH || NOT_MEANT.test(draft)) return false;
  return REJECTIONS.some((pattern) => pattern.test(draft.replace(/[’]/g, "'")));
}
