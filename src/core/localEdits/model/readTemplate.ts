import {
  NodeTypes,
  parse,
  type AttributeNode,
  type DirectiveNode,
  type ElementNode,
  type TemplateChildNode,
} from '@vue/compiler-dom';
import { fileStem } from '../fileStem.ts';
import type { AttributeValue, FileModel, MarkupElement } from './fileModel.ts';
import { isSilent, nameRoot, newElement, pushShown, pushSpokenAttributes, pushText } from './markup.ts';
import { readClasses } from './readHtml.ts';
import { readInlineStyle } from './readInlineStyle.ts';
import { readStyles, type StyleLanguage } from './readStyles.ts';

/** Reads a Vue component: its template, its texts, its style blocks. The script is left alone. */
export function readVue(model: FileModel): void {
  const root = parse(model.text, { parseMode: 'sfc', whitespace: 'preserve' });
  for (const node of root.children) {
    if (node.type !== NodeTypes.ELEMENT) continue;
    if (node.tag === 'template') readChildren(model, node.children, null, false);
    else if (node.tag === 'style') readStyleBlock(model, node);
  }
  nameRoots(model);
}

/** A component that is one element is what that element is called. */
function nameRoots(model: FileModel): void {
  nameRoot(
    model.elements.filter(({ parent, tag }) => parent === null && !NO_ROOTS.test(tag)),
    fileStem(model.path),
  );
}

const NO_ROOTS = /^(?:script|style|template|svelte:\w+)$/;

/** Stands for each character of an expression, so that offsets stay and no parser trips over what is in it. */
const MASK = '\uE000';

/** Reads a Svelte component: expressions are masked, then it is markup like any other. */
export function readSvelte(model: FileModel): void {
  const root = parse(maskExpressions(model.text), { parseMode: 'html', whitespace: 'preserve', comments: true });
  readChildren(model, root.children, null, false);
  nameRoots(model);
}

interface Visit {
  node: TemplateChildNode;
  parent: MarkupElement | null;
  silent: boolean;
}

function readChildren(
  model: FileModel,
  nodes: readonly TemplateChildNode[],
  parent: MarkupElement | null,
  silent: boolean,
): void {
  const waiting: Visit[] = nodes.map((node) => ({ node, parent, silent })).reverse();
  for (let visit = waiting.pop(); visit; visit = waiting.pop()) {
    const { node, parent: outer } = visit;
    if (node.type === NodeTypes.TEXT) readText(model, node.loc, outer, visit.silent, node.content);
    else if (node.type === NodeTypes.INTERPOLATION && outer) readInterpolation(outer, node.loc.source.slice(2, -2));
    else if (node.type === NodeTypes.ELEMENT) {
      const element = readElement(model, node, outer);
      if (node.tag === 'style' && outer === null) readStyleBlock(model, node);
      const quiet = visit.silent || (isSilent(node.tag) && node.tag !== 'template');
      for (const child of node.children.toReversed()) waiting.push({ node: child, parent: element, silent: quiet });
    }
  }
}

function readText(
  model: FileModel,
  loc: ElementNode['loc'],
  parent: MarkupElement | null,
  silent: boolean,
  content: string,
): void {
  const masked = content.includes(MASK);
  if (masked && parent) {
    readInterpolation(
      parent,
      model.text
        .slice(loc.start.offset, loc.end.offset)
        .trim()
        .replace(/^\{|\}$/g, ''),
    );
    if (content.replaceAll(MASK, '').trim() !== '') parent.computed = true;
  } else if (!silent && !masked)
    pushText(model, parent, { text: content, start: loc.start.offset, end: loc.end.offset, escape: 'html' });
}

