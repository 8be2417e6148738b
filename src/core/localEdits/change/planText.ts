import type { Change, Intent, TargetPhrase } from '../intent.ts';
import type { MarkupElement, TextPlace } from '../model/fileModel.ts';
import type { RefusalReason } from '../plan.ts';
import type { StyleView } from '../styleView.ts';
import { MAX_SUBJECTS, resolveTarget, wordsOfPhrase, type Focus, type SubjectGroup } from '../target/resolveTarget.ts';
import { inSight } from '../target/lookAround.ts';
import { sightOf } from '../target/sight.ts';
import { matchPhrase } from '../target/matchPhrase.ts';
import { conceptOf, conceptsOfTag } from '../target/concepts.ts';
import { lineOf, type PlannedEdit } from './plannedEdit.ts';

type TextChange = Extract<Change, { kind: 'text' }>;

/** One entry for each place that the words may mean; each entry is all the edits of that reading. */
export type TextOutcome = { kind: 'places'; readings: PlannedEdit[][] } | { kind: 'refusal'; reason: RefusalReason };

/** Plans a change of visible words: never of identifiers, imports or routes, because only text places are looked at. */
export function planText(view: StyleView, intent: Intent, focus: Focus | null): TextOutcome {
  const { change } = intent;
  if (change.kind !== 'text') return { kind: 'refusal', reason: 'not-understood' };
  const texts = view.workspace.texts.filter(
    (place) => change.attribute === null || place.attribute === change.attribute,
  );
  return change.from === null
    ? planNewText(view, intent, change, texts, focus)
    : planReplacement(view, intent, change, texts, focus);
}

function planReplacement(
  view: StyleView,
  intent: Intent,
  change: TextChange,
  texts: readonly TextPlace[],
  focus: Focus | null,
): TextOutcome {
  const from = change.from ?? '';
  const sight = focus && sightOf(view.workspace.reach, focus.path);
  const alike = inSight(
    texts.filter((place) => place.text.toLowerCase() === from.toLowerCase()),
    sight,
  );
  const same = alike.filter((place) => place.text === from);
  const similar = same.length > 0 ? same : alike;
  const whole = narrow(view, intent, similar, focus);
  if (whole.length > 0) return readings(whole.map((place) => replaceWhole(view, place, change.to)));
  if (similar.length > 0 || change.whole) return { kind: 'refusal', reason: 'text-not-found' };
  const inside = narrow(
    view,
    intent,
    inSight(
      texts.filter((place) => occurrences(place.text, from) === 1),
      sight,
    ),
    focus,
  );
  if (inside.length === 0) return { kind: 'refusal', reason: 'text-not-found' };
  return readings(inside.map((place) => replaceInside(view, place, from, change.to)));
}

/** Places that fit the phrase around the words ("the button text from Save"), if there is one. */
function narrow(view: StyleView, intent: Intent, places: readonly TextPlace[], focus: Focus | null): TextPlace[] {
  const words = wordsOfPhrase(intent.target).filter(
    (word) => !/^(?:text|label|word|words|string|copy|wording|name|typo)$/i.test(word),
  );
  if (words.length === 0 && !intent.target.pointing) return [...places];
  const resolved = resolveTarget(view.workspace, { ...intent.target, words, quote: null, inside: null }, focus);
  const groups = [...resolved.groups, ...resolved.elsewhere];
  const elements = new Set(groups.flatMap((group) => group.subjects.map((subject) => subject.element)));
  // The tab shows the same words more often than not.
  const isTitle = /^(?:page )?title$/i.test(words.join(' '));
  const fitting = places.filter(
    (place) => isWithin(place.element, elements) || (isTitle && place.element?.tag === 'title'),
  );
  if (fitting.length > 0) return fitting;
  const named = places.filter((place) => isCalled(view, place.element, words));
  if (named.length > 0) return named;
  if (conceptOf(words.at(-1) ?? '') === 'title')
    return places.filter((place) => place.element?.tag === 'title' || /^h[1-6]$/.test(place.element?.tag ?? ''));
  // Translations stand apart from the elements that show them.
  return places.filter((place) => place.key !== null);
}

