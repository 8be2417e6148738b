import type { Declaration, StyleRule } from './model/fileModel.ts';
import { selects, type Selectable, type Selector } from './model/selector.ts';

/** A declaration that reaches an element, with what decides whether it wins. */
export interface Claim {
  rule: StyleRule;
  declaration: Declaration;
  specificity: readonly [number, number, number];
}

/** Rules that hold always (no condition around them) and select the element in its plain state. */
export function rulesFor(
  rules: readonly StyleRule[],
  element: Selectable & { pseudoElement: string | null },
): { rule: StyleRule; selector: Selector }[] {
  return rules.flatMap((rule) => {
    if (rule.conditions.length > 0) return [];
    const fitting = rule.selectors.filter(
      (one) => !one.state && !one.opaque && one.pseudoElement === element.pseudoElement && selects(one, element),
    );
    const [selector] = fitting.sort((a, b) => compareSpecificity(b.specificity, a.specificity));
    return selector ? [{ rule, selector }] : [];
  });
}

/** The declaration of one of these properties that wins for the element today; null if there is none. */
export function winner(
  rules: readonly { rule: StyleRule; selector: Selector }[],
  properties: readonly string[],
): Claim | null {
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

function compareClaims(a: Claim, b: Claim): number {
  const important = Number(a.declaration.important) - Number(b.declaration.important);
  return important !== 0 ? important : compareSpecificity(a.specificity, b.specificity);
}

export function compareSpecificity(a: readonly number[], b: readonly number[]): number {
  for (let index = 0; index < 3; index++) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
