import { keysOf, tableOf, type RuleTable } from './cascade.ts';
import { ElementSubject } from './elementSubject.ts';
import { isPage } from './model/readLinks.ts';
import { mayReach, reachFor, type Reach, type SheetReach } from './sheetReach.ts';
import { SubjectKinds } from './subjectKinds.ts';
import type { FileModel, MarkupElement, StyleRule, StyleVariable, TextPlace } from './model/fileModel.ts';
import type { Mixin } from './model/mixin.ts';
import type { Compound, Selector } from './model/selector.ts';
import type { Subject } from './target/matchPhrase.ts';

/** Some files seen as one: what they hold together, and what selects what. */
export interface Workspace {
  rules: StyleRule[];
  table: RuleTable;
  /** Mixins by their names. */
  mixins: ReadonlyMap<string, readonly Mixin[]>;
  variables: StyleVariable[];
  texts: TextPlace[];
  /** Elements of markup, then what selectors select that no element of the markup is. */
  subjects: IndexedSubject[];
  /** The same by their kinds. */
  subjectsByKind: readonly (readonly IndexedSubject[])[];
  textsByPath: ReadonlyMap<string, readonly TextPlace[]>;
  /** Subjects by tag, .class and #id: whom a rule may select. */
  subjectsBy: ReadonlyMap<string, readonly IndexedSubject[]>;
  subjectOf: (element: MarkupElement) => IndexedSubject | undefined;
  /** Files that could not be read. */
  unread: FileModel[];
  reach: SheetReach;
  /** Pages that are documents of their own, not parts of one. */
  wholePages: ReadonlySet<string>;
  /** Whom a rule selects, by its file and selector, once it was asked. */
  selected: Map<string, readonly IndexedSubject[]>;
}

export interface IndexedSubject extends Subject {
  parent: IndexedSubject | null;
  /** Subjects of one kind look the same to every rule and to every phrase of one word. */
  kind: number;
  element: MarkupElement | null;
}

/** Puts files together. */
export function joinFiles(models: readonly FileModel[], reach: SheetReach): Workspace {
  const shown = translationsIn(models);
  const rules = models.flatMap((model) => model.rules);
  const making: Making = { shown, kinds: new SubjectKinds(models, rules, reach), reach };
  const subjects = models.flatMap((model) => subjectsOfElements(model, making));
  subjects.push(...subjectsOfSelectors(rules, new KnownKeys(models, reach), making));
  return {
    rules,
    table: tableOf(rules),
    mixins: Map.groupBy(
      models.flatMap((model) => model.mixins),
      ({ name }) => name,
    ),
    variables: models.flatMap((model) => model.variables),
    texts: models.flatMap((model) => model.texts),
    textsByPath: new Map(models.map(({ path, texts }) => [path, texts])),
    subjects,
    subjectsByKind: byKind(subjects),
    subjectsBy: byKey(subjects),
    subjectOf: subjectsByElement(subjects),
    unread: models.filter(({ unread }) => unread !== null),
    reach,
    wholePages: new Set(models.filter(isWholePage).map(({ path }) => path)),
    selected: new Map(),
  };
}

/** Made when the first is asked for: most plans ask for none. */
function subjectsByElement(subjects: readonly IndexedSubject[]): Workspace['subjectOf'] {
  let known: ReadonlyMap<MarkupElement, IndexedSubject> | undefined;
  return (element) => {
    known ??= new Map(subjects.flatMap((subject) => (subject.element ? [[subject.element, subject] as const] : [])));
    return known.get(element);
  };
}

function isWholePage({ path, elements }: FileModel): boolean {
  return isPage(path) && elements.some(({ tag }) => tag === 'html' || tag === 'head' || tag === 'body');
}

interface Making {
  shown: ReadonlyMap<string, string>;
  kinds: SubjectKinds;
  reach: SheetReach;
}

/** What the markup that a file reaches holds: tags, .classes and #ids. */
class KnownKeys {
  readonly #byReach = new Map<Reach, Set<string>>();
  readonly #byPath = new Map<string, readonly ReadonlySet<string>[]>();

  constructor(models: readonly FileModel[], reach: SheetReach) {
    for (const { path, elements } of models) {
      const reached = reachFor(reach, path);
      const keys = this.#byReach.get(reached) ?? new Set<string>();
      this.#byReach.set(reached, keys);
      for (const { tag, classes, id } of elements)
        for (const key of [tag, ...classes.map((name) => `.${name}`), `#${id}`]) keys.add(key);
    }
  }

  has(path: string, key: string): boolean {
    const known =
      this.#byPath.get(path) ?? [...this.#byReach].flatMap(([to, keys]) => (mayReach(to, path) ? [keys] : []));
    this.#byPath.set(path, known);
    return known.some((keys) => keys.has(key));
  }
}

function byKind(subjects: readonly IndexedSubject[]): IndexedSubject[][] {
  const kinds = new Map<number, IndexedSubject[]>();
  for (const subject of subjects) {
    const list = kinds.get(subject.kind);
    if (list) list.push(subject);
    else kinds.set(subject.kind, [subject]);
  }
  return [...kinds.values()];
}

