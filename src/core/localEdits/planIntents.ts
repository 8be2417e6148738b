import { planStyle } from './change/planStyle.ts';
import { canBeStyled, whoShows } from './change/whoShows.ts';
import type { PlannedEdit } from './change/plannedEdit.ts';
import { hasUtilities } from './change/planUtility.ts';
import { planText } from './change/planText.ts';
import { planVariable } from './change/planVariable.ts';
import { colorOfSubject, colorToday, filterByColor } from './change/colorToday.ts';
import { filterByLength, lengthsToday } from './change/lengthToday.ts';
import type { Intent, TargetPhrase } from './intent.ts';
import {
  refuse,
  type FileEdit,
  type LocalEditPlan,
  type LocalEditRefusal,
  type PlanCandidate,
  type RefusalReason,
} from './plan.ts';
import { prove } from './prove.ts';
import { viewFor } from './viewFor.ts';
import { forgetParsed, type StyleIndex } from './styleIndex.ts';
import type { StyleView } from './styleView.ts';
import type { IndexedSubject } from './workspace.ts';
import { loosePhrase } from './target/loosePhrase.ts';
import {
  MAX_SUBJECTS,
  resolveTarget,
  wordsOfPhrase,
  type Focus,
  type Resolved,
  type SubjectGroup,
} from './target/resolveTarget.ts';

/** What one intent can mean: one reading if it is clear. */
type Readings = { kind: 'readings'; readings: PlannedEdit[][] } | LocalEditRefusal;

/** More places than this are no choice for a person but a question that was asked wrongly. */
export const MAX_CANDIDATES = 8;

/** Plans all intents as one change set: all of them, or none. */
export function planIntents(intents: readonly Intent[], index: StyleIndex, focus: Focus | null): LocalEditPlan {
  if (index.files.size === 0) return refuse('no-files');
  const plan = planInView(intents, viewFor(index, intents, focus), focus);
  forgetParsed(index);
  return plan;
}

function planInView(intents: readonly Intent[], view: StyleView, focus: Focus | null): LocalEditPlan {
  const certain: Wished[] = [];
  let open: Wished[] | null = null;
  for (const intent of intents) {
    const outcome = planIntent(intent, view, focus);
    if (outcome.kind === 'refusal' && outcome.reason === 'nothing-to-change' && isState(intent)) continue;
    if (outcome.kind === 'refusal') return outcome;
    const readings = distinct(outcome.readings).map((edits) => ({ edits, isVague: isVague(intent) }));
    if (readings.length === 1) certain.push(...readings);
    else if (open) return refuse('many-targets', phraseText(intent.target));
    else open = readings;
  }
  if (!open) return finish(view, certain);
  return choose(view, certain, open);
}

/** "White cards with 24px padding": what is so already needs no change, as long as the rest of the message does. */
function isState({ change }: Intent): boolean {
  if (change.kind === 'keyword') return true;
  if (change.kind === 'color') return change.value.kind !== 'relative';
  return change.kind === 'length' && change.amount.kind === 'set';
}

/** "More space" may be followed by how much that is; what was said with its value is meant. */
function isVague({ change }: Intent): boolean {
  if (change.kind === 'color') return change.value.kind === 'relative';
  if (change.kind === 'length') return change.amount.kind === 'step' || change.amount.kind === 'default';
  return change.kind === 'shadow';
}

/** The edits that one intent comes down to. */
interface Wished {
  edits: PlannedEdit[];
  isVague: boolean;
}

