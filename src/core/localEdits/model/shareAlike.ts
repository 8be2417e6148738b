import type { Declaration, FileModel } from './fileModel.ts';

/**
 * Lets the elements of a file share what is alike in them: tags, class lists, having no style of their own. A page has
 * a hundred cards, and an index a thousand pages.
 */
export function shareAlike(model: FileModel): void {
  const tags = new Map<string, string>();
  const lists = new Map<string, string[]>();
  for (const element of model.elements) {
    element.tag = firstOf(tags, element.tag, element.tag);
    element.classes = firstOf(lists, element.classes.join(' '), element.classes.slice());
    if (element.inlineStyle.length === 0) element.inlineStyle = NO_STYLE;
  }
}

const NO_STYLE: Declaration[] = [];

function firstOf<T>(known: Map<string, T>, key: string, own: T): T {
  const first = known.get(key);
  if (first === undefined) known.set(key, own);
  return first ?? own;
}
