import { rulesFor, winner } from '../cascade.ts';
import type { IndexedSubject } from '../workspace.ts';
import type { StyleView } from '../styleView.ts';
import { isPlural } from '../target/concepts.ts';

/** Whose gap it is: the container of "the cards", or the toolbar itself; null where nothing lays things out. */
export function gapContainer(view: StyleView, subject: IndexedSubject, many: boolean): IndexedSubject | null {
  const parent = subject.parent;
  const collects = subject.classes.some((name) => isPlural(/[\p{L}\p{N}]+$/u.exec(name)?.[0] ?? name));
  const own = laysOut(view, subject);
  const outer = parent !== null && laysOut(view, parent);
  if (many && !collects && outer) return parent;
  if (own) return subject;
  return outer ? parent : null;
}

function laysOut(view: StyleView, subject: IndexedSubject): boolean {
  if (subject.classes.some((name) => /^(?:inline-)?(?:flex|grid)$|^gap-/.test(name))) return true;
  const rules = rulesFor(view.workspace.table, subject);
  if (winner(rules, ['gap', 'grid-gap', 'row-gap', 'column-gap'])) return true;
  const inline = subject.element?.inlineStyle.find(({ property }) => property === 'display')?.value;
  return /\b(?:flex|grid)\b/.test(inline ?? winner(rules, ['display'])?.declaration.value ?? '');
}
