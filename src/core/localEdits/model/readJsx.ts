import { parse, type ParserPlugin } from '@babel/parser';
import type { JSXAttribute, JSXElement, JSXOpeningElement, Node, ObjectProperty } from '@babel/types';
import type { AttributeValue, FileModel, MarkupElement, TextPlace } from './fileModel.ts';
import { resolveImport } from './importPath.ts';
import {
  isComponent,
  isSilent,
  nameRoot,
  newElement,
  plainText,
  pushShown,
  pushSpokenAttributes,
  pushText,
} from './markup.ts';
import { readClassExpression } from './readClassExpression.ts';
import { readStyledTemplate } from './readStyledTemplate.ts';
import { readStyleObject } from './readStyleObject.ts';

/** Reads a script with JSX: elements, visible text, style objects, styled components, and which files it imports. */
export function readJsx(model: FileModel): void {
  // Most scripts of a project show nothing; parsing them would only take time.
  if (!/<[A-Za-z>]|styled|css`|createGlobalStyle|\b(?:label|title|placeholder|heading)\s*:/.test(model.text)) return;
  const typed = /\.[mc]?tsx?$/i.test(model.path);
  const jsx = !/\.[mc]?ts$/i.test(model.path);
  const plugins: ParserPlugin[] = [
    ...(typed ? (['typescript'] as const) : []),
    ...(jsx ? (['jsx'] as const) : []),
    'decorators',
  ];
  // The byte order mark is no code; a space in its place keeps every offset.
  const source = model.text.replace(/^\uFEFF/, ' ');
  const file = parse(source, { sourceType: 'unambiguous', plugins, allowReturnOutsideFunction: true });
  walk(model, file.program);
}

interface Visit {
  node: Node;
  parent: MarkupElement | null;
  /** The component that is being defined around it, as long as nothing else stands between. */
  component: string | null;
}

function walk(model: FileModel, root: Node): void {
  const routers = new Set<string>();
  const roots = new Map<string, MarkupElement>();
  const waiting: Visit[] = [{ node: root, parent: null, component: null }];
  for (let visit = waiting.pop(); visit; visit = waiting.pop()) {
    const { node } = visit;
    if (node.type === 'ImportDeclaration' && ROUTERS.test(node.source.value)) addLinks(routers, node);
    const parent = readNode(model, node, visit.parent, routers);
    const component = componentAround(node, visit.component);
    if (visit.component !== null && visit.parent === null && parent !== null) addRoot(roots, visit.component, parent);
    const children = childrenOf(node);
    for (const child of children.reverse()) waiting.push({ node: child, parent, component });
  }
  for (const [component, element] of roots) nameRoot([element], component);
}

/** What is no part of a component's own element: what stands in an attribute, and one of several in a fragment. */
function componentAround(node: Node, around: string | null): string | null {
  if (node.type === 'JSXOpeningElement' || node.type === 'JSXFragment') return null;
  const named =
    node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration' || node.type === 'VariableDeclarator';
  const name = named && node.id?.type === 'Identifier' ? node.id.name : '';
  return /^[A-Z]/.test(name) ? name : around;
}

/** Of several that a component may show, the largest is what people call by its name; the others say "loading". */
function addRoot(roots: Map<string, MarkupElement>, component: string, element: MarkupElement): void {
  const known = roots.get(component);
  if (!known || element.end - element.start > known.end - known.start) roots.set(component, element);
}

/** Packages whose Link shows a link. */
const ROUTERS = /^(?:next\/link|react-router(?:-dom)?|@remix-run\/react|@tanstack\/react-router|gatsby|wouter)$/;

function addLinks(routers: Set<string>, node: Extract<Node, { type: 'ImportDeclaration' }>): void {
  for (const { local } of node.specifiers) if (/^(?:Nav)?Link$/.test(local.name)) routers.add(local.name);
}

function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (const value of Object.values(node) as unknown[]) {
    if (Array.isArray(value)) children.push(...value.filter(isNode));
    else if (isNode(value)) children.push(value);
  }
  return children;
}

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' &&
    value !== null &&
    'type' in value &&
    'start' in value &&
    typeof value.type === 'string' &&
    !value.type.startsWith('Comment')
  );
}

/** What children of the node stand in. */
function readNode(
  model: FileModel,
  node: Node,
  parent: MarkupElement | null,
  routers: ReadonlySet<string>,
): MarkupElement | null {
  switch (node.type) {
    case 'JSXElement':
      return readElement(model, node, parent, routers);
    case 'JSXOpeningElement':
      // What stands in an attribute is no text of the element.
      return null;
    case 'JSXText':
      if (!isWithinSilent(parent))
        pushText(model, parent, { text: node.value, start: node.start ?? 0, end: node.end ?? 0, escape: 'jsx' });
      return parent;
    case 'JSXExpressionContainer':
      readExpression(model, node.expression, parent);
      return parent;
    case 'ImportDeclaration':
      model.imports.push(resolveImport(model.path, node.source.value));
      return parent;
    case 'VariableDeclarator':
      readStyledTemplate(model, node);
      return parent;
    case 'TaggedTemplateExpression':
      readStyledTemplate(model, node);
      return parent;
    case 'ObjectProperty':
      readVisibleProperty(model, node);
      return parent;
    default:
      return parent;
  }
}

function isWithinSilent(parent: MarkupElement | null): boolean {
  for (let outer = parent; outer; outer = outer.parent) if (isSilent(outer.tag)) return true;
  return false;
}

function readElement(
  model: FileModel,
  node: JSXElement,
  parent: MarkupElement | null,
  routers: ReadonlySet<string>,
): MarkupElement {
  const opening = node.openingElement;
  const tag = routers.has(tagOf(opening)) ? 'a' : tagOf(opening);
  const element = newElement(model, tag, parent, { start: node.start ?? 0, end: node.end ?? 0 });
  const attributes = new Map<string, AttributeValue>();
  for (const attribute of opening.attributes) {
    if (attribute.type === 'JSXAttribute') readAttribute(model, element, attribute, attributes);
    else element.computedClasses = true;
  }
  if (attributes.size > 0) element.attributes = attributes;
  element.id = attributes.get('id')?.value ?? '';
  // A component takes the styles of the styled component that has its name.
  if (isComponent(tag)) element.classes.push(tag);
  model.elements.push(element);
  pushSpokenAttributes(model, element);
  return element;
}

function tagOf({ name }: JSXOpeningElement): string {
  if (name.type === 'JSXIdentifier') return name.name;
  return name.type === 'JSXMemberExpression'
    ? `${name.object.type === 'JSXIdentifier' ? name.object.name : ''}.${name.property.name}`
    : name.name.name;
}

function readAttribute(
  model: FileModel,
  element: MarkupElement,
  node: JSXAttribute,
  attributes: Map<string, AttributeValue>,
): void {
  const name = node.name.type === 'JSXIdentifier' ? node.name.name : node.name.name.name;
  const { value } = node;
  if (name === 'className' || name === 'class') readClassExpression(element, value ?? null);
  else if (name === 'style' && value?.type === 'JSXExpressionContainer')
    readStyleObject(model, element, value.expression);
  else if (name === 'css' && value?.type === 'JSXExpressionContainer') readCssProp(model, element, value.expression);
  else if (value?.type === 'StringLiteral')
    attributes.set(name, { value: value.value, start: (value.start ?? 0) + 1, end: (value.end ?? 0) - 1 });
  else if (value?.type === 'JSXExpressionContainer' && value.expression.type === 'StringLiteral') {
    const inner = value.expression;
    attributes.set(name, { value: inner.value, start: inner.end ?? 0, end: inner.end ?? 0 });
  }
}

/** css={panel} takes the styles of that name, css={{ … }} has them itself; others may be anything. */
function readCssProp(model: FileModel, element: MarkupElement, expression: Node): void {
  if (expression.type === 'Identifier') element.classes.push(expression.name);
  else if (expression.type === 'ObjectExpression' && element.classes.length === 0)
    readStyleObject(model, element, expression);
  else element.computedClasses = true;
}

function readExpression(model: FileModel, expression: Node, parent: MarkupElement | null): void {
  if (!parent || expression.type === 'JSXEmptyExpression') return;
  if (expression.type === 'StringLiteral') {
    const start = (expression.start ?? 0) + 1;
    const quote = model.text.charAt(start - 1);
    if (quote === "'" || quote === '"')
      pushText(model, parent, { text: expression.value, start, end: (expression.end ?? 0) - 1, escape: quote });
    return;
  }
  const key = translationKey(expression);
  if (key !== null && parent.translationKey === null) parent.translationKey = key;
  else if (!containsElement(expression)) {
    parent.computed = true;
    pushShown(parent, nameShown(expression));
  }
}

/** product.price for {product.price} and {format(product.price)}; empty for what has no name. */
function nameShown(node: Node): string {
  if (node.type === 'Identifier') return node.name;
  if (node.type === 'CallExpression') {
    const [only, ...others] = node.arguments;
    return only && others.length === 0 && only.type !== 'CallExpression' ? nameShown(only) : '';
  }
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return '';
  if (node.computed || node.property.type !== 'Identifier') return '';
  const owner = nameShown(node.object);
  return owner === '' ? node.property.name : `${owner}.${node.property.name}`;
}

/** t('auth.signIn'), i18n.t("…"), intl.formatMessage({ id: '…' }). */
function translationKey(expression: Node): string | null {
  if (expression.type !== 'CallExpression') return null;
  const { callee } = expression;
  const name =
    callee.type === 'Identifier'
      ? callee.name
      : callee.type === 'MemberExpression' && callee.property.type === 'Identifier'
        ? callee.property.name
        : '';
  const [first] = expression.arguments;
  if (!/^(?:t|translate|_|gettext)$/.test(name) || first?.type !== 'StringLiteral') return null;
  return first.value.replace(/^.*:/, '');
}

function containsElement(node: Node): boolean {
  const waiting: Node[] = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.type === 'JSXElement' || next.type === 'JSXFragment') return true;
    waiting.push(...childrenOf(next));
  }
  return false;
}

const VISIBLE_PROPERTIES =
  /^(?:label|title|heading|subtitle|placeholder|text|caption|description|headline|tagline|buttonText|header|tooltip|cta)$/;

/** { label: 'Home', href: '/' }: data that is shown as it is. */
function readVisibleProperty(model: FileModel, node: ObjectProperty): void {
  const name = node.key.type === 'Identifier' ? node.key.name : node.key.type === 'StringLiteral' ? node.key.value : '';
  if (node.computed || node.value.type !== 'StringLiteral' || !VISIBLE_PROPERTIES.test(name)) return;
  const start = (node.value.start ?? 0) + 1;
  const end = (node.value.end ?? 0) - 1;
  const quote = model.text.charAt(start - 1);
  const text = plainText(node.value.value);
  if ((quote !== "'" && quote !== '"') || text === '') return;
  const place: TextPlace = {
    path: model.path,
    text,
    start,
    end,
    escape: quote,
    element: null,
    attribute: null,
    key: name,
  };
  model.texts.push(place);
}