function byKey(subjects: readonly IndexedSubject[]): ReadonlyMap<string, readonly IndexedSubject[]> {
  const map = new Map<string, IndexedSubject[]>();
  for (const subject of subjects) {
    for (const key of keysOf(subject)) {
      const list = map.get(key);
      if (list) list.push(subject);
      else map.set(key, [subject]);
    }
  }
  return map;
}

/** {t('auth.signIn')} shows what the translation says; where there are several languages, the first, English if any. */
function translationsIn(models: readonly FileModel[]): ReadonlyMap<string, string> {
  const shown = new Map<string, string>();
  for (const { path, texts } of models) {
    const english = /(?:^|[/._-])en(?:[-_][A-Za-z]{2})?(?=[/.])/.test(path);
    for (const { key, text } of texts) if (key !== null && (english || !shown.has(key))) shown.set(key, text);
  }
  return shown;
}

/** Whether the markup holds something that the last part of a selector can select. */
function isKnown(selector: Selector, holds: (key: string) => boolean): boolean {
  const last = selector.compounds.at(-1);
  if (!last || selector.pseudoElement) return false;
  if (last.id) return holds(`#${last.id}`);
  if (last.classes.length > 0) return last.classes.every((each) => holds(`.${each}`));
  return last.tag !== null && holds(last.tag);
}

/** Whether the markup holds what a selector selects when some of its classes are taken away: .tab of .tab.active. */
function isStateOfKnown({ compounds, pseudoElement }: Selector, holds: (key: string) => boolean): boolean {
  const last = compounds.at(-1);
  if (!last || pseudoElement || last.id || last.classes.length === 0) return false;
  return last.classes.some((each) => holds(`.${each}`)) || (last.tag !== null && holds(last.tag));
}

function subjectsOfElements({ path, imports, elements }: FileModel, { shown, kinds, reach }: Making): IndexedSubject[] {
  const file = { path, imports, reach: reachFor(reach, path) };
  const made = new Map<MarkupElement, IndexedSubject>();
  const make = (element: MarkupElement): IndexedSubject => {
    const ready = made.get(element);
    if (ready) return ready;
    const parent = element.parent ? make(element.parent) : null;
    const subject = new ElementSubject(element, {
      parent,
      kind: kinds.kindOf({ ...element, pseudoElement: null }, parent?.kind ?? null, path),
      text: element.text || (shown.get(element.translationKey ?? '') ?? ''),
      file,
    });
    made.set(element, subject);
    return subject;
  };
  return elements.map(make);
}

/** What selectors select that no element of the markup is; once, however many rules say the same. */
function subjectsOfSelectors(rules: readonly StyleRule[], known: KnownKeys, making: Making): IndexedSubject[] {
  const byKind = new Map<number, IndexedSubject>();
  for (const rule of rules) {
    const holds = (key: string): boolean => known.has(rule.path, key);
    for (const selector of rule.selectors) {
      if (selector.state || selector.opaque || isKnown(selector, holds)) continue;
      const subject = subjectOfSelector(rule, selector, making);
      if (!byKind.has(subject.kind)) byKind.set(subject.kind, { ...subject, state: isStateOfKnown(selector, holds) });
    }
  }
  return [...byKind.values()];
}

/** What a selector selects, made up from its parts. */
function subjectOfSelector(rule: StyleRule, selector: Selector, making: Making): IndexedSubject {
  let subject = subjectOfCompound(rule, selector, null, making, 0);
  for (let at = 1; at < selector.compounds.length; at++)
    subject = subjectOfCompound(rule, selector, subject, making, at);
  return subject;
}

function subjectOfCompound(
  rule: StyleRule,
  selector: Selector,
  parent: IndexedSubject | null,
  { kinds, reach }: Making,
  at: number,
): IndexedSubject {
  const compound = selector.compounds[at];
  const classes = compound?.classes ?? [];
  const what = {
    tag: compound?.tag ?? (compound?.root ? 'html' : tagOfComponent(rule, classes)),
    id: compound?.id ?? '',
    classes,
    component: null,
    shows: [],
    attributes: attributesOf(compound),
    pseudoElement: at === selector.compounds.length - 1 ? selector.pseudoElement : null,
  };
  return {
    ...what,
    text: '',
    state: false,
    path: rule.path,
    imports: [],
    reach: reachFor(reach, rule.path),
    parent,
    kind: kinds.kindOf(what, parent?.kind ?? null, rule.path),
    element: null,
  };
}

function attributesOf(compound: Compound | undefined): ReadonlyMap<string, { value: string }> {
  return new Map(compound?.attributes.map(({ name, value }) => [name, { value: value ?? '' }]));
}

/** What a styled component is made of: styled.button is a button. */
function tagOfComponent(rule: StyleRule, classes: readonly string[]): string {
  return rule.component !== null && classes.includes(rule.component) ? rule.componentTag : '';
}
