import type { AttributeValue, MarkupElement } from './model/fileModel.ts';
import type { Reach } from './sheetReach.ts';
import type { IndexedSubject } from './workspace.ts';

/** An element of the markup as a phrase may name it: little more than the element, since there are so many. */
export class ElementSubject implements IndexedSubject {
  readonly element: MarkupElement;
  readonly parent: IndexedSubject | null;
  readonly kind: number;
  readonly text: string;
  readonly #file: SubjectFile;

  constructor(
    element: MarkupElement,
    { parent, kind, text, file }: { parent: IndexedSubject | null; kind: number; text: string; file: SubjectFile },
  ) {
    this.element = element;
    this.parent = parent;
    this.kind = kind;
    this.text = text;
    this.#file = file;
  }

  get tag(): string {
    return this.element.tag;
  }

  get id(): string {
    return this.element.id;
  }

  get classes(): readonly string[] {
    return this.element.classes;
  }

  get attributes(): ReadonlyMap<string, AttributeValue> {
    return this.element.attributes;
  }

  get path(): string {
    return this.#file.path;
  }

  get imports(): readonly string[] {
    return this.#file.imports;
  }

  get reach(): Reach {
    return this.#file.reach;
  }

  get component(): string | null {
    return this.element.component;
  }

  get shows(): readonly string[] {
    return this.element.shows;
  }

  get state(): boolean {
    return false;
  }

  get pseudoElement(): null {
    return null;
  }
}

/** What all elements of a file have in common. */
export interface SubjectFile {
  readonly path: string;
  readonly imports: readonly string[];
  readonly reach: Reach;
}
