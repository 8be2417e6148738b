import { compareLayers, isContested, keyOf, rulesFor, selectorOf, winner, type FittingRule } from '../cascade.ts';
import type { Declaration, FileModel, Insertion, MarkupElement, StyleRule } from '../model/fileModel.ts';
import { compareSpecificity } from '../model/selector.ts';
import { readUtility } from './utilityClasses.ts';
import type { StyleRequest } from './styleRequest.ts';
import type { StyleView } from '../styleView.ts';
import type { IndexedSubject, Workspace } from '../workspace.ts';

/** Where the declaration stands that decides today, or where a new one can go. */
export type StylePlace =
  | { kind: 'declaration'; path: string; owner: string; label: string; declaration: Declaration }
  | { kind: 'insertion'; path: string; owner: string; label: string; insertion: Insertion };

export type PlaceRefusal = 'shared-rule' | 'two-rules' | 'no-place' | 'important';

/** The place that decides some properties of the subject of a request. */
export function placeFor(request: StyleRequest, properties: readonly string[]): StylePlace | PlaceRefusal {
  const { view, subject, targets } = request;
  const workspace = view.workspace;
  const rules = rulesFor(workspace.table, subject);
  const claim = winner(rules, properties);
  const inline = inlineClaim(subject.element, properties);
  if (inline && subject.element && !claim?.declaration.important) {
    return { kind: 'declaration', ...ownerOfElement(view, subject.element), declaration: inline };
  }
  if (claim && isContested(claim, rules, properties)) return 'two-rules';
  if (claim && !affectsOthers(workspace, claim.declaration, claim.rule, properties, targets)) {
    return { kind: 'declaration', ...ownerOfRule(view, claim.rule), declaration: claim.declaration };
  }
  if (claim?.declaration.important) return 'important';
  // What @apply brings is styled by other means; a declaration beside it would leave two words on one matter.
  if (
    !claim &&
    rules.some(({ rule }) => rule.applies.some((name) => properties.includes(readUtility(name)?.family ?? '')))
  ) {
    return 'important';
  }
  return insertionFor(request, rules, claim && { specificity: claim.specificity, rule: claim.rule });
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
  return othersOf(workspace, rule, targets).some(
    (other) => winner(rulesFor(workspace.table, other), properties)?.declaration === declaration,
  );
}

/** Worked out once for a rule and those named, however many of them there are. */
const others = new WeakMap<ReadonlySet<IndexedSubject>, Map<StyleRule, IndexedSubject[]>>();

/** The subjects that a rule selects and nobody named; one of each kind. */
function othersOf(workspace: Workspace, rule: StyleRule, targets: ReadonlySet<IndexedSubject>): IndexedSubject[] {
  const known = others.get(targets) ?? new Map<StyleRule, IndexedSubject[]>();
  others.set(targets, known);
  const ready = known.get(rule);
  if (ready) return ready;
  const kinds = new Map<number, IndexedSubject>();
  for (const subject of selectedBy(workspace, rule))
    if (!targets.has(subject) && !subject.state) kinds.set(subject.kind, subject);
  const found = [...kinds.values()];
  known.set(rule, found);
  return found;
}

/** The subjects that a rule selects. */
function selectedBy(workspace: Workspace, rule: StyleRule): readonly IndexedSubject[] {
  const known = workspace.selected.get(rule);
  if (known) return known;
  const keys = new Set(rule.selectors.map(keyOf));
  const candidates = [...keys].flatMap((key) =>
    key === '*' ? workspace.subjects : (workspace.subjectsBy.get(key) ?? []),
  );
  const selected = [...new Set(candidates)].filter((subject) => selectorOf(rule, subject) !== null);
  workspace.selected.set(rule, selected);
  return selected;
}

interface Beaten {
  specificity: readonly [number, number, number];
  rule: StyleRule;
}

/** The rule of what is wished for, strong enough to win over what decides today, that serves the most of it. */
function insertionFor(
  { view, subject, targets, together }: StyleRequest,
  rules: ReturnType<typeof rulesFor>,
  beaten: Beaten | null,
): StylePlace | PlaceRefusal {
  const workspace = view.workspace;
  const own = rules.filter(({ rule }) => rule.insertion !== null && othersOf(workspace, rule, targets).length === 0);
  const strong = own.filter(({ rule, selector }) => {
    if (!beaten) return true;
    const compared = compareLayers(rule, beaten.rule) || compareSpecificity(selector.specificity, beaten.specificity);
    return compared > 0 || (compared === 0 && workspace.rules.indexOf(rule) > workspace.rules.indexOf(beaten.rule));
  });
  const served = ({ rule }: FittingRule): number =>
    selectedBy(workspace, rule).filter((each) => together.has(each)).length;
  // Of equally strong ones, that which says nothing about other files.
  const best = strong.sort(
    (a, b) =>
      served(b) - served(a) ||
      compareSpecificity(b.selector.specificity, a.selector.specificity) ||
      Number(b.rule.scoped) - Number(a.rule.scoped),
  )[0];
  if (best?.rule.insertion)
    return { kind: 'insertion', ...ownerOfRule(view, best.rule), insertion: best.rule.insertion };
  const inline = subject.element?.inlineInsertion;
  if (inline && subject.element)
    return { kind: 'insertion', ...ownerOfElement(view, subject.element), insertion: inline };
  return rules.length > 0 ? 'shared-rule' : 'no-place';
}

function ownerOfRule(view: StyleView, rule: StyleRule): { path: string; owner: string; label: string } {
  return { path: rule.path, owner: `r${String(modelOf(view, rule.path).rules.indexOf(rule))}`, label: rule.label };
}

function ownerOfElement(view: StyleView, element: MarkupElement): { path: string; owner: string; label: string } {
  const owner = `e${String(modelOf(view, element.path).elements.indexOf(element))}`;
  const name = element.id ? `#${element.id}` : element.classes[0] ? `.${element.classes[0]}` : '';
  return { path: element.path, owner, label: `${element.tag}${name}` };
}

function modelOf(view: StyleView, path: string): FileModel {
  const model = view.files.get(path);
  if (!model) throw new Error(`no file ${path} in the view`);
  return model;
}
