import { applyChanges } from './applyChanges.ts';
import type { PlannedEdit } from './change/plannedEdit.ts';
import type { FileModel } from './model/fileModel.ts';
import { readFile } from './model/readFile.ts';
import type { FileEdit } from './plan.ts';

/**
 * Reads each file again as it would be afterwards, and holds the plan to its word: the facts that it meant to change
 * have changed, and no other fact has.
 */
export function prove(
  files: ReadonlyMap<string, FileModel>,
  edits: readonly FileEdit[],
  planned: readonly PlannedEdit[],
): boolean {
  return edits.every(({ path, changes }) => {
    const model = files.get(path);
    const text = model && applyChanges(model.text, changes);
    if (!model || text === null || text === undefined || text === model.text) return false;
    const after = readFile(path, text);
    if (!after || after.unread !== null) return false;
    const expected = expectedFacts(
      model,
      planned.filter((edit) => edit.path === path),
    );
    return expected !== null && sameFacts(expected, factsOf(after));
  });
}

function expectedFacts(model: FileModel, planned: readonly PlannedEdit[]): string[] | null {
  const facts = factsOf(model);
  for (const { fact } of planned) {
    if (fact.before !== null) {
      const at = facts.indexOf(factText(fact.owner, fact.name, fact.before));
      if (at < 0) return null;
      facts.splice(at, 1);
    }
    if (fact.after !== null) facts.push(factText(fact.owner, fact.name, fact.after));
  }
  return facts;
}

function sameFacts(a: string[], b: string[]): boolean {
  if (a.length !== b.length) return false;
  a.sort();
  b.sort();
  return a.every((fact, index) => fact === b[index]);
}

/** Everything a file says, one string each. Rules, elements, texts and variables are known by their place in order. */
export function factsOf(model: FileModel): string[] {
  const facts: string[] = [];
  for (const [index, rule] of model.rules.entries()) {
    facts.push(factText(`r${String(index)}`, 'selector', `${rule.conditions.join(' ')} ${rule.label}`));
    for (const { property, value, important } of rule.declarations) {
      if (/^[-$@]{1,2}(?!webkit|moz|ms|o-)/.test(property) && !property.startsWith('-webkit')) continue;
      facts.push(factText(`r${String(index)}`, property, important ? `${value} !important` : value));
    }
  }
  for (const [index, element] of model.elements.entries()) {
    const owner = `e${String(index)}`;
    facts.push(factText(owner, 'tag', `${element.tag} in ${element.parent?.tag ?? ''}`));
    for (const [name, { value }] of element.attributes) {
      if (name !== 'class' && (name !== 'style' || element.inlineStyle.length === 0))
        facts.push(factText(owner, `@${name}`, value));
    }
    for (const name of element.classes) facts.push(factText(owner, 'class', name));
    for (const { property, value, important } of element.inlineStyle) {
      facts.push(factText(owner, property, important ? `${value} !important` : value));
    }
  }
  for (const [index, { text, attribute }] of model.texts.entries()) {
    // A spoken attribute is a fact of its element already.
    if (attribute === null) facts.push(factText(`t${String(index)}`, 'text', text));
  }
  for (const [index, { name, value }] of model.variables.entries())
    facts.push(factText(`v${String(index)}`, name, value));
  return facts;
}

function factText(owner: string, name: string, value: string): string {
  return `${owner}\u0000${name}\u0000${value}`;
}
