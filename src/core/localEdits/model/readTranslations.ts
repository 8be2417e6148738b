import { parseExpression } from '@babel/parser';
import type { Expression } from '@babel/types';
import type { FileModel } from './fileModel.ts';

/** Folders and file names that translations have. */
const TRANSLATION =
  /(?:^|\/)(?:locales?|i18n|lang|langs|languages?|translations?|messages|intl|nls)\/(?:.*\/)?[^/]+\.json$|(?:^|[/.])(?:[a-z]{2}(?:[-_][A-Z]{2})?|messages|translations?|strings)\.json$/;

export function isTranslation(path: string): boolean {
  return TRANSLATION.test(path);
}

/** Reads the strings of a translation file, each under its key: "auth.signIn". */
export function readTranslations(model: FileModel): void {
  const root = parseExpression(model.text.replace(/^\uFEFF/, ' '), { sourceType: 'script' });
  readValue(model, root, '', 0);
}

/** Keys nest a few deep; deeper is no translation file. */
const MAX_DEPTH = 12;

function readValue(model: FileModel, node: Expression, key: string, depth: number): void {
  if (node.type === 'StringLiteral') {
    const start = (node.start ?? 0) + 1;
    const end = (node.end ?? 0) - 1;
    const text = node.value.trim();
    if (text !== '')
      model.texts.push({ path: model.path, text, start, end, escape: 'json', element: null, attribute: null, key });
  } else if (node.type === 'ObjectExpression' && depth < MAX_DEPTH) {
    for (const property of node.properties) {
      if (property.type !== 'ObjectProperty' || property.key.type !== 'StringLiteral') continue;
      const inner = key === '' ? property.key.value : `${key}.${property.key.value}`;
      readValue(model, property.value as Expression, inner, depth + 1);
    }
  } else if (node.type === 'ArrayExpression' && depth < MAX_DEPTH) {
    for (const [index, item] of node.elements.entries()) {
      if (item && item.type !== 'SpreadElement') readValue(model, item, `${key}.${String(index)}`, depth + 1);
    }
  }
}
