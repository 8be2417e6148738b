import type { Node, TaggedTemplateExpression, VariableDeclarator } from '@babel/types';
import type { FileModel } from './fileModel.ts';
import { readStyledObject } from './readStyledObject.ts';
import { readStyles } from './readStyles.ts';

/**
 * Reads const Card = styled.div`…`, styled(Button)`…`, styled.div({ … }), createGlobalStyle`…`, and the css`…` of a
 * name that elements take as css={name}; other templates are left alone.
 */
export function readStyledTemplate(model: FileModel, node: VariableDeclarator | TaggedTemplateExpression): void {
  if (node.type === 'TaggedTemplateExpression') {
    if (node.tag.type === 'Identifier' && node.tag.name === 'createGlobalStyle') readTemplate(model, node, null);
    return;
  }
  if (node.id.type !== 'Identifier' || !node.init) return;
  const { name } = node.id;
  if (node.init.type === 'CallExpression') {
    const [styles, ...others] = node.init.arguments;
    const tag = styledTag(node.init.callee);
    if (tag !== null && styles?.type === 'ObjectExpression' && others.length === 0)
      readStyledObject(model, styles, { name, tag });
    return;
  }
  if (node.init.type !== 'TaggedTemplateExpression') return;
  const tag = isCssProp(model, node.init.tag, name) ? '' : styledTag(node.init.tag);
  if (tag !== null) readTemplate(model, node.init, { name, tag });
}

/** Whether a css`…` is what elements take as css={name}, and no other styles take it in. */
function isCssProp({ text }: FileModel, tag: Node, name: string): boolean {
  return (
    tag.type === 'Identifier' && tag.name === 'css' && text.includes(`css={${name}}`) && !text.includes(`\${${name}}`)
  );
}

/** The element behind styled.div, styled('div'), styled.div.attrs(…), styled(Link); null for other templates. */
function styledTag(node: Node): string | null {
  if (node.type === 'MemberExpression' && node.property.type === 'Identifier') {
    if (node.object.type === 'Identifier' && node.object.name === 'styled') return node.property.name.toLowerCase();
    return null;
  }
  if (node.type !== 'CallExpression') return null;
  if (node.callee.type === 'Identifier' && node.callee.name === 'styled') {
    const [first] = node.arguments;
    return first?.type === 'StringLiteral' ? first.value : '';
  }
  return node.callee.type === 'MemberExpression' ? styledTag(node.callee.object) : null;
}

function readTemplate(
  model: FileModel,
  node: TaggedTemplateExpression,
  component: { name: string; tag: string } | null,
): void {
  const { quasis } = node.quasi;
  const start = quasis[0]?.start ?? 0;
  const end = quasis.at(-1)?.end ?? start;
  let css = '';
  let at = start;
  for (const quasi of quasis) {
    css += standIn(css, model.text, at, quasi.start ?? at) + model.text.slice(quasi.start ?? at, quasi.end ?? at);
    at = quasi.end ?? at;
  }
  if (css.length !== end - start) throw new Error('the stand-ins must keep every offset');
  readStyles(model, { css, offset: start, language: 'scss', component, scoped: component !== null });
}

/** Stands for ${…} without moving an offset: a comment where a declaration may begin, else a word. */
function standIn(before: string, text: string, from: number, to: number): string {
  const length = to - from;
  if (length === 0) return '';
  const opens = /(?:^|[;{}])\s*$/.test(before.slice(-200));
  const after = /^\s*(.)/.exec(text.slice(to, to + 200))?.[1] ?? ';';
  const alone =
    opens && (after === ';' || after === '}' || after === '`' || /^[ \t]*\r?\n/.test(text.slice(to, to + 200)));
  return alone ? `/*${'*'.repeat(Math.max(0, length - 4))}*/` : 'v'.repeat(length);
}
