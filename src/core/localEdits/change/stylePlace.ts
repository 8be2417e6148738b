import {
  compareLayers,
  isContested,
  keyOf,
  rulesFor,
  selectorOf,
  winner,
  type Claim,
  type FittingRule,
} from '../cascade.ts';
import type { Declaration, FileModel, Insertion, MarkupElement, StyleRule } from '../model/fileModel.ts';
import { compareSpecificity } from '../model/selector.ts';
import { mayTakeIn } from './mayTakeIn.ts';
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
    if (isTakenOver(workspace, rules, { ...claim, at: claim.declaration.start }, properties)) return 'important';
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
  // How much there is of it now is in the mixin.
  const isUnknown =
    !claim && isRelative(request) && rules.some(({ rule }) => mayTakeIn(workspace, rule, properties, -1));
  return isUnknown ? 'important' : insertionFor(request, rules, claim, properties);
}

function isRelative({ intent: { change } }: StyleRequest): boolean {
  if (change.kind === 'color') return change.value.kind === 'relative';
  return change.kind === 'length' && (change.amount.kind === 'step' || change.amount.kind === 'scale');
}

/** A declaration that stands at some place of a rule, or could. */
type Standing = Pick<Claim, 'rule' | 'specificity'> & { at: number };

/** Whether a mixin may have the last word: it stands behind the declaration, or in a rule that is as strong. */
function isTakenOver(
  workspace: Workspace,
  rules: readonly FittingRule[],
  standing: Standing,
  properties: readonly string[],
): boolean {
  const own = rules.findIndex(({ rule }) => rule === standing.rule);
  return rules.some(({ rule, selector }, place) => {
    if (rule.takes.length === 0) return false;
    if (place === own) return mayTakeIn(workspace, rule, properties, standing.at);
    const compared = compareSpecificity(selector.specificity, standing.specificity);
    return (compared > 0 || (compared === 0 && place > own)) && mayTakeIn(workspace, rule, properties, -1);
  });
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
  // Rules of a file that are written alike select alike, however often one stands there.
  const key = `${rule.path}\n${rule.scoped ? 'scoped' : ''}\n${rule.label}`;
  const known = workspace.selected.get(key);
  if (known) return known;
  const keys = new Set(rule.selectors.map(keyOf));
  const candidates = [...keys].flatMap((each) =>
    each === '*' ? workspace.subjects : (workspace.subjectsBy.get(each) ?? []),
  );
  const selected = [...new Set(candidates)].filter((subject) => selectorOf(rule, subject) !== null);
  workspace.selected.set(key, selected);
  return selected;
}

/** The rule of what is wished for, strong enough to win over what decides today, that serves the most of it. */
function insertionFor(
  { view, subject, targets, together }: StyleRequest,
  rules: readonly FittingRule[],
  beaten: Claim | null,
  properties: readonly string[],
): StylePlace | PlaceRefusal {
  const workspace = view.workspace;
  const beatenAt = rules.findIndex(({ rule }) => rule === beaten?.rule);
  const strong = rules.filter(({ rule, selector }, at) => {
    if (rule.insertion === null || othersOf(workspace, rule, targets).length > 0) return false;
    if (!beaten) return true;
    const compared = compareLayers(rule, beaten.rule) || compareSpecificity(selector.specificity, beaten.specificity);
    return compared > 0 || (compared === 0 && at > beatenAt);
  });
  // Of equally strong ones, that which says nothing about other files.
  const [best] = strong
    .map((fitting) => ({
      ...fitting,
      served: strong.length === 1 ? 0 : selectedBy(workspace, fitting.rule).filter((each) => together.has(each)).length,
    }))
    .sort(
      (a, b) =>
        b.served - a.served ||
        compareSpecificity(b.selector.specificity, a.selector.specificity) ||
        Number(b.rule.scoped) - Number(a.rule.scoped),
    );
  if (best?.rule.insertion) {
    const { rule, selector } = best;
    const standing = { rule, specificity: selector.specificity, at: best.rule.insertion.at };
    if (isTakenOver(workspace, rules, standing, properties)) return 'important';
    return { kind: 'insertion', ...ownerOfRule(view, rule), insertion: best.rule.insertion };
  }
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
