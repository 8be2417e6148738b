import { keyOf, rulesFor } from './cascade.ts';
import type { Intent, TargetPhrase } from './intent.ts';
import type { FileModel } from './model/fileModel.ts';
import { isSheet } from './model/readLinks.ts';
import { isTranslation } from './model/readTranslations.ts';
import { anyOf, hasAny, wordsOfName } from './nameTable.ts';
import { modelOf, type IndexedFile, type StyleIndex } from './styleIndex.ts';
import type { StyleView } from './styleView.ts';
import { isNeutral, conceptOf, tagsFor, wordsFor } from './target/concepts.ts';
import { loosePhrase } from './target/loosePhrase.ts';
import { MAX_SUBJECTS, resolveTarget, wordsOfPhrase, type Focus } from './target/resolveTarget.ts';
import { joinFiles, type IndexedSubject, type Workspace } from './workspace.ts';

/**
 * The files that a plan has to know: those that may hold what is named, those whose rules may reach it, those that the
 * same rules may reach, and where the variables in them are defined. More than needed does no harm; less would.
 */
export function viewFor(index: StyleIndex, intents: readonly Intent[], focus: Focus | null): StyleView {
  const chosen = new Set<string>(focus && index.files.has(focus.path) ? [focus.path] : []);
  const tests = intents.map((intent) => mayHold(index, intent));
  for (const file of index.files.values()) if (tests.some((test) => test(file))) chosen.add(file.path);
  let workspace = joinChosen(index, chosen);
  const named = subjectsNamed(workspace, intents, focus);
  const before = chosen.size;
  addStylesOf(index, chosen, named);
  if (chosen.size > before) workspace = joinChosen(index, chosen);
  const again = chosen.size > before ? subjectsNamed(workspace, intents, focus) : named;
  const reached = chosen.size;
  addReachedBy(index, chosen, workspace, again);
  addDefinitions(index, chosen, workspace);
  if (chosen.size > reached) workspace = joinChosen(index, chosen);
  return { files: modelsOf(index, chosen), workspace, filesNaming: (name) => filesNaming(index, name) };
}

function joinChosen(index: StyleIndex, chosen: ReadonlySet<string>): Workspace {
  const models = [...modelsOf(index, chosen).values()];
  const { joined } = index.parsed;
  const at = joined.findIndex(
    (each) =>
      each.reach === index.reach &&
      each.models.length === models.length &&
      models.every((model, place) => model === each.models[place]),
  );
  const [known] = at < 0 ? [] : joined.splice(at, 1);
  const latest = known ?? { models, reach: index.reach, workspace: joinFiles(models, index.reach) };
  joined.push(latest);
  if (joined.length > MAX_JOINED) joined.shift();
  return latest.workspace;
}

/** A plan puts files together up to three times, each time some more; as one types, the plans alternate. */
const MAX_JOINED = 8;

/** In the order of the index, which the cascade goes by. */
function modelsOf(index: StyleIndex, chosen: ReadonlySet<string>): Map<string, FileModel> {
  const models = new Map<string, FileModel>();
  const sources = [...chosen].filter((path) => !GENERATED.test(path));
  for (const path of index.files.keys()) {
    // What is built from the sources is built again from them.
    const copy = GENERATED.test(path) && sources.some((source) => isSheet(source) === isSheet(path));
    const model = chosen.has(path) && !copy ? modelOf(index, path) : null;
    if (model) models.set(path, model);
  }
  return models;
}

const GENERATED = /(?:^|\/)(?:dist|build|out|coverage|\.next|\.output|\.svelte-kit)\/|\.min\.\w+$/i;

type FileTest = (file: IndexedFile) => boolean;

/** Which files may hold what an intent is about. What the test needs is worked out once, not for each file. */
function mayHold(index: StyleIndex, { target, change }: Intent): FileTest {
  const loose = loosePhrase({ target, change });
  const tests = [phraseMayStand(index, target)];
  if (loose) tests.push(phraseMayStand(index, loose.phrase));
  if (change.kind === 'color' && change.value.kind === 'like') tests.push(phraseMayStand(index, change.value.phrase));
  if (change.kind === 'text' && change.from !== null) tests.push(holdsAll(index, wordsOfName(change.from)));
  else if (change.kind === 'text' && change.attribute !== null)
    tests.push(holdsAll(index, [change.attribute.split('-')[0] ?? '']));
  return (file) => tests.some((test) => test(file));
}

function holdsAll({ names }: StyleIndex, words: readonly string[]): FileTest {
  return (file) => words.every((word) => hasAny(file.names, names, [word]));
}

function phraseMayStand(index: StyleIndex, phrase: TargetPhrase): FileTest {
  const { names } = index;
  if (phrase.selector !== null) return holdsAll(index, wordsOfName(phrase.selector));
  const words = wordsOfPhrase(phrase).flatMap((word) => word.split(/\s+/));
  const head = words.at(-1);
  if (head === undefined) return () => false;
  const isLabelled = phrase.quote === null ? null : holdsAll(index, wordsOfName(phrase.quote));
  const lower = words.map((word) => word.toLowerCase());
  const named = mayName(index, head);
  const others = words.slice(0, -1).map((word) => mayExplain(index, word));
  return (file) => {
    if (isTranslation(file.path)) return hasAny(file.names, names, lower);
    return (isLabelled?.(file) === true || named(file)) && others.every((explains) => explains(file));
  };
}

