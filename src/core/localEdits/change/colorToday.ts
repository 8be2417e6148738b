import { rulesFor, winner } from '../cascade.ts';
import type { ColorValue } from '../colors/colorValue.ts';
import { isOfHue, parseColor } from '../colors/writeColor.ts';
import type { ColorProperty, Intent, TargetPhrase } from '../intent.ts';
import type { IndexedSubject } from '../workspace.ts';
import type { StyleView } from '../styleView.ts';
import { resolveTarget, wordsOfPhrase, type Focus, type SubjectGroup } from '../target/resolveTarget.ts';
import { fillsOrWrites } from './colorSubject.ts';
import { colorPart } from './newValue.ts';
import { definitionsOf, isThemed, resolveValue, variableIn, type Reader } from './variables.ts';

/**
 * The colour a named thing has today ("like the header"), as it can be written where the reader stands; null if the
 * name or the colour is not clear.
 */
export function colorToday(
  view: StyleView,
  phrase: TargetPhrase,
  property: ColorProperty,
  { focus, reader }: { focus: Focus | null; reader: Reader },
): string | null {
  const { groups, elsewhere } = resolveTarget(view.workspace, phrase, focus);
  const [group] = groups;
  const subject = group?.subjects[0];
  if (!subject || groups.length > 1 || elsewhere.length > 0) return null;
  const color = colorOfSubject(view, subject, property, wordsOfPhrase(phrase));
  const name = color === null ? null : variableIn(color);
  if (color === null || name === null) return color;
  // theme.$x means something only where that module was taken in by that name.
  if (!color.includes('.') && isSameVariable(view, name, subject, reader)) return color;
  return isThemed(view, color, subject) ? null : resolveValue(view, color, subject);
}

/** On another page a variable of that name may be another one, or none. */
function isSameVariable(view: StyleView, name: string, one: Reader, other: Reader): boolean {
  const [here, there] = [definitionsOf(view, name, one).base, definitionsOf(view, name, other).base];
  return here.length === there.length && here.every((variable, at) => variable === there[at]);
}

/** The colour that a thing has today, as it is written there; null where it is none, or not clear. */
export function colorOfSubject(
  view: StyleView,
  subject: IndexedSubject,
  property: ColorProperty,
  words: readonly string[],
): string | null {
  const settled = property === 'surface' ? fillsOrWrites(view.workspace, subject, words) : property;
  const names =
    settled === 'background'
      ? ['background', 'background-color']
      : settled === 'color'
        ? ['color']
        : ['border', 'border-color'];
  const inline = subject.element?.inlineStyle.findLast((declaration) => names.includes(declaration.property));
  const value = inline?.value ?? winner(rulesFor(view.workspace.table, subject), names)?.declaration.value;
  if (value === undefined) return null;
  const part = colorPart(value);
  return typeof part === 'string' ? null : part.text;
}

/** Keeps the groups that have today the colour that the sentence says they have: "the red button", "from red". */
export function filterByColor(
  view: StyleView,
  groups: readonly SubjectGroup[],
  intent: Intent,
  words: readonly string[],
): SubjectGroup[] {
  const { change, target } = intent;
  const said = change.kind === 'color' ? (change.from ?? target.currentColor) : target.currentColor;
  if (!said) return [...groups];
  if (change.kind === 'color' && change.from === null && describes(said, change.value)) return [...groups];
  return groups.filter((group) => group.subjects.some((subject) => hasColor(view, subject, said, words)));
}

/** "blue header (#2563eb)": the word says what the new value is, not what stands there. */
function describes(said: ColorValue, value: ColorValue): boolean {
  if (said.kind !== 'hue' || value.kind !== 'exact') return false;
  const color = parseColor(value.css);
  return color !== null && isOfHue(color, said.hue);
}

function hasColor(view: StyleView, subject: IndexedSubject, said: ColorValue, words: readonly string[]): boolean {
  return (['background', 'color', 'border-color'] as const).some((property) => {
    const now = colorOfSubject(view, subject, property, words);
    const plain = now === null ? null : resolveValue(view, now, subject);
    const color = plain === null ? null : parseColor(plain);
    if (!color || plain === null) return false;
    if (said.kind === 'hue') return isOfHue(color, said.hue);
    return (
      plain.toLowerCase() === (said.kind === 'exact' ? said.css : said.kind === 'named' ? said.name : '').toLowerCase()
    );
  });
}
