import type { Axis, ChunkMeaning, PropertyWord } from './chunk.ts';
import type { Side } from '../intent.ts';

const DENIALS = [
  'not',
  'not be',
  'should not be',
  'shouldnt be',
  'must not be',
  'mustnt be',
  'no longer',
  'no longer be',
  'should no longer be',
];

/** Words and word groups (in lower case, single spaces) and what they mean. The longest group wins. */
export const lexicon: ReadonlyMap<string, ChunkMeaning> = new Map([
  ...entries(
    { kind: 'verb', verb: 'set' },
    'make|change|set|turn|update|switch|adjust|modify|style|paint|let|want|try|set up as|restyle|color in|recolor|recolour|tint|swap|replace|fix|correct|spread|bring|fade',
  ),
  ...entries({ kind: 'verb', verb: 'give' }, 'give|put|apply'),
  ...entries({ kind: 'verb', verb: 'align' }, 'align|position'),
  ...entries({ kind: 'verb', verb: 'use' }, 'use|go with|try using|using'),
  ...entries(
    { kind: 'verb', verb: 'increase' },
    'increase|raise|enlarge|bump up|bump|grow|boost|expand|enhance|turn up|scale up|make more',
  ),
  ...entries(
    { kind: 'verb', verb: 'decrease' },
    'decrease|reduce|lower|shrink|cut down|cut|lessen|tighten|turn down|scale down|tone down|minimize|minimise',
  ),
  ...entries(
    { kind: 'verb', verb: 'remove' },
    'remove|delete|drop|get rid of|take out|take off|take away|eliminate|strip|lose|clear|kill|ditch',
  ),
  ...entries({ kind: 'verb', verb: 'add' }, 'add|insert|include|introduce'),
  ...entries({ kind: 'verb', verb: 'rename' }, 'rename|retitle|relabel|reword|rephrase|call'),
  ...entries({ kind: 'verb', verb: 'darken' }, 'darken'),
  ...entries({ kind: 'verb', verb: 'lighten' }, 'lighten|brighten|lighten up|brighten up'),
  ...entries({ kind: 'verb', verb: 'scale', factor: 2 }, 'double'),
  ...entries({ kind: 'verb', verb: 'scale', factor: 3 }, 'triple'),
  ...entries({ kind: 'verb', verb: 'scale', factor: 0.5 }, 'halve|half'),

  ...property(
    'background',
    'background|backgrounds|bg|background color|background colour|bg color|bg colour|backdrop color|fill color',
  ),
  ...property(
    'color',
    'text color|text colour|font color|font colour|foreground|foreground color|text colors|letter color',
  ),
  ...property('surface', 'color|colour|colors|colours|coloring|shade'),
  ...property('border-color', 'border color|border colour|outline color'),
  ...property('border', 'border|borders'),
  ...property('border', 'bottom border|border bottom|border at the bottom', ['bottom']),
  ...property('border', 'top border|border top|border at the top', ['top']),
  ...property('border', 'left border|border left|border on the left', ['left']),
  ...property('border', 'right border|border right|border on the right', ['right']),
  ...property('border', 'top and bottom border|border top and bottom', ['top', 'bottom']),
  ...property('border', 'left and right border|border left and right', ['left', 'right']),
  ...property('border-width', 'border width|border thickness|border size'),
  ...property(
    'border-radius',
    'border radius|radius|corner radius|corners|corner|rounding|roundness|rounded corners|round corners|border radii|border rounding|corner rounding|rounded edges|round edges|rounded borders|rounded border',
  ),
  ...property('box-shadow', 'shadow|shadows|box shadow|box shadows|drop shadow|drop shadows|elevation'),
  ...property('padding', 'padding|paddings|inner spacing|inner space|internal spacing|inner padding|breathing room'),
  ...property('margin', 'margin|margins|outer spacing|outer space|outer margin'),
  ...property('gap', 'gap|gaps|gutter|gutters'),
  ...property('space', 'space|spacing|spaces|whitespace|white space|room|distance|distances'),
  ...sided('padding', 'padding'),
  ...sided('margin', 'margin'),
  ...property(
    'font-size',
    'font size|text size|font sizes|fontsize|type size|size of the text|size of the font|letter size',
  ),
  ...property('font-weight', 'font weight|text weight|weight|boldness|fontweight'),
  ...property('font-family', 'font|font family|typeface|fonts'),
  ...property('line-height', 'line height|line spacing|leading|lineheight|line heights'),
  ...property('letter-spacing', 'letter spacing|letterspacing|tracking|character spacing'),
  ...property('text-align', 'text align|text alignment|alignment'),
  ...property('text-decoration', 'underline|underlines|underlining|text decoration'),
  ...property('text-transform', 'text transform'),
  ...property('width', 'width|widths'),
  ...property('max-width', 'max width|maximum width'),
  ...property('min-width', 'min width|minimum width'),
  ...property('height', 'height|heights'),
  ...property('max-height', 'max height|maximum height'),
  ...property('min-height', 'min height|minimum height'),
  ...property('opacity', 'opacity|alpha|opaque'),
  ...property('size', 'size|sizes|sizing'),
  ...property('text', 'text|texts|wording|copy'),

  ...keyword('font-weight', 'bold', 'bold|bolded|in bold|boldface|embolden'),
  ...keyword('font-weight', '600', 'semibold|semi bold|demi bold|demibold'),
  ...keyword('font-weight', '500', 'medium weight'),
  ...keyword('font-weight', '800', 'extra bold|extrabold|extra-bold'),
  ...keyword('font-weight', '300', 'light weight|thin weight'),
  ...keyword(
    'font-weight',
    'normal',
    'normal weight|regular weight|unbold|less bold|regular text|normal text|non bold',
  ),
  ...keyword('font-style', 'italic', 'italic|italics|in italics|italicized|italicised|italicize|italicise|cursive'),
  ...keyword(
    'font-style',
    'normal',
    'no italics|non italic|upright|normal style|non italics|without italics|unitalicize',
  ),
  ...keyword(
    'text-transform',
    'uppercase',
    'uppercase|upper case|all caps|in caps|caps|in all caps|all uppercase|in uppercase|in capitals|capital letters|in capital letters',
  ),
  ...keyword('text-transform', 'lowercase', 'lowercase|lower case|all lowercase|in lowercase'),
  ...keyword('text-transform', 'capitalize', 'capitalize|capitalise|capitalized|capitalised|title case|in title case'),
  ...keyword('text-decoration', 'underline', 'underlined'),
  ...denied('font-weight', 'normal', 'bold'),
  ...denied('font-style', 'normal', 'italic|in italics|italicized'),
  ...denied('text-transform', 'none', 'uppercase|in uppercase|all caps|in caps|capitalized|lowercase'),
  ...denied('text-decoration', 'none', 'underlined|struck through'),
  ...denied('border-radius', '0', 'rounded|round'),
  ...keyword(
    'text-decoration',
    'none',
    'no underline|without underline|without underlines|without an underline|no underlines|un-underline',
  ),
  ...keyword('text-decoration', 'line-through', 'strikethrough|struck through|strike through|line through|crossed out'),
  ...keyword(
    'text-align',
    'center',
    'center|centre|centered|centred|center aligned|centre aligned|center align|align center|align to the center|in the center|in the middle|middle aligned',
  ),
  ...keyword(
    'text-align',
    'left',
    'left aligned|left align|align left|align to the left|aligned left|aligned to the left',
  ),
  ...keyword(
    'text-align',
    'right',
    'right aligned|right align|align right|align to the right|aligned right|aligned to the right',
  ),
  ...keyword('text-align', 'justify', 'justified|justify'),
  ...keyword('border-radius', 'rounded', 'rounded|round|curved'),
  ...keyword(
    'border-radius',
    '9999px',
    'pill shaped|pill shape|fully rounded|completely rounded|fully round|like a pill',
  ),
  ...keyword('border-radius', '50%', 'circular|a circle|perfectly round|completely round'),
  ...keyword(
    'border-radius',
    '0',
    'square corners|sharp corners|squared|sharp edges|no rounded corners|unrounded|squared off|without rounded corners|square edges',
  ),
  ...keyword(
    'width',
    '100%',
    'full width|fullwidth|full-width|the full width|as wide as possible|span the full width|take the full width',
  ),
  ...keyword('box-shadow', 'none', 'no shadow|flat|without shadow|without a shadow|no shadows'),
  ...keyword('border', 'none', 'no border|no borders|borderless|without border|without borders|without a border'),
  ...keyword('opacity', '1', 'fully opaque|completely opaque|fully visible'),
  ...keyword('opacity', '0.5', 'semi transparent|semitransparent|half transparent|translucent'),

  ...comparative('amount', 1, 'more|extra|additional'),
  ...comparative('amount', -1, 'less|fewer'),
  ...comparative('size', 1, 'bigger|larger|giant|up a size'),
  ...plainly('size', 1, 'big|large|huge'),
  ...comparative('size', -1, 'smaller|tinier'),
  ...plainly('size', -1, 'small|tiny|little'),
  ...comparative('width', 1, 'wider|broader|widen'),
  ...plainly('width', 1, 'wide'),
  ...comparative('width', -1, 'narrower|slimmer'),
  ...plainly('width', -1, 'narrow|slim'),
  ...comparative('height', 1, 'taller|higher'),
  ...plainly('height', 1, 'tall|high'),
  ...comparative('height', -1, 'shorter'),
  ...plainly('height', -1, 'short'),
  ...comparative('thickness', 1, 'thicker|thicken'),
  ...plainly('thickness', 1, 'thick'),
  ...comparative('thickness', -1, 'thinner'),
  ...plainly('thickness', -1, 'thin'),
  ...comparative('weight', 1, 'bolder|heavier|more bold'),
  ...comparative('radius', 1, 'rounder|more rounded|more round|curvier|more curved'),
  ...comparative('radius', -1, 'less rounded|less round|sharper|squarer|less curved'),
  ...comparative(
    'apart',
    1,
    'more spaced out|more spread out|further apart|farther apart|spaced out|space out|wider apart',
  ),
  ...comparative('apart', -1, 'closer together|closer|nearer together'),
  ...comparative('space', -1, 'tighter|more compact|denser'),
  ...comparative('room', 1, 'roomier|airier|more spacious'),
  ...comparative('shadow', 1, 'stronger|more pronounced|more prominent'),
  ...comparative('shadow', -1, 'softer|subtler|more subtle|weaker'),
  ...comparative('opacity', -1, 'more transparent|fainter|less opaque|more see through'),
  ...comparative('opacity', 1, 'more opaque|less transparent'),
  ...comparative('darkness', 1, 'darker|less light|less bright|deeper'),
  ...comparative('darkness', -1, 'lighter|brighter|less dark|paler'),

  ...entries(
    { kind: 'degree', degree: 'slight' },
    'a bit|bit|a little bit|a little|slightly|somewhat|a touch|a tad|tad|a tiny bit|a smidge|marginally|a hair|kind of|a notch',
  ),
  ...entries(
    { kind: 'degree', degree: 'much' },
    'much|a lot|way|far|significantly|considerably|lots|very|really|super|dramatically',
  ),
  ...entries({ kind: 'strength', strength: 'subtle' }, 'subtle|soft|gentle|slight|faint|delicate|light drop|minimal'),
  ...entries(
    { kind: 'strength', strength: 'strong' },
    'strong|heavy|deep|hard|pronounced|prominent|bold drop|dramatic',
  ),
  ...entries({ kind: 'line', style: 'solid' }, 'solid'),
  ...entries({ kind: 'line', style: 'dashed' }, 'dashed'),
  ...entries({ kind: 'line', style: 'dotted' }, 'dotted'),
  ...entries({ kind: 'side', sides: ['top'] }, 'top|at the top|on top|on the top'),
  ...entries({ kind: 'side', sides: ['bottom'] }, 'bottom|at the bottom|on the bottom|underneath it'),
  ...entries({ kind: 'side', sides: ['left'] }, 'left|on the left|at the left|on the left side|left side'),
  ...entries({ kind: 'side', sides: ['right'] }, 'right|on the right|at the right|on the right side|right side'),
  ...entries(
    { kind: 'side', sides: ['left', 'right'] },
    'horizontal|horizontally|on the sides|left and right|side|on both sides|on each side',
  ),
  ...entries({ kind: 'side', sides: ['top', 'bottom'] }, 'vertical|vertically|top and bottom'),
  ...entries(
    { kind: 'side', sides: ['top', 'right', 'bottom', 'left'] },
    'on all sides|all around|all sides|on every side|all round',
  ),

  ...ordinals('first|second|third|fourth|fifth|sixth'),
  ...entries({ kind: 'ordinal', ordinal: -1 }, 'last|final'),

  ...entries({ kind: 'preposition', word: 'to' }, 'up to|down to|over to'),
  ...entries({ kind: 'be', states: true }, 'is|are|was|looks|appears|has|were|feel|feels|seem|seems'),
  ...entries(
    { kind: 'be' },
    'be|shall|need|should be|must be|needs to be|need to be|should|must|needs to|need to|has to be|have to be|ought to be|to be|shall be|become|becomes|look|appear|should look|should have|must have|needs|have|having|gets|get|could be|can be|should use|stay|is to be|are to be|should become|must become|needs to become|need to become|has to become|have to become|should get|must get',
  ),
  ...entries(
    { kind: 'say' },
    'say|says|should say|to say|saying|read|reads|should read|to read|should now say|should now read|must say|must read|needs to say|needs to read|display|should display|show|should show|should be called|be called|should be labeled|should be labelled|should be titled|be named|should be named|shall say|shall read|shall be called|shall be named|shall be labeled|shall be labelled|must be called',
  ),
  ...entries({ kind: 'none' }, 'no|without|zero'),
  ...entries({ kind: 'pronoun' }, 'it|them|they|that one|this one|these ones|its|their'),
  ...entries(
    { kind: 'break', strong: true },
    'then|and then|and also|as well as|but also|next|after that|plus|also|while you are at it|while youre at it',
  ),
  ...entries({ kind: 'break', strong: false }, 'and'),
  ...entries(
    { kind: 'filler' },
    'please|pls|plz|just|kindly|simply|maybe|perhaps|instead|again|now|only|so|about|approximately|approx|roughly|somehow|ok|okay|even|as well|currently|there|here|exactly|actually|shade of|tone of|kind|sort of|at least|the same|typo|colored|coloured|wrong|off|weird|ugly|broken|too|looking|everywhere|styling',
  ),
  ...entries(
    { kind: 'unsupported' },
    'when|whenever|up|down|out|gray out|grey out|nice|nicer|pretty|beautiful|better|like it|love|thanks|thank|great|ugly one|keep|leave|if|unless|while|until|once|after|before|because|depending|based on|on hover|on click|on scroll|on focus|on mobile|on desktop|on tablet|on small screens|on large screens|on phones|on load|on press|on tap|in dark mode|in light mode|for dark mode|for light mode|for mobile|hovered|on active|hovering|not|never|dont|except|but not|but|or|either|match|matches|which|who|where|whose|how|why|what|via|every time|each time|small caps|small capitals|in small caps|in the middle of|in the center of|in the centre of|to the middle of|to the center of|gradient|background image|background picture|background gradient|animation|animated|animate|transition',
  ),
]);

