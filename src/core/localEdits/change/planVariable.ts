import { writeColor } from '../colors/writeColor.ts';
import type { Intent } from '../intent.ts';
import type { StyleVariable } from '../model/fileModel.ts';
import type { RefusalReason } from '../plan.ts';
import type { StyleView } from '../styleView.ts';
import { conceptOf, conceptsIn } from '../target/concepts.ts';
import { wordsOfPhrase } from '../target/resolveTarget.ts';
import { lineOf, type PlannedEdit } from './plannedEdit.ts';
import { ownerOfVariable, variableIn } from './variables.ts';
import { moveLength } from './writeLength.ts';

/** Words that say "variable of this kind" and no more. */
const KIND_WORDS = new Set(
  'color colour clr c theme variable token var base default size main radius spacing space font text width'.split(' '),
);

/** "the brand colour": the sentence names a variable, so everything that uses it may change. Null if it names none. */
export function planVariable(view: StyleView, intent: Intent): PlannedEdit[][] | RefusalReason | null {
  const named = variablesNamed(view, intent);
  if (named.length === 0) return null;
  const base = named.filter((variable) => variable.global && variable.conditions.length === 0);
  const [only] = base;
  if (!only || new Set(base.map((variable) => variable.name)).size > 1 || base.length > 1) return 'many-targets';
  const css = newValue(intent, only.value);
  if (css === null || variableIn(only.value) !== null) return 'complex-value';
  if (css === only.value) return 'nothing-to-change';
  const { path, name, value, valueStart, valueEnd } = only;
  const text = view.files.get(path)?.text ?? '';
  const step = { path, line: lineOf(text, valueStart), what: name, property: name, from: value, to: css };
  const fact = { owner: ownerOfVariable(view, only), name, before: value, after: css };
  return [[{ path, start: valueStart, end: valueEnd, text: css, fact, step }]];
}

function newValue({ change }: Intent, current: string): string | null {
  if (change.kind === 'color') return writeColor(change.value, current);
  return change.kind === 'length' ? moveLength(current, change.amount, change.property) : null;
}

function variablesNamed(view: StyleView, { target, change }: Intent): StyleVariable[] {
  const { variables } = view.workspace;
  if (target.selector !== null) return variables.filter((variable) => variable.name === target.selector);
  if (change.kind !== 'color' || change.property !== 'surface') return [];
  const wanted = new Set(
    wordsOfPhrase(target)
      .map(conceptOf)
      .filter((word) => !KIND_WORDS.has(word)),
  );
  if (wanted.size === 0) return [];
  return variables.filter((variable) => {
    const own = conceptsIn(variable.name.replace(/^[-$@]+/, ''));
    const bare = own.filter((concept) => !KIND_WORDS.has(concept));
    return bare.length === wanted.size && bare.every((concept) => wanted.has(concept));
  });
}
