import type { JSXAttribute, Node } from '@babel/types';
import type { MarkupElement } from './fileModel.ts';

/** Reads className: a string, a CSS module's member, a template, a call like clsx(…). */
export function readClassExpression(element: MarkupElement, value: NonNullable<JSXAttribute['value']> | null): void {
  if (!value) return;
  if (value.type === 'StringLiteral') readPlain(element, value);
  else if (value.type === 'JSXExpressionContainer') readParts(element, value.expression);
}

function readPlain(element: MarkupElement, node: Extract<Node, { type: 'StringLiteral' }>): void {
  addClasses(element, node.value);
  element.classList = { start: (node.start ?? 0) + 1, end: (node.end ?? 0) - 1 };
}

function readParts(element: MarkupElement, node: Node): void {
  switch (node.type) {
    case 'StringLiteral':
      readPlain(element, node);
      break;
    case 'MemberExpression':
      if (node.property.type === 'Identifier' && !node.computed) addClasses(element, node.property.name);
      else if (node.property.type === 'StringLiteral') addClasses(element, node.property.value);
      else element.computedClasses = true;
      break;
    case 'TemplateLiteral':
      readTemplate(element, node);
      break;
    case 'CallExpression':
      readCall(element, node);
      break;
    default:
      element.computedClasses = true;
  }
}

function readTemplate(element: MarkupElement, node: Extract<Node, { type: 'TemplateLiteral' }>): void {
  for (const quasi of node.quasis) addClasses(element, quasi.value.cooked ?? '');
  const [only] = node.quasis;
  if (node.expressions.length === 0 && only) {
    element.classList = { start: only.start ?? 0, end: only.end ?? 0 };
    return;
  }
  for (const expression of node.expressions) readParts(element, expression);
  element.classList = null;
  element.computedClasses = true;
}

/** clsx('a b', active && 'c'): the first string holds always and can be rewritten; the rest only sometimes. */
function readCall(element: MarkupElement, node: Extract<Node, { type: 'CallExpression' }>): void {
  const [first, ...rest] = node.arguments;
  if (first) readParts(element, first);
  const list = element.classList;
  for (const argument of rest) {
    if (argument.type === 'MemberExpression' || argument.type === 'StringLiteral') readParts(element, argument);
    else element.computedClasses = true;
  }
  element.classList = first?.type === 'StringLiteral' ? list : null;
}

function addClasses(element: MarkupElement, list: string): void {
  element.classes.push(...list.split(/\s+/).filter((name) => name !== ''));
}