const TRANSLATED = /\$?\b(?:t|i18n\.t|translate|_)\(\s*(['"`])([\w.:-]+)\1/;

/** What is shown, if it has a name: recipe.name, or price(recipe.cost). */
const SHOWN = /^(?:[\w$]+\()?([A-Za-z_$][\w$]*(?:\??\.[A-Za-z_$][\w$]*)*)\)?$/;

function readInterpolation(element: MarkupElement, source: string): void {
  const key = TRANSLATED.exec(source)?.[2];
  if (key !== undefined && element.translationKey === null) element.translationKey = key.replace(/^.*:/, '');
  else {
    element.computed = true;
    pushShown(element, SHOWN.exec(source.trim())?.[1] ?? '');
  }
}

/** What routers show as links. */
const LINKS = new Set(['router-link', 'RouterLink', 'nuxt-link', 'NuxtLink']);

function readElement(model: FileModel, node: ElementNode, parent: MarkupElement | null): MarkupElement {
  const element = newElement(model, LINKS.has(node.tag) ? 'a' : node.tag, parent, {
    start: node.loc.start.offset,
    end: node.loc.end.offset,
  });
  const attributes = new Map<string, AttributeValue>();
  for (const prop of node.props) {
    if (prop.type === NodeTypes.ATTRIBUTE) readAttribute(model, prop, attributes);
    else readDirective(element, prop);
  }
  if (attributes.size > 0) element.attributes = attributes;
  element.id = attributes.get('id')?.value ?? '';
  readClasses(element, attributes.get('class'));
  const style = attributes.get('style');
  const inline = style && !style.value.includes(MASK) ? readInlineStyle(model.text, style.start, style.end) : null;
  element.inlineStyle = inline?.declarations ?? [];
  element.inlineInsertion = inline?.insertion ?? null;
  model.elements.push(element);
  pushSpokenAttributes(model, element);
  return element;
}

function readAttribute(model: FileModel, node: AttributeNode, attributes: Map<string, AttributeValue>): void {
  const loc = node.value?.loc;
  const end = node.loc.end.offset;
  if (!loc) {
    attributes.set(node.name, { value: '', start: end, end });
    return;
  }
  const quoted = /^["']/.test(loc.source) ? 1 : 0;
  const start = loc.start.offset + quoted;
  const value = node.value?.content ?? '';
  if (value.includes(MASK)) attributes.set(node.name, { value: value.replaceAll(MASK, '{'), start: end, end });
  else attributes.set(node.name, { value, start, end: Math.max(start, loc.end.offset - quoted) });
  if (!model.text.slice(start).startsWith(loc.source.slice(quoted, quoted + 1))) attributes.delete(node.name);
}

function readDirective(element: MarkupElement, node: DirectiveNode): void {
  const name = node.arg && 'content' in node.arg ? node.arg.content : node.name;
  if (node.name === 'text' || node.name === 'html') element.computed = true;
  if (node.name !== 'bind' || name !== 'class') return;
  element.computedClasses = true;
  element.classes.push(...steadyClasses(node.exp?.loc.source.trim() ?? ''));
}

/** The classes of `:class` that hold always: 'a' and ['a', …], but not { a: open } or open ? 'a' : 'b'. */
function steadyClasses(source: string): string[] {
  const list = /^\[([^[\]]*)\]$/.exec(source)?.[1] ?? source;
  return list.split(',').flatMap((each) => /^\s*(['"])([\w -]+)\1\s*$/.exec(each)?.[2]?.split(/\s+/) ?? []);
}

function readStyleBlock(model: FileModel, node: ElementNode): void {
  const content = node.children[0];
  if (content?.type !== NodeTypes.TEXT) return;
  const attribute = (name: string): string | undefined => {
    const found = node.props.find((prop) => prop.type === NodeTypes.ATTRIBUTE && prop.name === name);
    return found?.type === NodeTypes.ATTRIBUTE ? (found.value?.content ?? '') : undefined;
  };
  const language = attribute('lang') ?? 'css';
  if (language === 'sass' || language === 'stylus') return;
  const start = content.loc.start.offset;
  const known: StyleLanguage = language === 'scss' || language === 'less' ? language : 'css';
  const scoped =
    model.path.endsWith('.svelte') || attribute('scoped') !== undefined || attribute('module') !== undefined;
  readStyles(model, {
    css: model.text.slice(start, content.loc.end.offset),
    offset: start,
    language: known,
    component: null,
    scoped,
  });
}

/** Masks what stands in braces outside of script and style, whatever strings and braces it holds. */
function maskExpressions(text: string): string {
  const blocks = /<(script|style)\b[^>]*>[\s\S]*?<\/\1\s*>/gi;
  let masked = '';
  let at = 0;
  for (const block of text.matchAll(blocks)) {
    masked += maskBraces(text.slice(at, block.index)) + block[0];
    at = block.index + block[0].length;
  }
  return masked + maskBraces(text.slice(at));
}

function maskBraces(markup: string): string {
  let result = '';
  let depth = 0;
  let quote = '';
  for (const mark of markup.split('')) {
    if (depth > 0 && quote !== '') quote = mark === quote ? '' : quote;
    else if (depth > 0 && (mark === "'" || mark === '"' || mark === '`')) quote = mark;
    else if (mark === '{') depth++;
    const inside = depth > 0;
    if (quote === '' && mark === '}' && depth > 0) depth--;
    result += inside && mark !== '\n' && mark !== '\r' ? MASK : mark;
  }
  if (depth > 0) throw new Error('an expression is not closed');
  return result;
}