function planIntent(intent: Intent, view: StyleView, focus: Focus | null): Readings {
  if (intent.change.kind === 'text') {
    const outcome = planText(view, intent, focus);
    if (outcome.kind === 'refusal') return refuse(outcome.reason, phraseText(intent.target));
    return { kind: 'readings', readings: outcome.readings };
  }
  const target =
    wordsOfPhrase(intent.target).length === 0 && focus ? { ...intent.target, pointing: true } : intent.target;
  const workspace = view.workspace;
  const fits = (subject: IndexedSubject): boolean => canBeStyled(view, subject);
  const literally = resolveTarget(workspace, target, focus, fits);
  const loose = literally.groups.length > 0 ? null : loosePhrase({ ...intent, target });
  const resolved = loose
    ? resolveTarget(workspace, loose.phrase, focus, (subject) => loose.fits(subject) && fits(subject))
    : literally;
  if (resolved.groups.length === 0) return noTarget(intent, view, focus);
  // "the primary colour" is the variable of that name before it is what only has the word in its name.
  const isLoose = resolved.groups.every(({ cost }) => cost >= LOOSELY_NAMED);
  const variable = isLoose ? variableReadings(intent, view, focus) : null;
  if (variable) return variable;
  const words = wordsOfPhrase(target);
  const { many } = resolved;
  const asSaid = (all: readonly SubjectGroup[]): SubjectGroup[] =>
    filterByLength(view, filterByColor(view, all, intent, words), intent, { words, many });
  const groups = asSaid(resolved.groups);
  const elsewhere = asSaid(resolved.elsewhere);
  if (groups.length + elsewhere.length === 0)
    return notTheCurrentValue(view, { ...intent, target }, { ...resolved, words });
  if (groups.length + elsewhere.length > MAX_SUBJECTS) return refuse('many-targets', phraseText(target));
  const named = [...resolved.named, ...elsewhere.flatMap((group) => group.subjects)];
  const plan = (group: SubjectGroup): PlannedEdit[][] | RefusalReason =>
    planGroup(view, intent, words, { group, named, many }, focus);
  const outcomes = groups.map(plan);
  const found = outcomes.filter((outcome) => typeof outcome !== 'string');
  const failed = outcomes.filter((outcome) => typeof outcome === 'string');
  // Only what lays things out has a gap; the others are no places for it.
  const isGap = intent.change.kind === 'length' && intent.change.property === 'gap';
  const planned = groups.filter((_group, at) => typeof outcomes[at] !== 'string').flatMap(({ subjects }) => subjects);
  const bare = groups.filter((_group, at) => outcomes[at] === 'no-place').flatMap(({ subjects }) => subjects);
  const isBare = isGap || standElsewhere(view, bare, planned);
  const isIdle = (reason: RefusalReason): boolean =>
    (isBare && reason === 'no-place') || (many && reason === 'nothing-to-change');
  const reason = failed.find((each) => !isIdle(each) || found.length === 0);
  if (reason !== undefined) return refuse(reason, phraseText(target));
  // What has no style of its own on another page was hardly meant.
  const others = elsewhere.map(plan).filter((outcome) => outcome !== 'no-place');
  const unclear = others.find((outcome) => typeof outcome === 'string');
  if (unclear !== undefined) return refuse(unclear, phraseText(target));
  const readings = (outcome: PlannedEdit[][] | RefusalReason): PlannedEdit[][] =>
    typeof outcome === 'string' ? [] : many ? [outcome.flat()] : distinct(outcome);
  return {
    kind: 'readings',
    readings: [...(many ? [found.flat(2)] : found.flatMap(distinct)), ...others.flatMap(readings)],
  };
}

/** Says what stands there instead, if that is the same for all that may be meant. */
function notTheCurrentValue(
  view: StyleView,
  intent: Intent,
  { groups, elsewhere, many, words }: Resolved & { words: readonly string[] },
): LocalEditRefusal {
  const subjects = [...groups, ...elsewhere].flatMap((group) => oneOfEachKind(group.subjects));
  const { change } = intent;
  const today = subjects.flatMap((subject) =>
    change.kind === 'color'
      ? (colorOfSubject(view, subject, change.property, words) ?? [])
      : lengthsToday({ view, words, subject }, intent, many).join(' ') || [],
  );
  const [only, ...others] = new Set(today);
  const refusal = refuse('not-the-current-value', phraseText(intent.target));
  return only === undefined || others.length > 0 ? refusal : { ...refusal, today: only };
}

/** What is named at this cost or more has a name that says something else too: .btn-primary is hardly "the primary". */
const LOOSELY_NAMED = 1;

function variableReadings(intent: Intent, view: StyleView, focus: Focus | null): Readings | null {
  const variable = planVariable(view, intent, focus);
  if (variable === null) return null;
  return typeof variable === 'string'
    ? refuse(variable, phraseText(intent.target))
    : { kind: 'readings', readings: variable };
}

