import { reachFor, type Reach, type SheetReach } from './sheetReach.ts';
import { isImportOf } from './model/importPath.ts';
import type { FileModel, StyleRule } from './model/fileModel.ts';
import type { Selector } from './model/selector.ts';

/** What of an element a rule or a phrase can see, apart from what it stands in. */
export interface Appearance {
  tag: string;
  id: string;
  classes: readonly string[];
  attributes: ReadonlyMap<string, { value: string }>;
  pseudoElement: string | null;
  component: string | null;
  shows: readonly string[];
}

/**
 * Numbers elements by how they look to the rules, so that what holds for one card of a thousand is worked out once:
 * own tag, id, classes and the attributes that selectors name, the same of all that it stands in, and which
 * files' rules its own file can see.
 */
export class SubjectKinds {
  readonly #ids = new Map<string, number>();
  readonly #scopes = new Map<string, string>();
  readonly #attributes: readonly string[];

  constructor(models: readonly FileModel[], rules: readonly StyleRule[], reach: SheetReach) {
    const reaches = new Map<Reach, number>();
    const scoped = [...new Set(rules.flatMap((rule) => (rule.scoped ? [rule.path] : [])))];
    for (const { path, imports } of models) {
      const visible = scoped.filter((each) => each === path || imports.some((imported) => isImportOf(imported, each)));
      const reached = reachFor(reach, path);
      if (!reaches.has(reached)) reaches.set(reached, reaches.size);
      this.#scopes.set(path, [reaches.get(reached), ...visible].join('|'));
    }
    const named = rules.flatMap((rule) => rule.selectors.flatMap(attributesNamed));
    // Buttons are told from fields by their type, alerts by their role.
    this.#attributes = [...new Set([...named, 'type', 'role'])];
  }

  kindOf(
    { tag, id, classes, attributes, pseudoElement, component, shows }: Appearance,
    parent: number | null,
    path: string,
  ): number {
    const seen =
      attributes.size === 0 ? '' : this.#attributes.map((name) => attributes.get(name)?.value ?? '').join('\u0001');
    const around = parent === null ? (this.#scopes.get(path) ?? path) : String(parent);
    const key = `${around}\u0000${tag}#${id}.${classes.join('.')}::${pseudoElement ?? ''}[${seen}]${component ?? ''}{${shows.join(',')}}`;
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    this.#ids.set(key, this.#ids.size);
    return this.#ids.size - 1;
  }
}

/** The attributes that a selector asks for, also inside of :is and :not. */
function attributesNamed({ compounds }: Selector): string[] {
  return compounds.flatMap(({ attributes, tests }) => [
    ...attributes.map(({ name }) => name),
    ...tests.flatMap(({ selectors }) => selectors.flatMap(attributesNamed)),
  ]);
}