/** The longest group in the lexicon, in words. */
export const LONGEST_GROUP = 5;

export const PREPOSITIONS: ReadonlySet<string> = new Set(
  'of on in for to from between under underneath below beneath above over around with by at inside within as like into onto along across next beside against throughout'.split(
    ' ',
  ),
);

export const DETERMINERS: ReadonlySet<string> = new Set(
  'the a an my our your this that these those every each both all some any'.split(' '),
);

function entries(meaning: ChunkMeaning, words: string): [string, ChunkMeaning][] {
  return words.split('|').map((word) => [word, meaning]);
}

function property(name: PropertyWord, words: string, sides?: Side[]): [string, ChunkMeaning][] {
  return entries(sides ? { kind: 'property', property: name, sides } : { kind: 'property', property: name }, words);
}

function sided(name: PropertyWord, word: string): [string, ChunkMeaning][] {
  const named: [string, Side[]][] = [
    ['top', ['top']],
    ['bottom', ['bottom']],
    ['left', ['left']],
    ['right', ['right']],
    ['horizontal', ['left', 'right']],
    ['vertical', ['top', 'bottom']],
    ['side', ['left', 'right']],
    ['left and right', ['left', 'right']],
    ['top and bottom', ['top', 'bottom']],
  ];
  return named.flatMap(([side, sides]) => property(name, `${side} ${word}|${word} ${side}`, sides));
}

function keyword(name: string, value: string, words: string): [string, ChunkMeaning][] {
  return entries({ kind: 'keyword', property: name, value }, words);
}

/** "not italic", "should no longer be italic": what the words without "not" would make of it is taken back. */
function denied(name: string, value: string, words: string): [string, ChunkMeaning][] {
  const forms = words.split('|').flatMap((word) => DENIALS.map((denial) => `${denial} ${word}`));
  return keyword(name, value, forms.join('|'));
}

function comparative(axis: Axis, sign: 1 | -1, words: string): [string, ChunkMeaning][] {
  return entries({ kind: 'comparative', axis, sign }, words);
}

/** "40px tall" is a height, "40px taller" a change of it. */
function plainly(axis: Axis, sign: 1 | -1, words: string): [string, ChunkMeaning][] {
  return entries({ kind: 'comparative', axis, sign, plain: true }, words);
}

function ordinals(words: string): [string, ChunkMeaning][] {
  return words.split('|').map((word, index) => [word, { kind: 'ordinal', ordinal: index + 1 }]);
}
