import type { Declaration, StyleRule } from './model/fileModel.ts';
import { isImportOf } from './model/importPath.ts';
import type { Reach } from './sheetReach.ts';
import { compareSpecificity, selects, type Selectable, type Selector } from './model/selector.ts';

/** A declaration that reaches an element, with what decides whether it wins. */
export interface Claim {
  rule: StyleRule;
  declaration: Declaration;
  specificity: readonly [number, number, number];
}

/** What the cascade asks of a thing. */
export interface Styled extends Selectable {
  pseudoElement: string | null;
  /** The file it stands in, and what that file imports: scoped rules hold only there. */
  path: string;
  imports: readonly string[];
  /** Which files' rules reach it. */
  reach: Reach;
  /** Elements of one kind look the same to every rule. */
  kind: number;
}

/** Rules in the order of the cascade, found by what their selectors end in. */
export interface RuleTable {
  rules: readonly StyleRule[];
  /** Places in `rules` by "#id", ".class", "tag" or "*". */
  byKey: ReadonlyMap<string, readonly number[]>;
  /** By the kind of the element; see SubjectKinds. */
  remembered: Map<number, readonly FittingRule[]>;
}

/** A rule that selects an element, and the strongest selector by which it does. */
export interface FittingRule {
  rule: StyleRule;
  selector: Selector;
}

export function tableOf(rules: readonly StyleRule[]): RuleTable {
  const byKey = new Map<string, number[]>();
  for (const [at, rule] of rules.entries()) {
    for (const key of new Set(rule.selectors.map(keyOf))) {
      const list = byKey.get(key);
      if (list) list.push(at);
      else byKey.set(key, [at]);
    }
  }
  return { rules, byKey, remembered: new Map() };
}

/** What an element must have, at the least, for a selector to select it. */
export function keyOf(selector: Selector): string {
  const last = selector.compounds.at(-1);
  if (!last) return '*';
  if (last.id !== null) return `#${last.id}`;
  const [name] = last.classes;
  return name !== undefined ? `.${name}` : (last.tag ?? (last.root ? 'html' : '*'));
}

/** The keys that an element answers to. */
export function keysOf(element: Selectable): string[] {
  return [element.tag, ...(element.id === '' ? [] : [`#${element.id}`]), ...element.classes.map((name) => `.${name}`)];
}

/** Rules that hold always (no condition around them) and select the element in its plain state. */
export function rulesFor(table: RuleTable, element: Styled): readonly FittingRule[] {
  const known = table.remembered.get(element.kind);
  if (known) return known;
  const fitting = findRules(table, element);
  table.remembered.set(element.kind, fitting);
  return fitting;
}

function findRules({ rules, byKey }: RuleTable, element: Styled): FittingRule[] {
  const places = new Set([...keysOf(element), '*'].flatMap((key) => byKey.get(key) ?? []));
  return [...places]
    .sort((a, b) => a - b)
    .flatMap((at) => {
      const rule = rules[at];
      const selector = !rule || rule.conditions.length > 0 ? null : selectorOf(rule, element);
      return rule && selector ? [{ rule, selector }] : [];
    });
}

/** The strongest selector of a rule that selects the element; null if none does. */
export function selectorOf(rule: StyleRule, element: Styled): Selector | null {
  let best: Selector | null = null;
  for (const selector of rule.selectors) {
    if (selector.state || selector.opaque || selector.pseudoElement !== element.pseudoElement) continue;
    if (!selects(selector, element) || !isVisible(rule, element)) continue;
    if (!best || compareSpecificity(selector.specificity, best.specificity) > 0) best = selector;
  }
  return best;
}

function isVisible(rule: StyleRule, element: Styled): boolean {
  if (rule.path === element.path) return true;
  if (!rule.scoped) return element.reach.always?.has(rule.path) ?? true;
  return element.imports.some((imported) => isImportOf(imported, rule.path));
}

/** The declaration of one of these properties that wins for the element today; null if there is none. */
export function winner(rules: readonly FittingRule[], properties: readonly string[]): Claim | null {
  let best: Claim | null = null;
  for (const { rule, selector } of rules) {
    for (const declaration of rule.declarations) {
      if (!properties.includes(declaration.property)) continue;
      const claim = { rule, declaration, specificity: selector.specificity };
      // Rules come in the order of the cascade, so a later equal one wins.
      if (!best || compareClaims(claim, best) >= 0) best = claim;
    }
  }
  return best;
}

/**
 * Whether a declaration of another file claims as much, or one of another layer claims anything: which of the two wins
 * hangs on what a page loads last.
 */
export function isContested(claim: Claim, rules: readonly FittingRule[], properties: readonly string[]): boolean {
  return rules.some(({ rule, selector }) => {
    if (isOfUnknownOrder(rule, claim.rule)) {
      return rule.declarations.some(
        ({ property, important }) => properties.includes(property) && important === claim.declaration.important,
      );
    }
    if (rule.path === claim.rule.path || rule.scoped !== claim.rule.scoped) return false;
    return rule.declarations.some((declaration) => {
      const other = { rule, declaration, specificity: selector.specificity };
      return properties.includes(declaration.property) && compareClaims(other, claim) === 0;
    });
  });
}

/** Two layers of a style sheet: which of them was named first decides, wherever that was. */
function isOfUnknownOrder(a: StyleRule, b: StyleRule): boolean {
  return a.layer !== b.layer && compareLayers(a, b) === 0;
}

function compareClaims(a: Claim, b: Claim): number {
  const important = Number(a.declaration.important) - Number(b.declaration.important);
  if (important !== 0) return important;
  return (
    compareLayers(a.rule, b.rule) * (a.declaration.important ? -1 : 1) ||
    compareSpecificity(a.specificity, b.specificity)
  );
}

/** What a build with Tailwind always puts in this order, and last what stands in no layer. */
const LAYERS = ['theme', 'base', 'components', 'utilities', ''];

/** Which of two rules wins by its layer alone; 0 where that is not known, or where it is the same. */
export function compareLayers(a: StyleRule, b: StyleRule): number {
  if (a.layer === b.layer) return 0;
  if (a.layer === '' || b.layer === '') return a.layer === '' ? 1 : -1;
  const [first, second] = [LAYERS.indexOf(a.layer), LAYERS.indexOf(b.layer)];
  return first < 0 || second < 0 ? 0 : first - second;
}