/** No thing has that name: it may be a variable, or stand in a file that does not parse. */
function noTarget(intent: Intent, view: StyleView, focus: Focus | null): Readings {
  const variable = variableReadings(intent, view, focus);
  if (variable) return variable;
  const words = wordsOfPhrase(intent.target).map((word) => word.toLowerCase());
  const unread = view.workspace.unread.find(({ text }) => words.some((word) => text.toLowerCase().includes(word)));
  if (!unread) return refuse('no-target', phraseText(intent.target));
  return refuse(unread.unread === 'too-large' ? 'large-file' : 'broken-file', unread.path);
}

/** One of those that look the same to every rule; all of those that carry a style of their own. */
function oneOfEachKind(subjects: readonly IndexedSubject[]): IndexedSubject[] {
  const plain = new Map<number, IndexedSubject>();
  const styled: IndexedSubject[] = [];
  // Those of one kind have the same classes, and most that fit are of few kinds.
  const withUtilities = new Map<number, boolean>();
  for (const subject of subjects) {
    const { kind, element } = subject;
    const known = element?.classList ? withUtilities.get(kind) : undefined;
    const utilities = known ?? carriesUtilities(subject);
    if (element?.classList && known === undefined) withUtilities.set(kind, utilities);
    if (utilities || carriesStyle(subject)) styled.push(subject);
    else if (!plain.has(kind)) plain.set(kind, subject);
  }
  return [...plain.values(), ...styled];
}

function carriesUtilities({ element }: IndexedSubject): boolean {
  return element !== null && hasUtilities(element);
}

function carriesStyle(subject: IndexedSubject): boolean {
  const { element } = subject;
  return element !== null && (element.inlineStyle.length > 0 || element.inlineInsertion !== null);
}

function planGroup(
  view: StyleView,
  intent: Intent,
  words: readonly string[],
  { group, named, many }: { group: SubjectGroup; named: readonly IndexedSubject[]; many: boolean },
  focus: Focus | null,
): PlannedEdit[][] | RefusalReason {
  const { change } = intent;
  let likeColor: string | null = null;
  if (change.kind === 'color' && change.value.kind === 'like') {
    const [reader] = group.subjects;
    likeColor = reader ? colorToday(view, change.value.phrase, change.property, { focus, reader }) : null;
    if (likeColor === null) return 'complex-value';
  }
  const subjects = whoShows(view, intent, oneOfEachKind(group.subjects), many);
  if (subjects.length === 0) return 'no-place';
  if (subjects.filter((subject) => carriesStyle(subject) || carriesUtilities(subject)).length > MAX_SUBJECTS)
    return 'many-targets';
  const targets = new Set<IndexedSubject>(named);
  for (const subject of subjects) targets.add(subject);
  const together = many ? targets : new Set<IndexedSubject>(group.subjects);
  const bySubject: PlannedEdit[][] = [];
  const planned: IndexedSubject[] = [];
  const bare: IndexedSubject[] = [];
  for (const subject of subjects) {
    const outcome = planStyle({ view, intent, words, subject, targets, together, likeColor });
    // Of many, some may be so already.
    if (outcome === 'nothing-to-change' && many) continue;
    if (outcome === 'no-place') bare.push(subject);
    else if (typeof outcome === 'string') return outcome;
    else {
      bySubject.push(outcome);
      planned.push(subject);
    }
  }
  if (bare.length > 0 && !standElsewhere(view, bare, planned)) return 'no-place';
  return bySubject.length === 0 ? 'nothing-to-change' : bySubject;
}

/** Whether all of some things stand on other pages than those that a plan was found for: they were hardly meant. */
function standElsewhere(
  { workspace }: StyleView,
  some: readonly IndexedSubject[],
  planned: readonly IndexedSubject[],
): boolean {
  const pages = new Set(planned.map(({ path }) => path));
  return pages.size > 0 && some.every(({ path }) => workspace.wholePages.has(path) && !pages.has(path));
}

/**
 * Readings that come down to the same edits are one: a rule serves all that it selects. Where each element carries its
 * own style, or files have rules of their own, "the button" is one of them.
 */
function distinct(readings: readonly PlannedEdit[][]): PlannedEdit[][] {
  const seen = new Map<string, PlannedEdit[]>();
  for (const reading of readings) {
    const edits = withoutRepeats(reading);
    const key = edits.map(keyOfEdit).join('|');
    if (!seen.has(key)) seen.set(key, edits);
  }
  return [...seen.values()];
}