/** Whether what holds the words can be called so, though something else fits the name better. */
function isCalled({ workspace }: StyleView, element: MarkupElement | null, words: readonly string[]): boolean {
  const subject = element && workspace.subjectOf(element);
  return subject ? matchPhrase(words, subject) !== null : false;
}

function isWithin(element: MarkupElement | null, elements: ReadonlySet<MarkupElement | null>): boolean {
  for (let outer = element; outer; outer = outer.parent) if (elements.has(outer)) return true;
  return false;
}

/** More attributes than this are no choice. */
const MAX_PLACES = 8;

function planNewText(
  view: StyleView,
  intent: Intent,
  change: TextChange,
  texts: readonly TextPlace[],
  focus: Focus | null,
): TextOutcome {
  const unnamed =
    wordsOfPhrase(intent.target).length === 0 && intent.target.selector === null && !intent.target.pointing;
  if (unnamed && change.attribute !== null) {
    const [only, ...others] = inSight(texts, focus && sightOf(view.workspace.reach, focus.path));
    if (!only) return { kind: 'refusal', reason: 'text-not-found' };
    return others.length > MAX_PLACES
      ? { kind: 'refusal', reason: 'many-targets' }
      : readings([only, ...others].map((place) => replaceWhole(view, place, change.to)));
  }
  const named = resolveTarget(view.workspace, intent.target, focus);
  const groups = [...named.groups, ...named.elsewhere];
  const titles = tabTitles(view, intent.target, groups);
  if (groups.length + titles.length === 0) return planSpoken(view, intent, change, texts);
  const elements = [
    ...groups.flatMap((group) => group.subjects.flatMap((subject) => subject.element ?? [])),
    ...titles,
  ];
  if (elements.length > MAX_SUBJECTS) return { kind: 'refusal', reason: 'many-targets' };
  const found: PlannedEdit[] = [];
  let computed = false;
  for (const element of new Set(elements)) {
    const own = textsOf(element, texts, change.attribute);
    if (own === 'computed') {
      computed = true;
      continue;
    }
    const [only, ...others] = own;
    if (!only || others.length > 0)
      return { kind: 'refusal', reason: own.length === 0 ? 'text-not-found' : 'many-targets' };
    found.push(replaceWhole(view, only, change.to));
  }
  // Where some of the words are written here and others are worked out, those that are written are meant.
  if (found.length > 0) return readings(found);
  return { kind: 'refusal', reason: computed ? 'text-computed' : 'text-not-found' };
}

/** "The email placeholder": nothing is called just "email", but a field that has a placeholder is an email field. */
function planSpoken(view: StyleView, { target }: Intent, change: TextChange, texts: readonly TextPlace[]): TextOutcome {
  const words = wordsOfPhrase(target);
  const kindOf = ({ tag }: MarkupElement): string => conceptsOfTag(tag)[0] ?? tag;
  const places =
    change.attribute === null || words.length === 0
      ? []
      : texts.filter(({ element }) => element && isCalled(view, element, [...words, kindOf(element)]));
  return places.length === 0 || places.length > MAX_PLACES
    ? { kind: 'refusal', reason: 'no-target' }
    : readings(places.map((place) => replaceWhole(view, place, change.to)));
}

/** "The page title" is its h1; where there is none, it may be what the tab shows. */
function tabTitles({ workspace }: StyleView, target: TargetPhrase, groups: readonly SubjectGroup[]): MarkupElement[] {
  const [whose = '', title = '', ...more] = target.words;
  if (conceptOf(whose) !== 'page' || conceptOf(title) !== 'title' || more.length > 0) return [];
  if (groups.some(({ subjects }) => subjects.some(({ tag }) => tag === 'h1'))) return [];
  return workspace.subjects.flatMap(({ tag, element }) => (tag === 'title' && element ? [element] : []));
}

