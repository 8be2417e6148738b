import type { Step } from './pageSpec.ts';

/** The last step of a form in steps, which lists all answers before they are sent. It may have fields of its own. */
export const reviewStep = { isNamed, endWith };

/** Whether a title is one that people give to such a step. */
function isNamed(title: string): boolean {
  return /^(?:review|summary|overview|confirmation|confirm|check(?: your)? answers|check)$/i.test(title.trim());
}

/** The steps with a review at their end, unless they have one. */
function endWith(steps: readonly Step[]): readonly Step[] {
  return isNamed(steps.at(-1)?.title ?? '') ? steps : [...steps, { title: 'Review', fields: [] }];
}
