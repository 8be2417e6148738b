import { parse, type DefaultTreeAdapterTypes, type Token } from 'parse5';
import type { AttributeValue, FileModel, MarkupElement, TextPlace } from './fileModel.ts';
import { readInlineStyle } from './readInlineStyle.ts';
import { readStyles } from './readStyles.ts';

/** Text of an element that is kept for finding it by its words. */
export const MAX_ELEMENT_TEXT = 120;

/** Attributes that people see or hear. */
const SPOKEN_ATTRIBUTES = ['placeholder', 'title', 'alt', 'aria-label'] as const;

const SILENT_TAGS = new Set(['script', 'style', 'template', 'noscript', 'textarea', 'code', 'pre', 'svg', 'iframe']);

/** Reads a page: its elements, its visible text, its style blocks and style attributes. */
export function readHtml(model: FileModel): void {
  const { text } = model;
  const document = parse(text, { sourceCodeLocationInfo: true });
  for (const child of document.childNodes) readNode(model, child, null);
}

type Node = DefaultTreeAdapterTypes.ChildNode;

function readNode(model: FileModel, node: Node, parent: MarkupElement | null): void {
  // Documents nest as deep as their authors like, so the walk keeps its own stack.
  const waiting: { node: Node; parent: MarkupElement | null; silent: boolean }[] = [{ node, parent, silent: false }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node: current, parent: outer, silent } = next;
    if (current.nodeName === '#text' && 'value' in current) {
      if (outer) readText(model, current, outer, silent);
    } else if ('tagName' in current) {
      const element = readElement(model, current, outer);
      if (element.tag === 'style') readStyleBlock(model, current);
      const quiet = silent || SILENT_TAGS.has(element.tag);
      const children = current.childNodes.map((child) => ({ node: child, parent: element, silent: quiet }));
      waiting.push(...children.reverse());
    }
  }
}

function readElement(
  model: FileModel,
  node: DefaultTreeAdapterTypes.Element,
  parent: MarkupElement | null,
): MarkupElement {
  const location = node.sourceCodeLocation;
  const attributes = readAttributes(model.text, node, location?.attrs);
  const classAttribute = attributes.get('class');
  const styleAttribute = attributes.get('style');
  const inline = styleAttribute ? readInlineStyle(model.text, styleAttribute.start, styleAttribute.end) : null;
  const plain = classAttribute && !classAttribute.value.includes('{');
  const element: MarkupElement = {
    path: model.path,
    tag: node.tagName,
    id: attributes.get('id')?.value ?? '',
    classes: plain ? classAttribute.value.split(/\s+/).filter((name) => name !== '') : [],
    attributes,
    parent,
    text: '',
    start: location?.startOffset ?? 0,
    end: location?.endOffset ?? 0,
    classList: plain ? { start: classAttribute.start, end: classAttribute.end } : null,
    inlineStyle: inline?.declarations ?? [],
    inlineInsertion: inline?.insertion ?? null,
    translationKey: attributes.get('data-i18n')?.value ?? null,
    computed: false,
  };
  if (location) model.elements.push(element);
  for (const name of SPOKEN_ATTRIBUTES) {
    const spoken = attributes.get(name);
    if (spoken) pushAttributeText(model, element, name, spoken);
  }
  if (node.tagName === 'input' && /^(?:submit|button|reset)$/i.test(attributes.get('type')?.value ?? '')) {
    const label = attributes.get('value');
    if (label) {
      element.text = label.value;
      pushAttributeText(model, element, 'value', label);
    }
  }
  return element;
}

function pushAttributeText(
  model: FileModel,
  element: MarkupElement,
  name: string,
  { value, start, end }: AttributeValue,
): void {
  if (value.trim() === '') return;
  model.texts.push({
    path: model.path,
    text: value.trim(),
    start,
    end,
    escape: 'attribute',
    element,
    attribute: name,
    key: null,
  });
}

function readAttributes(
  text: string,
  node: DefaultTreeAdapterTypes.Element,
  places: Token.LocationWithAttributes['attrs'],
): Map<string, AttributeValue> {
  const attributes = new Map<string, AttributeValue>();
  for (const { name, value } of node.attrs) {
    const place = places?.[name];
    if (!place) continue;
    const source = text.slice(place.startOffset, place.endOffset);
    const match = /=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]*))$/.exec(source);
    if (!match) {
      attributes.set(name, { value, start: place.endOffset, end: place.endOffset });
      continue;
    }
    const inner = match[1] ?? match[2] ?? match[3] ?? '';
    const end = place.endOffset - (match[3] === undefined ? 1 : 0);
    attributes.set(name, { value, start: end - inner.length, end });
  }
  return attributes;
}

function readText(
  model: FileModel,
  node: DefaultTreeAdapterTypes.TextNode,
  parent: MarkupElement,
  silent: boolean,
): void {
  const location = node.sourceCodeLocation;
  const trimmed = node.value.trim();
  if (!location || trimmed === '' || silent) return;
  for (let outer: MarkupElement | null = parent; outer; outer = outer.parent) {
    if (outer.text.length >= MAX_ELEMENT_TEXT) break;
    outer.text = `${outer.text} ${trimmed}`.trim().slice(0, MAX_ELEMENT_TEXT);
  }
  const source = model.text.slice(location.startOffset, location.endOffset);
  const start = location.startOffset + (source.length - source.trimStart().length);
  const end = location.endOffset - (source.length - source.trimEnd().length);
  const place: TextPlace = {
    path: model.path,
    text: trimmed,
    start,
    end,
    escape: 'html',
    element: parent,
    attribute: null,
    key: null,
  };
  if (end > start) model.texts.push(place);
}

function readStyleBlock(model: FileModel, node: DefaultTreeAdapterTypes.Element): void {
  const [content] = node.childNodes;
  const location = content?.sourceCodeLocation;
  if (!location) return;
  const css = model.text.slice(location.startOffset, location.endOffset);
  readStyles(model, { css, offset: location.startOffset, language: 'css', component: null });
}
