import type { AttributeValue, FileModel, MarkupElement, TextPlace } from './fileModel.ts';

/** Text of an element that is kept for finding it by its words. */
export const MAX_ELEMENT_TEXT = 120;

/** Attributes that people see or hear. */
const SPOKEN_ATTRIBUTES = new Set(['placeholder', 'title', 'alt', 'aria-label']);

/** Properties by which components take visible words. */
const SPOKEN_PROPERTIES = new Set([
  'label',
  'heading',
  'subtitle',
  'text',
  'caption',
  'description',
  'header',
  'helperText',
  'tooltip',
  'buttonText',
  'emptyText',
  'headline',
]);

const SILENT_TAGS = new Set(['script', 'style', 'template', 'noscript', 'textarea', 'code', 'pre', 'svg', 'iframe']);

const NOTHING_SHOWN: readonly string[] = [];

const NO_ATTRIBUTES: ReadonlyMap<string, AttributeValue> = new Map();

/** An element with nothing known yet but its tag and its place. */
export function newElement(
  model: FileModel,
  tag: string,
  parent: MarkupElement | null,
  place: { start: number; end: number },
): MarkupElement {
  return {
    path: model.path,
    tag,
    id: '',
    classes: [],
    attributes: NO_ATTRIBUTES,
    parent,
    text: '',
    start: place.start,
    end: place.end,
    classList: null,
    inlineStyle: [],
    inlineInsertion: null,
    translationKey: null,
    component: null,
    shows: NOTHING_SHOWN,
    computed: false,
    computedClasses: false,
  };
}

export function isComponent(tag: string): boolean {
  return /^[A-Z]/.test(tag) || tag.includes('.');
}

/** Notes that an element shows what has this name. */
export function pushShown(element: MarkupElement, name: string): void {
  element.shows = [...element.shows, name.replaceAll('?', '')];
}

/** Gives the one outermost element of a component its name; several have none. */
export function nameRoot(roots: readonly MarkupElement[], component: string): void {
  const [root, ...others] = roots;
  if (root && others.length === 0) root.component = component;
}

/** Whether text below an element of this tag is seen by people. */
export function isSilent(tag: string): boolean {
  return SILENT_TAGS.has(tag);
}

/** Puts the spoken attributes of an element among the texts. */
export function pushSpokenAttributes(model: FileModel, element: MarkupElement): void {
  for (const [name, attribute] of element.attributes) {
    const spoken = SPOKEN_ATTRIBUTES.has(name) || (isComponent(element.tag) && SPOKEN_PROPERTIES.has(name));
    if (spoken) pushAttributeText(model, element, name, attribute);
  }
  const type = element.attributes.get('type')?.value ?? '';
  const label = element.attributes.get('value');
  if (element.tag !== 'input' || !label || !/^(?:submit|button|reset)$/i.test(type)) return;
  element.text = label.value;
  pushAttributeText(model, element, 'value', label);
}

function pushAttributeText(
  model: FileModel,
  element: MarkupElement,
  name: string,
  { value, start, end }: AttributeValue,
): void {
  const text = plainText(value);
  if (text === '' || end <= start) return;
  model.texts.push({ path: model.path, text, start, end, escape: 'attribute', element, attribute: name, key: null });
}

/** Puts visible text among the texts and adds it to what its elements are known by. */
export function pushText(
  model: FileModel,
  parent: MarkupElement | null,
  place: Pick<TextPlace, 'text' | 'start' | 'end' | 'escape'>,
): void {
  const source = model.text.slice(place.start, place.end);
  const start = place.start + (source.length - source.trimStart().length);
  const end = place.end - (source.length - source.trimEnd().length);
  const text = plainText(place.text);
  if (end <= start || text === '') return;
  for (let outer = parent; outer; outer = outer.parent) {
    if (outer.text.length >= MAX_ELEMENT_TEXT) break;
    const all = outer.text === '' ? text : `${outer.text} ${text}`;
    outer.text = all.slice(0, MAX_ELEMENT_TEXT).trim();
  }
  model.texts.push({
    path: model.path,
    text,
    start,
    end,
    escape: place.escape,
    element: parent,
    attribute: null,
    key: null,
  });
}

/** Text as it is shown: white space and line ends are one space. */
export function plainText(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
