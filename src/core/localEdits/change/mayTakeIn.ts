import type { StyleRule } from '../model/fileModel.ts';
import type { Mixin, TakenIn } from '../model/mixin.ts';
import type { Workspace } from '../workspace.ts';

/** Whether something that a rule takes in, or some of it, may declare one of some properties, or a part of one. */
export function mayTakeIn(
  workspace: Workspace,
  rule: StyleRule,
  properties: readonly string[],
  behind: number,
): boolean {
  const taken = rule.takes.filter(({ at, name }) => {
    // What is extended stays where it is: a declaration behind it wins over it.
    const isBefore = at === Infinity && behind >= 0 && standsBefore(workspace, name, rule);
    return at > behind && !isBefore;
  });
  return taken.length > 0 && mayDeclare(workspace, taken, properties);
}

function standsBefore({ rules }: Workspace, name: string, { path, order }: StyleRule): boolean {
  const extended = rules.filter(({ label }) => label === name);
  return extended.length > 0 && extended.every((each) => each.path === path && each.order < order);
}

/** What nobody here defines may declare anything; where it is called with braces, it is a query around them. */
function mayDeclare(workspace: Workspace, taken: readonly TakenIn[], properties: readonly string[]): boolean {
  const waiting = [...taken];
  // Mixins take in mixins, in circles too: each is looked into once.
  const known = new Map<string, Source | null>();
  for (let each = waiting.pop(); each !== undefined; each = waiting.pop()) {
    const { name, content } = each;
    let source = known.get(name);
    if (source === undefined) {
      source = sourceOf(workspace, name);
      known.set(name, source);
      if (source?.properties.some((property) => concerns(property, properties)) === true) return true;
      for (const inner of source?.takes ?? []) waiting.push(inner);
    }
    if (source === null && content === null) return true;
    if (source?.showsContent === true && content?.some((property) => concerns(property, properties)) === true)
      return true;
  }
  return false;
}

/** What all mixins and rules of a name give to whoever takes them in. */
type Source = Pick<Mixin, 'properties' | 'takes' | 'showsContent'>;

function sourceOf(workspace: Workspace, name: string): Source | null {
  const mixins = workspace.mixins.get(name) ?? [];
  const rules = /^[.#%]/.test(name) ? workspace.rules.filter(({ label }) => label === name) : [];
  if (mixins.length + rules.length === 0) return null;
  const declared = rules.flatMap(({ declarations }) => declarations.map(({ property }) => property));
  return {
    properties: [...mixins.flatMap((mixin) => mixin.properties), ...declared],
    takes: [...mixins, ...rules].flatMap(({ takes }) => takes),
    showsContent: mixins.some((mixin) => mixin.showsContent),
  };
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