/** Tags are written with their bracket in markup, and bare in style sheets. */
function mayName({ names }: StyleIndex, word: string): FileTest {
  const tags = tagsFor(word);
  const inSheets = [...wordsFor(word), ...tags];
  const inMarkup = [...wordsFor(word), ...tags.map((tag) => `<${tag}`)];
  return (file) => hasAny(file.names, names, isSheet(file.path) ? inSheets : inMarkup);
}

/** A modifier may also stand in the file's own name, or in a translation that the file shows. */
function mayExplain(index: StyleIndex, word: string): FileTest {
  const lower = word.toLowerCase();
  if (isNeutral(conceptOf(word)) || isNeutral(lower)) return () => true;
  const translated = [...index.files.values()].some(
    ({ path, names }) => isTranslation(path) && hasAny(names, index.names, [lower]),
  );
  return translated ? () => true : mayName(index, word);
}

function subjectsNamed(workspace: Workspace, intents: readonly Intent[], focus: Focus | null): IndexedSubject[] {
  const phrases = intents.flatMap(({ target, change }) => [
    target,
    ...(change.kind === 'color' && change.value.kind === 'like' ? [change.value.phrase] : []),
    ...[loosePhrase({ target, change })].flatMap((loose) => loose?.phrase ?? []),
  ]);
  const found = phrases.flatMap((phrase) => {
    const pointed = wordsOfPhrase(phrase).length === 0 && focus ? { ...phrase, pointing: true } : phrase;
    const resolved = resolveTarget(workspace, pointed, focus);
    const groups = [...resolved.groups, ...resolved.elsewhere];
    // So many will be refused; nothing more has to be known about them.
    return groups.length > MAX_SUBJECTS ? [] : groups.flatMap((group) => oneOfEachKind(group.subjects));
  });
  return [...new Set(found)];
}

function oneOfEachKind(subjects: readonly IndexedSubject[]): IndexedSubject[] {
  const kinds = new Map<number, IndexedSubject>();
  for (const subject of subjects) if (!kinds.has(subject.kind)) kinds.set(subject.kind, subject);
  return [...kinds.values()];
}

/** Style sheets, and other files whose styles may reach the subjects and what they stand in. */
function addStylesOf(index: StyleIndex, chosen: Set<string>, subjects: readonly IndexedSubject[]): void {
  const keys = new Set<string>();
  for (const subject of subjects) {
    for (let outer: IndexedSubject | null = subject; outer; outer = outer.parent) {
      for (const name of [...outer.classes, outer.id, outer.tag]) if (name !== '') keys.add(name);
    }
  }
  const names = anyOf([...[...keys].map(wordsOfName), ['*']], index.names);
  for (const file of index.files.values())
    if (!chosen.has(file.path) && mayStyle(index, file) && names(file.names)) chosen.add(file.path);
}

function mayStyle(index: StyleIndex, { path, names }: IndexedFile): boolean {
  return isSheet(path) || hasAny(names, index.names, ['<style', 'styled', 'createglobalstyle']);
}

/** Markup that the rules of the subjects select too: a rule that others share is not theirs to change. */
function addReachedBy(
  index: StyleIndex,
  chosen: Set<string>,
  workspace: Workspace,
  subjects: readonly IndexedSubject[],
): void {
  const keys = new Set<string>();
  for (const subject of subjects) {
    for (const { rule } of rulesFor(workspace.table, subject))
      for (const selector of rule.selectors) keys.add(keyOf(selector));
  }
  keys.delete('*');
  const names = anyOf(
    [...keys].map((key) => (/^[.#]/.test(key) ? wordsOfName(key) : [`<${key}`])),
    index.names,
  );
  for (const file of index.files.values())
    if (!chosen.has(file.path) && !isSheet(file.path) && names(file.names)) chosen.add(file.path);
}

const VARIABLE = /--[\w-]+|[$@][\w-]+/g;

/** Where the variables and mixins are defined that the rules use. */
function addDefinitions(index: StyleIndex, chosen: Set<string>, workspace: Workspace): void {
  const used = new Set<string>();
  for (const rule of workspace.rules) {
    for (const { value } of rule.declarations) for (const [name] of value.matchAll(VARIABLE)) used.add(name);
    for (const { name } of rule.takes) if (name !== '') used.add(name);
  }
  for (const mixins of workspace.mixins.values())
    for (const { takes } of mixins) for (const { name } of takes) if (name !== '') used.add(name);
  for (const { value } of workspace.variables) for (const [name] of value.matchAll(VARIABLE)) used.add(name);
  const names = anyOf([...used].map(wordsOfName), index.names);
  for (const file of index.files.values())
    if (!chosen.has(file.path) && mayStyle(index, file) && names(file.names)) chosen.add(file.path);
}

function filesNaming(index: StyleIndex, name: string): IndexedFile[] {
  const words = wordsOfName(name);
  return [...index.files.values()].filter((file) => words.every((word) => hasAny(file.names, index.names, [word])));
}
