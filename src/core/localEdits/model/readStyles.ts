import postcss, {
  type AtRule,
  type ChildNode,
  type Container,
  type Declaration as CssDeclaration,
  type Rule,
} from 'postcss';
import less from 'postcss-less';
import scss from 'postcss-scss';
import type { FileModel, Insertion, StyleRule } from './fileModel.ts';
import { mixinOf, takenIn } from './mixin.ts';
import { parseSelector, splitSelectorList } from './selector.ts';

export type StyleLanguage = 'css' | 'scss' | 'less';

export interface StyleSource {
  /** Style text; in a larger file, the part of it. */
  css: string;
  /** Where it begins in the file. */
  offset: number;
  language: StyleLanguage;
  /** Set for the template of a styled component: its declarations stand outside any rule. */
  component: { name: string; tag: string } | null;
  /** The rules hold for this file alone. */
  scoped: boolean;
}

/** Reads style text into a file's model. Text that does not parse marks the file broken. */
export function readStyles(model: FileModel, given: StyleSource): void {
  const mark = given.css.startsWith('\uFEFF') ? 1 : 0;
  const source = { ...given, css: given.css.slice(mark), offset: given.offset + mark };
  let root: Container;
  try {
    root = parse(source);
  } catch {
    model.unread = 'broken';
    return;
  }
  const context: Context = { model, source, conditions: [], parents: null, global: true, layer: '', depth: 0 };
  if (source.component) readComponent(context, root, source.component);
  else readChildren(context, root);
}

function parse({ css, language }: StyleSource): Container {
  if (language === 'scss') return scss.parse(css);
  if (language === 'less') return less.parse(css) as unknown as Container;
  return postcss.parse(css);
}

interface Context {
  model: FileModel;
  source: StyleSource;
  conditions: string[];
  /** Selectors around a nested rule; null at the top. */
  parents: string[] | null;
  global: boolean;
  layer: string;
  depth: number;
}

/** Nobody nests rules deeper; selectors grow with each level. */
const MAX_NESTING = 40;

/** A selector list of a deep nesting multiplies; beyond this it is left alone. */
const MAX_SELECTORS = 64;

function readChildren(outer: Context, container: Container): void {
  const context = { ...outer, depth: outer.depth + 1 };
  if (context.depth > MAX_NESTING) throw new Error('rules are nested too deeply');
  container.each((node: ChildNode) => {
    const mixin = mixinOf(context.model.path, node);
    if (mixin) context.model.mixins.push(mixin);
    if (node.type === 'rule') readRule(context, node);
    else if (node.type === 'atrule') readAtRule(context, node);
    else if (node.type === 'decl' && context.parents === null) readVariable(context, node);
  });
}

function readAtRule(context: Context, node: AtRule): void {
  const variable = (node as AtRule & { variable?: boolean; value?: string }).variable;
  if (variable) {
    readLessVariable(context, node);
    return;
  }
  if (
    !node.nodes ||
    /^(?:keyframes|-\w+-keyframes|font-face|mixin|function|page|property|include|if|else|each|for|while)$/i.test(
      node.name,
    )
  )
    return;
  const holds = /^(?:layer|at-root|use|scope)$/i.test(node.name);
  const conditions = holds ? context.conditions : [...context.conditions, `@${node.name} ${node.params}`];
  const layer = node.name.toLowerCase() === 'layer' ? layerIn(context, node) : context.layer;
  if (context.parents) pushRule({ ...context, conditions, layer }, node, context.parents);
  readChildren({ ...context, conditions, layer }, node);
}

/** A layer without a name is like no other. */
function layerIn({ layer, source }: Context, node: AtRule): string {
  const name = node.params.trim() || `@${String(source.offset + (node.source?.start?.offset ?? 0))}`;
  return layer === '' ? name : `${layer}.${name}`;
}

function readLessVariable(context: Context, node: AtRule): void {
  const value = (node as AtRule & { value?: string }).value ?? '';
  const start = offsetOf(context, node);
  const text = context.model.text;
  const valueStart = text.indexOf(value, start + node.name.length + 1);
  if (value === '' || valueStart < 0) return;
  context.model.variables.push({
    path: context.model.path,
    name: `@${node.name.replace(/:$/, '')}`,
    value,
    valueStart,
    valueEnd: valueStart + value.length,
    conditions: context.conditions,
    global: context.parents === null,
  });
}

function readRule(context: Context, node: Rule): void {
  const own = splitSelectorList(node.selector);
  if ((node as Rule & { mixin?: boolean }).mixin) return;
  const resolved =
    context.parents === null ? own : context.parents.flatMap((parent) => own.map((selector) => nest(parent, selector)));
  const selectors = resolved.slice(0, MAX_SELECTORS);
  pushRule(context, node, selectors);
  readChildren({ ...context, parents: selectors, global: false }, node);
}

function nest(parent: string, selector: string): string {
  return selector.includes('&') ? selector.replaceAll('&', parent) : `${parent} ${selector}`;
}

function readComponent(context: Context, root: Container, component: { name: string; tag: string }): void {
  pushRule(context, root, [`.${component.name}`]);
  readChildren({ ...context, parents: [`.${component.name}`], global: false }, root);
}

