import { wordTable } from '../../wordTable.ts';

/** Names that mean the same thing, in people's words and in class names; the first is the concept. */
const SYNONYMS: readonly string[] = [
  'button btn buttons cta',
  'nav navbar navigation topnav navigationbar',
  'header hdr masthead topbar',
  'footer ftr bottombar',
  'sidebar aside sidenav sidepanel',
  'image img picture pic photo thumbnail thumb',
  'link anchor a hyperlink',
  'title headline',
  'heading',
  'subtitle tagline subheading subheadline subhead lead',
  'input field textbox textfield inputfield',
  'modal dialog popup',
  'page body site website app document screen webpage',
  'description desc',
  'column col',
  'paragraph para p',
  'label lbl',
  'container wrapper wrap',
  'message msg',
  'notification notif toast snackbar',
  'dropdown select',
  'checkbox check',
  'error danger',
  'avatar',
  'text txt copy',
  'search',
  'information info',
  'table tbl',
  'card',
  'logo',
];

const CONCEPT_OF = new Map(
  SYNONYMS.flatMap((line) => line.split(' ').map((word) => [word, line.split(' ')[0] ?? word] as const)),
);

/** What a tag is called by people; the first name fits best. */
const TAG_CONCEPTS = wordTable<readonly string[]>({
  header: ['header'],
  footer: ['footer'],
  nav: ['nav', 'menu'],
  aside: ['sidebar'],
  a: ['link'],
  button: ['button'],
  img: ['image'],
  picture: ['image'],
  table: ['table'],
  tr: ['row'],
  td: ['cell'],
  h1: ['title', 'heading', 'h1'],
  h2: ['heading', 'h2', 'title'],
  h3: ['heading', 'h3', 'title'],
  h4: ['heading', 'h4', 'title'],
  h5: ['heading', 'h5'],
  h6: ['heading', 'h6'],
  p: ['paragraph'],
  input: ['input'],
  textarea: ['input', 'textarea'],
  select: ['dropdown', 'input'],
  label: ['label'],
  form: ['form'],
  ul: ['list'],
  ol: ['list'],
  li: ['item'],
  main: ['main', 'content'],
  section: ['section'],
  article: ['article', 'card'],
  title: ['tabtitle'],
  body: ['page'],
  html: ['page'],
  dialog: ['modal'],
  blockquote: ['quote', 'blockquote'],
  hr: ['divider', 'separator'],
  code: ['code'],
  pre: ['code'],
  small: ['small'],
  strong: ['strong'],
  figcaption: ['caption'],
  caption: ['caption'],
  legend: ['legend'],
  fieldset: ['fieldset'],
  summary: ['summary'],
  svg: ['icon'],
  video: ['video'],
  details: ['details'],
  time: ['time', 'date'],
});

/** What inputs are called that nobody writes into, by their type. */
export const conceptsOfInput = wordTable<string>({ range: 'slider', checkbox: 'checkbox', radio: 'radio' });

/** Adjectives in class names that say where a thing belongs, not that it is another thing. */
const NEUTRAL = new Set(
  'site page app main top the browser global my default base l c o u js is layout primary-only web root'.split(' '),
);

/** Words for parts: card-title is no card. */
const PARTS = new Set(
  'title heading headline subtitle header footer body content text icon image link label item items list group row rows column grid wrapper container inner outer button title name price meta desc description caption avatar badge actions action toolbar area box section panel media overlay bar nav menu input form table cell thumb handle track close toggle arrow dot line logo page sidebar main card modal message tab tabs field'.split(
    ' ',
  ),
);

/** The concept of a word or of a piece of a class name: singular, synonyms folded. */
export function conceptOf(word: string): string {
  const lower = word.toLowerCase();
  const known = CONCEPT_OF.get(lower);
  if (known) return known;
  const one = singular(lower);
  return CONCEPT_OF.get(one) ?? one;
}

function singular(word: string): string {
  if (/^h[1-6]s$/.test(word)) return word.slice(0, -1);
  if (word.length < 4 || /(?:ss|us|is|css|news)$/.test(word)) return word;
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:x|ch|sh|ss)es$/.test(word)) return word.slice(0, -2);
  return word.endsWith('s') ? word.slice(0, -1) : word;
}

export function isPlural(word: string): boolean {
  const lower = word.toLowerCase();
  return singular(lower) !== lower;
}

/** The same names come again and again; so many are remembered before the memory starts anew. */
const MAX_REMEMBERED = 20_000;

const remembered = new Map<string, readonly string[]>();

/** The concepts in a class name, an id or a component name: "site-header" → site, header. */
export function conceptsIn(name: string): readonly string[] {
  const known = remembered.get(name);
  if (known) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const concepts = readConcepts(name);
  remembered.set(name, concepts);
  return concepts;
}

function readConcepts(name: string): readonly string[] {
  const whole = CONCEPT_OF.get(name.toLowerCase());
  if (whole) return [whole];
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '' && !/^\d+$/.test(part))
    .map(conceptOf);
}

/** All words that mean the same as this one, in lower case: the word, its singular, its synonyms, their plurals. */
export function wordsFor(word: string): string[] {
  const concept = conceptOf(word);
  const same = SYNONYMS.find((line) => line.startsWith(`${concept} `))?.split(' ') ?? [];
  const all = [word.toLowerCase(), concept, ...same];
  return [...new Set(all.flatMap((each) => [each, `${each}s`, `${each}es`, each.replace(/y$/, 'ies')]))];
}

/** The tags that a word may mean: h1 to h6 for heading; of a table, header and heading are its th. */
export function tagsFor(word: string): string[] {
  const concept = conceptOf(word);
  const tags = Object.keys(TAG_CONCEPTS).filter((tag) => tag === concept || TAG_CONCEPTS[tag]?.includes(concept));
  if (Object.values(conceptsOfInput).includes(concept)) tags.push('input');
  return concept === 'header' || concept === 'heading' ? [...tags, 'th'] : tags;
}

export function conceptsOfTag(tag: string): readonly string[] {
  return TAG_CONCEPTS[tag] ?? [tag];
}

export function isNeutral(concept: string): boolean {
  return NEUTRAL.has(concept);
}

export function isPart(concept: string): boolean {
  return PARTS.has(concept) || isTagConcept(concept);
}

const TAG_NAMES = new Set(Object.values(TAG_CONCEPTS).map(([first]) => first ?? ''));

/** Whether a concept is one that a tag of its own stands for. */
export function isTagConcept(concept: string): boolean {
  return TAG_NAMES.has(concept);
}
