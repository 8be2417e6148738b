import type { FileModel, StyleVariable } from '../model/fileModel.ts';
import type { Styled } from '../cascade.ts';
import { mayMeet, mayReach } from '../sheetReach.ts';
import type { StyleView } from '../styleView.ts';

/** The variable that a value is, and nothing else: var(--x), $x, theme.$x, @x. */
export function variableIn(value: string): string | null {
  const match = /^(?:var\(\s*(--[\w-]+)\s*\)|(?:(?:[a-z][\w-]*\.)?(\$[\w-]+)|(@[\w-]+)))$/i.exec(value.trim());
  return match?.[1] ?? match?.[2] ?? match?.[3] ?? null;
}

/** Where a variable is asked for: what stands there sees the definitions that reach it. */
export type Reader = Pick<Styled, 'reach'>;

/** The variables of that name that hold everywhere: on the root, under no condition; and those that hold sometimes. */
export function definitionsOf(
  view: StyleView,
  name: string,
  { reach }: Reader,
): { base: StyleVariable[]; others: StyleVariable[] } {
  const all = view.workspace.variables.filter((variable) => variable.name === name && mayReach(reach, variable.path));
  const base = all.filter(
    ({ path, global, conditions }) => global && conditions.length === 0 && (reach.always?.has(path) ?? true),
  );
  return { base, others: all.filter((variable) => !base.includes(variable)) };
}

/** How often a variable is named in the files where this definition of it may be meant, its definitions aside. */
export function usesOf(view: StyleView, { name, path }: StyleVariable): number {
  const { reach, variables } = view.workspace;
  const definitions = variables.filter((each) => each.name === name && mayMeet(reach, path, each.path)).length;
  let count = 0;
  for (const file of view.filesNaming(name)) if (mayMeet(reach, path, file.path)) count += countWord(file.text, name);
  return count - definitions;
}

function countWord(text: string, word: string): number {
  let count = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const before = text.charAt(at - 1);
    const after = text.charAt(at + word.length);
    if (!/[\w-]/.test(after) && !/[\w-]/.test(before)) count++;
  }
  return count;
}

/** The plain value behind a value: variables looked up, at most a few deep; null where one has no single value. */
export function resolveValue(view: StyleView, value: string, reader: Reader, depth = 0): string | null {
  const name = variableIn(value);
  if (name === null) return value;
  const { base } = definitionsOf(view, name, reader);
  const [only] = base;
  return only && base.length === 1 && depth < MAX_DEPTH ? resolveValue(view, only.value, reader, depth + 1) : null;
}

/** Whether a value written in its place would lose what the variable is in the dark, or under another condition. */
export function isThemed(view: StyleView, value: string, reader: Reader): boolean {
  const name = variableIn(value);
  return name !== null && definitionsOf(view, name, reader).others.length > 0;
}

/** Variables that point at variables: deeper than this is a loop or a riddle. */
const MAX_DEPTH = 4;

/** The owner of a variable for the proof: v and its place in the file. */
export function ownerOfVariable(view: StyleView, variable: StyleVariable): string {
  const model: FileModel | undefined = view.files.get(variable.path);
  return `v${String(model?.variables.indexOf(variable) ?? -1)}`;
}