function withoutRepeats(edits: readonly PlannedEdit[]): PlannedEdit[] {
  const seen = new Map<string, PlannedEdit>();
  for (const edit of edits) {
    const key = keyOfEdit(edit);
    if (!seen.has(key)) seen.set(key, edit);
  }
  return [...seen.values()];
}

function keyOfEdit({ path, start, end, text }: PlannedEdit): string {
  return `${path}:${String(start)}:${String(end)}:${text}`;
}

function finish(view: StyleView, wished: readonly Wished[]): LocalEditPlan {
  const all = settle(wished);
  if (!all) return refuse('conflict');
  const edits = editsByFile(all);
  if (edits.length === 0) return refuse('nothing-to-change');
  if (!prove(view.files, edits, all)) return refuse('proof');
  return { kind: 'edit', edits, steps: all.map((edit) => edit.step) };
}

function choose(view: StyleView, certain: readonly Wished[], open: readonly Wished[]): LocalEditPlan {
  if (open.length > MAX_CANDIDATES) return refuse('many-targets');
  const candidates: PlanCandidate[] = [];
  for (const reading of open) {
    const plan = finish(view, [...certain, reading]);
    const [first] = reading.edits;
    if (plan.kind !== 'edit' || !first) return plan.kind === 'refusal' ? plan : refuse('conflict');
    const { path, line, what } = first.step;
    candidates.push({
      path,
      line,
      label: what,
      start: first.start,
      end: first.end,
      edits: plan.edits,
      steps: plan.steps,
    });
  }
  return { kind: 'choose', candidates };
}

/**
 * A later wish about the same place wins over a vague one ("more space, like 16px"). Two that say what they want of one
 * place are a conflict, and so are wishes that only overlap.
 */
function settle(wished: readonly Wished[]): PlannedEdit[] | null {
  const kept = new Map<string, { edit: PlannedEdit; isVague: boolean }>();
  for (const { edits, isVague } of wished) {
    for (const edit of edits) {
      const key = factKey(edit);
      const before = kept.get(key);
      if (before && !before.isVague && before.edit.fact.after !== edit.fact.after) return null;
      // What came last stands last: insertions at one place keep the order of the sentence.
      kept.delete(key);
      kept.set(key, { edit, isVague });
    }
  }
  const settled = [...kept.values()].map(({ edit }) => edit);
  return haveOverlap(settled) ? null : settled;
}

function haveOverlap(edits: readonly PlannedEdit[]): boolean {
  const ordered = edits.toSorted((a, b) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : a.start - b.start || a.end - b.end,
  );
  return ordered.some((edit, at) => {
    const next = ordered[at + 1];
    return next?.path === edit.path && next.start < edit.end;
  });
}

/** What a wish is about; of classes there are many in one list. */
function factKey({ path, fact }: PlannedEdit): string {
  return `${path} ${fact.owner} ${fact.name} ${fact.name === 'class' ? (fact.before ?? fact.after ?? '') : ''}`;
}

function editsByFile(planned: readonly PlannedEdit[]): FileEdit[] {
  const byPath = new Map<string, PlannedEdit[]>();
  for (const edit of planned) byPath.set(edit.path, [...(byPath.get(edit.path) ?? []), edit]);
  return [...byPath].map(([path, edits]) => ({
    path,
    changes: mergeInsertions(edits).sort((a, b) => a.start - b.start),
  }));
}

/** Insertions at one place become one, so that each keeps its own line. */
function mergeInsertions(edits: readonly PlannedEdit[]): { start: number; end: number; text: string }[] {
  const changes: { start: number; end: number; text: string }[] = [];
  for (const { start, end, text } of edits) {
    const same = start === end ? changes.find((change) => change.start === start && change.end === end) : undefined;
    if (!same) changes.push({ start, end, text });
    else same.text += same.text.trimEnd().endsWith(';') && text.startsWith(';') ? text.slice(1) : text;
  }
  return changes;
}

function phraseText(target: TargetPhrase): string {
  return wordsOfPhrase(target).join(' ');
}

export type { RefusalReason };
