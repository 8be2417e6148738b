import { parse, type DefaultTreeAdapterTypes, type Token } from 'parse5';
import type { AttributeValue, FileModel, MarkupElement } from './fileModel.ts';
import { isSilent, newElement, pushSpokenAttributes, pushText } from './markup.ts';
import { readInlineStyle } from './readInlineStyle.ts';
import { readStyles } from './readStyles.ts';

/** Reads a page: its elements, its visible text, its style blocks and style attributes. */
export function readHtml(model: FileModel): void {
  // A byte order mark before the doctype would be text of the body; a space in its place keeps every offset.
  const document = parse(model.text.replace(/^\uFEFF/, ' '), { sourceCodeLocationInfo: true });
  // Documents nest as deep as their authors like, so the walk keeps its own stack.
  const waiting: Visit[] = document.childNodes
    .map((node) => ({ node, parent: null, silent: false, depth: 0 }))
    .reverse();
  for (let visit = waiting.pop(); visit; visit = waiting.pop()) {
    const { node, parent, silent, depth } = visit;
    if (depth > MAX_DEPTH) throw new Error('elements are nested too deeply');
    if (node.nodeName === '#text' && 'value' in node) readText(model, node, parent, silent);
    else if ('tagName' in node) {
      const element = readElement(model, node, parent);
      if (element.tag === 'style') readStyleBlock(model, node);
      const quiet = silent || isSilent(element.tag);
      for (const child of node.childNodes.toReversed())
        waiting.push({ node: child, parent: element, silent: quiet, depth: depth + 1 });
    }
  }
}

interface Visit {
  node: DefaultTreeAdapterTypes.ChildNode;
  parent: MarkupElement | null;
  silent: boolean;
  depth: number;
}

/** Pages that nest deeper are made by accident; every element looks at all that it stands in. */
const MAX_DEPTH = 400;

function readElement(
  model: FileModel,
  node: DefaultTreeAdapterTypes.Element,
  parent: MarkupElement | null,
): MarkupElement {
  const location = node.sourceCodeLocation;
  const place = { start: location?.startOffset ?? 0, end: location?.endOffset ?? 0 };
  const element = newElement(model, node.tagName, parent, place);
  const attributes = readAttributes(model.text, node, location?.attrs);
  if (attributes.size > 0) element.attributes = attributes;
  element.id = attributes.get('id')?.value ?? '';
  element.translationKey = attributes.get('data-i18n')?.value ?? null;
  readClasses(element, attributes.get('class'));
  const style = attributes.get('style');
  const inline = style ? readInlineStyle(model.text, style.start, style.end) : null;
  element.inlineStyle = inline?.declarations ?? [];
  element.inlineInsertion = inline?.insertion ?? null;
  if (location) model.elements.push(element);
  pushSpokenAttributes(model, element);
  return element;
}

/** Template languages put braces and tags into class lists; such a list is only partly known. */
export function readClasses(element: MarkupElement, attribute: AttributeValue | undefined): void {
  if (!attribute) return;
  const computed = /[{}<>%$]/.test(attribute.value);
  element.computedClasses ||= computed;
  element.classes.push(...attribute.value.split(/\s+/).filter((name) => name !== '' && !/[{}<>%$]/.test(name)));
  if (!computed) element.classList = { start: attribute.start, end: attribute.end };
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
  parent: MarkupElement | null,
  silent: boolean,
): void {
  const location = node.sourceCodeLocation;
  if (!location || silent || node.value.trim() === '') return;
  if (parent && /\{\{|<%|\{%/.test(node.value)) parent.computed = true;
  else
    pushText(model, parent, { text: node.value, start: location.startOffset, end: location.endOffset, escape: 'html' });
}

function readStyleBlock(model: FileModel, node: DefaultTreeAdapterTypes.Element): void {
  const location = node.childNodes[0]?.sourceCodeLocation;
  if (!location) return;
  const css = model.text.slice(location.startOffset, location.endOffset);
  // The styles of one page say nothing about another.
  readStyles(model, { css, offset: location.startOffset, language: 'css', component: null, scoped: true });
}
