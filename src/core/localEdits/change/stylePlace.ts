import { compareSpecificity, rulesFor, selectorOf, winner } from '../cascade.ts';
import type { Declaration, FileModel, Insertion, MarkupElement, StyleRule } from '../model/fileModel.ts';
import type { IndexedSubject, StyleIndex, Workspace } from '../styleIndex.ts';
import { workspaceOf } from '../styleIndex.ts';

/** Where the declaration stands that decides today, or where a new one can go. */
export type StylePlace =
  | { kind: 'declaration'; path: string; owner: string; label: string; declaration: Declaration }
  | { kind: 'insertion'; path: string; owner: string; label: string; insertion: Insertion };

export type PlaceRefusal = 'shared-rule' | 'no-place' | 'important';

/** The place that decides some properties of a subject. `targets` are all subjects that may change with it. */
export function placeFor(
  index: StyleIndex,
  subject: IndexedSubject,
  properties: readonly string[],
  targets: ReadonlySet<IndexedSubject>,
): StylePlace | PlaceRefusal {
  const workspace = workspaceOf(index);
  const rules = rulesFor(workspace.rules, subject);
  const claim = winner(rules, properties);
  const inline = inlineClaim(subject.element, properties);
  if (inline && subject.element && !claim?.declaration.important) {
    return { kind: 'declaration', ...ownerOfElement(index, subject.element), declaration: inline };
  }
  if (claim && !affectsOthers(workspace, claim.declaration, claim.rule, properties, targets)) {
    return { kind: 'declaration', ...ownerOfRule(index, claim.rule), declaration: claim.declaration };
  }
  if (claim?.declaration.important) return 'important';
  return insertionFor(index, subject, rules, claim && { specificity: claim.specificity, rule: claim.rule }, targets);
}

function inlineClaim(element: MarkupElement | null, properties: readonly string[]): Declaration | null {
  return element?.inlineStyle.findLast((declaration) => properties.includes(declaration.property)) ?? null;
}

/** Whether changing a declaration would change something that was not named. */
function affectsOthers(
  workspace: Workspace,
  declaration: Declaration,
  rule: StyleRule,
  properties: readonly string[],
  targets: ReadonlySet<IndexedSubject>,
): boolean {
  return workspace.subjects.some((other) => {
    if (targets.has(other) || selectorOf(rule, other) === null) return false;
    return winner(rulesFor(workspace.rules, other), properties)?.declaration === declaration;
  });
}

interface Beaten {
  specificity: readonly [number, number, number];
  rule: StyleRule;
}

/** The last rule that is the subject's own and strong enough to win over what decides today. */
function insertionFor(
  index: StyleIndex,
  subject: IndexedSubject,
  rules: ReturnType<typeof rulesFor>,
  beaten: Beaten | null,
  targets: ReadonlySet<IndexedSubject>,
): StylePlace | PlaceRefusal {
  const workspace = workspaceOf(index);
  const own = rules.filter(
    ({ rule }) =>
      rule.insertion !== null &&
      workspace.subjects.every((other) => targets.has(other) || selectorOf(rule, other) === null),
  );
  const order = new Map(workspace.rules.map((rule, at) => [rule, at]));
  const strong = own.filter(({ rule, selector }) => {
    if (!beaten) return true;
    const compared = compareSpecificity(selector.specificity, beaten.specificity);
    return compared > 0 || (compared === 0 && (order.get(rule) ?? 0) > (order.get(beaten.rule) ?? 0));
  });
  const best = strong.sort((a, b) => compareSpecificity(b.selector.specificity, a.selector.specificity))[0];
  if (best?.rule.insertion)
    return { kind: 'insertion', ...ownerOfRule(index, best.rule), insertion: best.rule.insertion };
  const inline = subject.element?.inlineInsertion;
  if (inline && subject.element)
    return { kind: 'insertion', ...ownerOfElement(index, subject.element), insertion: inline };
  return rules.length > 0 ? 'shared-rule' : 'no-place';
}

function ownerOfRule(index: StyleIndex, rule: StyleRule): { path: string; owner: string; label: string } {
  return { path: rule.path, owner: `r${String(modelOf(index, rule.path).rules.indexOf(rule))}`, label: rule.label };
}

function ownerOfElement(index: StyleIndex, element: MarkupElement): { path: string; owner: string; label: string } {
  const owner = `e${String(modelOf(index, element.path).elements.indexOf(element))}`;
  const name = element.id ? `#${element.id}` : element.classes[0] ? `.${element.classes[0]}` : '';
  return { path: element.path, owner, label: `${element.tag}${name}` };
}

function modelOf(index: StyleIndex, path: string): FileModel {
  const model = index.files.get(path);
  if (!model) throw new Error(`no file ${path} in the index`);
  return model;
}
