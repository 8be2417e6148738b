import type { StyleRule } from '../model/fileModel.ts';
import type { TakenIn } from '../model/mixin.ts';
import type { Workspace } from '../workspace.ts';

/** Whether something that a rule takes in, or some of it, may declare one of some properties, or a part of one. */
export function mayTakeIn(
  workspace: Workspace,
  rule: StyleRule,
  properties: readonly string[],
  behind: number,
): boolean {
  return rule.takes.some((taken) => {
    if (taken.at <= behind) return false;
    // What is extended stays where it is: a declaration behind it wins over it.
    const isBefore = taken.at === Infinity && behind >= 0 && standsBefore(workspace, taken.name, rule);
    return !isBefore && mayDeclare(workspace, taken, properties, 0);
  });
}

function standsBefore({ rules }: Workspace, name: string, { path, order }: StyleRule): boolean {
  const extended = rules.filter(({ label }) => label === name);
  return extended.length > 0 && extended.every((each) => each.path === path && each.order < order);
}

/** Mixins of mixins: deeper than this is a loop or a riddle. */
const MAX_DEPTH = 6;

/** What nobody here defines may declare anything; where it is called with braces, it is a query around them. */
function mayDeclare(workspace: Workspace, taken: TakenIn, properties: readonly string[], depth: number): boolean {
  const mixins = workspace.mixins.get(taken.name) ?? [];
  const rules = /^[.#%]/.test(taken.name) ? workspace.rules.filter(({ label }) => label === taken.name) : [];
  if (mixins.length + rules.length === 0) return taken.content === null;
  if (depth === MAX_DEPTH) return true;
  const inner = [...mixins, ...rules].flatMap(({ takes }) => takes);
  const content = mixins.some(({ showsContent }) => showsContent) ? (taken.content ?? []) : [];
  return (
    content.some((name) => concerns(name, properties)) ||
    mixins.some((mixin) => mixin.properties.some((name) => concerns(name, properties))) ||
    rules.some(({ declarations }) => declarations.some(({ property }) => concerns(property, properties))) ||
    inner.some((each) => mayDeclare(workspace, each, properties, depth + 1))
  );
}

/** Whether a declaration says something about a property: of itself, as its shorthand or as a part of it. */
function concerns(name: string, properties: readonly string[]): boolean {
  if (name.includes('#{') || name.includes('@{')) return true;
  return properties.some((property) => property === name || isPart(property, name) || isPart(name, property));
}

/** Corners are no part of the border that they round. */
function isPart(part: string, whole: string): boolean {
  return part.startsWith(`${whole}-`) && part !== 'border-radius';
}