function pushRule(context: Context, node: Container, selectors: readonly string[]): StyleRule {
  const { model, source } = context;
  const start = node.type === 'root' ? source.offset : offsetOf(context, node as ChildNode);
  const rule: StyleRule = {
    path: model.path,
    selectors: selectors.map(parseSelector),
    label: selectors.join(', '),
    conditions: context.conditions,
    declarations: [],
    order: model.rules.length,
    start,
    end: node.type === 'root' ? source.offset + source.css.length : endOf(context, node as ChildNode),
    insertion: null,
    applies: appliedIn(node),
    takes: takenIn(node, source.offset),
    component: source.component?.name ?? null,
    componentTag: source.component?.tag ?? '',
    scoped: source.scoped,
    layer: context.layer,
  };
  node.each((child: ChildNode) => {
    if (child.type === 'decl') readDeclaration(context, rule, child);
  });
  rule.insertion = insertionOf(context, rule, node);
  model.rules.push(rule);
  return rule;
}

function appliedIn(node: Container): string[] {
  const applied: string[] = [];
  node.each((child: ChildNode) => {
    if (child.type === 'atrule' && child.name === 'apply') applied.push(...child.params.split(/\s+/));
  });
  return applied;
}

function readDeclaration(context: Context, rule: StyleRule, node: CssDeclaration): void {
  readVariable(context, node, rule);
  const raws = node.raws as { between?: string; value?: { raw: string } };
  const start = offsetOf(context, node);
  const property = node.prop.toLowerCase();
  const valueStart = start + node.prop.length + (raws.between ?? ':').length;
  const raw = raws.value?.raw ?? node.value;
  const valueEnd = valueStart + raw.length;
  const { source, model } = context;
  if (source.css.slice(valueStart - source.offset, valueEnd - source.offset) !== raw) return;
  // In a script's template the source has expressions where the style text has stand-ins.
  const value = model.text.slice(valueStart, valueEnd);
  rule.declarations.push({
    property,
    value,
    important: node.important === true,
    valueStart,
    valueEnd,
    start,
    notation: 'css',
  });
}

function readVariable(context: Context, node: CssDeclaration, rule?: StyleRule): void {
  if (!/^(?:--|\$|@)/.test(node.prop)) return;
  const raws = node.raws as { between?: string };
  const valueStart = offsetOf(context, node) + node.prop.length + (raws.between ?? ':').length;
  const text = context.model.text;
  const plain = node.value.replace(/\s*!default\s*$/, '');
  if (!text.startsWith(plain, valueStart)) return;
  const selectors = rule?.selectors ?? [];
  context.model.variables.push({
    path: context.model.path,
    name: node.prop,
    value: plain,
    valueStart,
    valueEnd: valueStart + plain.length,
    conditions: context.conditions,
    global: selectors.length === 0 || selectors.every((one) => /^(?::root|html|body|:host)$/.test(one.text)),
  });
}

/**
 * A new declaration goes behind the last one, in its manner: the same indent, the same line ending, on the same line
 * where the rule stands on one line.
 */
function insertionOf(context: Context, rule: StyleRule, node: Container): Insertion | null {
  const { model, source } = context;
  const { text } = model;
  const last = rule.declarations.at(-1);
  if (!last) return emptyRuleInsertion(context, rule, node);
  const lastNode = node.nodes?.findLast((child: ChildNode) => child.type === 'decl');
  if (!lastNode) return null;
  const end = endOf(context, lastNode);
  const closed = text.charAt(end - 1) === ';';
  const at = closed ? end : skipSemicolon(text, end, source.offset + source.css.length);
  const semicolon = closed || at > end;
  const spaces = indentBefore(text, last.start);
  const lineStart = last.start - spaces.length;
  const eol = text.endsWith('\r\n', lineStart) ? '\r\n' : text.endsWith('\n', lineStart) ? '\n' : '';
  const between = text.slice(last.start + last.property.length, last.valueStart);
  const colon = /^\s*:[ \t]*$/.test(between) ? between : ': ';
  const gap = eol === '' ? (text.charAt(last.start - 1) === ' ' ? ' ' : '') : eol + spaces;
  const keepsOpen = eol === '' && !semicolon && source.component === null;
  return {
    at,
    before: `${semicolon ? '' : ';'}${gap}`,
    after: keepsOpen ? '' : ';',
    colon,
    notation: 'css',
    quote: '\"',
  };
}

function indentBefore(text: string, at: number): string {
  let from = at;
  while (from > 0 && (text.charAt(from - 1) === ' ' || text.charAt(from - 1) === '\t')) from--;
  return text.slice(from, at);
}

function skipSemicolon(text: string, from: number, end: number): number {
  const match = /^\s*;/.exec(text.slice(from, Math.min(end, from + 40)));
  return match ? from + match[0].length : from;
}

function emptyRuleInsertion(context: Context, rule: StyleRule, node: Container): Insertion | null {
  if (node.type === 'root') return null;
  const { text } = context.model;
  const open = text.indexOf('{', rule.start);
  const close = rule.end - 1;
  if (open < 0 || text.charAt(close) !== '}' || (node.nodes?.length ?? 0) > 0) return null;
  const inner = text.slice(open + 1, close);
  if (inner.trim() !== '') return null;
  const eol = inner.includes('\r\n') ? '\r\n' : inner.includes('\n') ? '\n' : '';
  if (eol === '')
    return { at: open + 1, before: ' ', after: inner === '' ? '; ' : ';', colon: ': ', notation: 'css', quote: '"' };
  const indent = indentBefore(text, rule.start);
  const unit = /^\t/m.test(text) ? '\t' : '  ';
  return { at: open + 1, before: `${eol}${indent}${unit}`, after: ';', colon: ': ', notation: 'css', quote: '"' };
}

function offsetOf(context: Context, node: ChildNode): number {
  return context.source.offset + (node.source?.start?.offset ?? 0);
}

/** Behind the closing brace of a rule, behind the semicolon of a declaration that has one. */
function endOf(context: Context, node: ChildNode): number {
  const end = node.source?.end?.offset ?? 0;
  return context.source.offset + end;
}