/** The text places of an element: those of its attribute, or the visible ones in it and below it. */
function textsOf(
  element: MarkupElement,
  texts: readonly TextPlace[],
  attribute: string | null,
): TextPlace[] | 'computed' {
  if (attribute !== null) return texts.filter((place) => place.element === element);
  const own = new Set([element]);
  const visible = texts.filter(
    (place) =>
      place.path === element.path &&
      place.start >= element.start &&
      place.end <= element.end &&
      (place.attribute === null || place.attribute === 'value') &&
      isWithin(place.element, own),
  );
  if (visible.length > 0) return element.computed ? 'computed' : visible;
  if (element.translationKey !== null)
    return inDefaultLanguage(texts.filter((place) => place.key === element.translationKey));
  return element.computed
    ? 'computed'
    : texts.filter((place) => place.element === element && place.attribute === 'placeholder');
}

/** A translation exists in several languages; the words of the sentence are meant for the English one. */
function inDefaultLanguage(places: TextPlace[]): TextPlace[] {
  const english = places.filter(({ path }) => /(?:^|[/._-])en(?:[-_][A-Za-z]{2})?(?=[/.])/.test(path));
  return places.length > 1 && english.length > 0 ? english : places;
}

function readings(edits: readonly PlannedEdit[]): TextOutcome {
  const [first] = edits;
  if (first && edits.every((edit) => edit.text === edit.fact.before))
    return { kind: 'refusal', reason: 'nothing-to-change' };
  return { kind: 'places', readings: edits.map((edit) => [edit]) };
}

function occurrences(text: string, part: string): number {
  const escaped = part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return [...text.matchAll(new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'gu'))].length;
}

function replaceWhole(view: StyleView, place: TextPlace, to: string): PlannedEdit {
  return textEdit(view, place, { start: place.start, end: place.end, from: place.text, to, after: to });
}

function replaceInside(view: StyleView, place: TextPlace, from: string, to: string): PlannedEdit {
  const source = view.files.get(place.path)?.text.slice(place.start, place.end) ?? '';
  const at = source.indexOf(from);
  if (at < 0)
    return replaceWhole(
      view,
      place,
      place.text.replace(from, () => to),
    );
  const start = place.start + at;
  return textEdit(view, place, {
    start,
    end: start + from.length,
    from,
    to,
    after: place.text.replace(from, () => to),
  });
}

interface Words {
  start: number;
  end: number;
  from: string;
  to: string;
  after: string;
}

function textEdit(view: StyleView, place: TextPlace, { start, end, from, to, after }: Words): PlannedEdit {
  const model = view.files.get(place.path);
  const text = escapeFor(place, to);
  const what = place.key ?? (place.element ? `<${place.element.tag}>` : place.path);
  const step = {
    path: place.path,
    line: lineOf(model?.text ?? '', start),
    what,
    property: place.attribute ?? 'text',
    from,
    to,
  };
  const fact =
    place.attribute === null
      ? { owner: `t${String(model?.texts.indexOf(place) ?? -1)}`, name: 'text', before: place.text, after }
      : {
          owner: `e${String(place.element ? (model?.elements.indexOf(place.element) ?? -1) : -1)}`,
          name: `@${place.attribute}`,
          before: place.element?.attributes.get(place.attribute)?.value ?? place.text,
          after,
        };
  return { path: place.path, start, end, text, fact, step };
}

const HTML_ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '{': '&#123;',
  '}': '&#125;',
};

function escapeFor(place: TextPlace, text: string): string {
  switch (place.escape) {
    case 'html':
      return text.replace(/[&<>]/g, (mark) => HTML_ESCAPES[mark] ?? mark);
    case 'attribute':
      return text.replace(/[&<>"]/g, (mark) => HTML_ESCAPES[mark] ?? mark);
    case 'jsx':
      return text.replace(/[{}<>&]/g, (mark) => HTML_ESCAPES[mark] ?? mark);
    case 'json':
      return JSON.stringify(text).slice(1, -1);
    default:
      return text.replace(/[\\`'"$]/g, (mark) =>
        mark === place.escape || mark === '\\' || (mark === '$' && place.escape === '`') ? `\\${mark}` : mark,
      );
  }
}
