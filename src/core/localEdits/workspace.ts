import { keysOf, tableOf, type RuleTable } from './cascade.ts';
import type { FileModel, MarkupElement, StyleRule, StyleVariable, TextPlace } from './model/fileModel.ts';
import type { Selector } from './model/selector.ts';
import type { Subject } from './target/matchPhrase.ts';

/** Some files seen as one: what they hold together, and what selects what. */
export interface Workspace {
  rules: StyleRule[];
  table: RuleTable;
  variables: StyleVariable[];
  texts: TextPlace[];
  /** Elements of markup, then what selectors select that no element of the markup is. */
  subjects: IndexedSubject[];
  /** Subjects by tag, .class and #id: whom a rule may select. */
  subjectsBy: ReadonlyMap<string, readonly IndexedSubject[]>;
  subjectOf: ReadonlyMap<MarkupElement, IndexedSubject>;
  broken: FileModel[];
}

export interface IndexedSubject extends Subject {
  parent: IndexedSubject | null;
  element: MarkupElement | null;
  selector: Selector | null;
  rule: StyleRule | null;
}

/** Puts files together. */
export function joinFiles(models: readonly FileModel[]): Workspace {
  const shown = translationsIn(models);
  const elements = models.flatMap((model) => model.elements);
  const rules = models.flatMap((model) => model.rules);
  const subjects = models.flatMap((model) => subjectsOfElements(model, shown));
  const known = new Set(
    elements.flatMap((element) => [element.tag, ...element.classes.map((name) => `.${name}`), `#${element.id}`]),
  );
  for (const rule of rules) {
    for (const selector of rule.selectors) {
      if (!selector.state && !selector.opaque && !isKnown(selector, known))
        subjects.push(subjectOfSelector(rule, selector));
    }
  }
  return {
    rules,
    table: tableOf(rules),
    variables: models.flatMap((model) => model.variables),
    texts: models.flatMap((model) => model.texts),
    subjects,
    subjectsBy: byKey(subjects),
    subjectOf: new Map(subjects.flatMap((subject) => (subject.element ? [[subject.element, subject] as const] : []))),
    broken: models.filter((model) => model.broken),
  };
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
function isKnown(selector: Selector, known: ReadonlySet<string>): boolean {
  const last = selector.compounds.at(-1);
  if (!last || selector.pseudoElement) return false;
  if (last.id) return known.has(`#${last.id}`);
  const [name] = last.classes;
  if (name !== undefined) return last.classes.every((each) => known.has(`.${each}`));
  return last.tag !== null && known.has(last.tag);
}

function subjectsOfElements(
  { path, imports, elements }: FileModel,
  shown: ReadonlyMap<string, string>,
): IndexedSubject[] {
  const made = new Map<MarkupElement, IndexedSubject>();
  const make = (element: MarkupElement): IndexedSubject => {
    const ready = made.get(element);
    if (ready) return ready;
    const subject: IndexedSubject = {
      tag: element.tag,
      id: element.id,
      classes: element.classes,
      text: element.text || (shown.get(element.translationKey ?? '') ?? ''),
      component: null,
      pseudoElement: null,
      path,
      imports,
      parent: element.parent ? make(element.parent) : null,
      attributeOf: (name) => element.attributes.get(name)?.value,
      element,
      selector: null,
      rule: null,
    };
    made.set(element, subject);
    return subject;
  };
  return elements.map(make);
}

function subjectOfSelector(rule: StyleRule, selector: Selector): IndexedSubject {
  let parent: IndexedSubject | null = null;
  for (const compound of selector.compounds) {
    const attributes = new Map(compound.attributes.map(({ name, value }) => [name, value ?? '']));
    parent = {
      tag: compound.tag ?? (compound.root ? 'html' : tagOfComponent(rule, compound.classes)),
      id: compound.id ?? '',
      classes: compound.classes,
      text: '',
      component: null,
      pseudoElement: null,
      path: rule.path,
      imports: [],
      parent,
      attributeOf: (name) => attributes.get(name),
      element: null,
      selector,
      rule,
    };
  }
  const last = parent ?? emptySubject(rule, selector);
  return { ...last, pseudoElement: selector.pseudoElement };
}

/** What a styled component is made of: styled.button is a button. */
function tagOfComponent(rule: StyleRule, classes: readonly string[]): string {
  return rule.component !== null && classes.includes(rule.component) ? rule.componentTag : '';
}

function emptySubject(rule: StyleRule, selector: Selector): IndexedSubject {
  return {
    tag: '',
    id: '',
    classes: [],
    text: '',
    component: null,
    pseudoElement: null,
    path: rule.path,
    imports: [],
    parent: null,
    element: null,
    selector,
    rule,
  };
}
