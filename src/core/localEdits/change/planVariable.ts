import { writeColor } from '../colors/writeColor.ts';
import type { Intent } from '../intent.ts';
import type { StyleVariable } from '../model/fileModel.ts';
import type { RefusalReason } from '../plan.ts';
import type { StyleView } from '../styleView.ts';
import { conceptOf, conceptsIn } from '../target/concepts.ts';
import { mayMeet } from '../sheetReach.ts';
import { inSight } from '../target/lookAround.ts';
import { wordsOfPhrase, type Focus } from '../target/resolveTarget.ts';
import { sightOf } from '../target/sight.ts';
import { lineOf, type PlannedEdit } from './plannedEdit.ts';
import { ownerOfVariable, variableIn } from './variables.ts';
import { moveLength } from './writeLength.ts';

/** Words that say "variable of this kind" and no more. */
const KIND_WORDS = new Set(
  'color colour clr c theme variable token var base default size main radius spacing space font text width'.split(' '),
);

/** "the brand colour": the sentence names a variable, so everything that uses it may change. Null if it names none. */
export function planVariable(
  view: StyleView,
  intent: Intent,
  focus: Focus | null,
): PlannedEdit[][] | RefusalReason | null {
  const named = variablesNamed(view, intent);
  if (named.length === 0) return null;
  const sight = focus && sightOf(view.workspace.reach, focus.path);
  const base = inSight(
    named.filter((variable) => variable.global && variable.conditions.length === 0),
    sight,
  );
  if (base.length === 0 || new Set(base.map((variable) => variable.name)).size > 1) return 'many-targets';
  // Pages that share no sheet may each have their own; two that meet decide one thing together.
  const meeting = base.some((one, at) =>
    base.some((other, place) => place > at && mayMeet(view.workspace.reach, one.path, other.path)),
  );
  if (meeting) return 'many-targets';
  const readings: PlannedEdit[][] = [];
  for (const variable of base) {
    const css = newValue(intent, variable.value);
    if (css === null || variableIn(variable.value) !== null) return 'complex-value';
    if (css === variable.value) return 'nothing-to-change';
    readings.push([variableEdit(view, variable, css)]);
  }
  return readings;
}

function variableEdit(view: StyleView, variable: StyleVariable, css: string): PlannedEdit {
  const { path, name, value, valueStart, valueEnd } = variable;
  const text = view.files.get(path)?.text ?? '';
  const step = { path, line: lineOf(text, valueStart), what: name, property: name, from: value, to: css };
  const fact = { owner: ownerOfVariable(view, variable), name, before: value, after: css };
  return { path, start: valueStart, end: valueEnd, text: css, fact, step };
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
