import type { Mixin, TakenIn } from './mixin.ts';
import type { Selector } from './selector.ts';

/** What a style or markup file says, with the place of every piece that may change. Offsets are UTF-16 code units. */
export interface FileModel {
  path: string;
  text: string;
  rules: StyleRule[];
  mixins: Mixin[];
  variables: StyleVariable[];
  elements: MarkupElement[];
  texts: TextPlace[];
  /** Files of the workspace that it imports, as paths without their extension. */
  imports: string[];
  /** Why nothing is known of it and nothing in it may be changed: it does not parse, or would take too long to read. */
  unread: 'broken' | 'too-large' | null;
}

export interface StyleRule {
  path: string;
  /** As the file says it, nesting resolved: ".nav a". */
  selectors: Selector[];
  label: string;
  /** At-rules around it that hold only sometimes: media, supports, container. */
  conditions: string[];
  declarations: Declaration[];
  /** Place in the file, for the cascade. */
  order: number;
  start: number;
  end: number;
  /** Where a new declaration can stand; null where none can be put in safely. */
  insertion: Insertion | null;
  /** Utility classes that it takes in with @apply. */
  applies: readonly string[];
  /** Mixins and other rules that it takes in. */
  takes: readonly TakenIn[];
  /** The component that this rule styles: Card for const Card = styled.div`…`. */
  component: string | null;
  /** The tag that the component is made of, in lower case; empty where it is not said. */
  componentTag: string;
  /** Holds only for elements of this file and of files that import it: CSS modules, scoped style blocks. */
  scoped: boolean;
  /** The cascade layer it stands in, an outer one first: "base.reset"; empty outside of all. */
  layer: string;
}

export interface Declaration {
  property: string;
  value: string;
  important: boolean;
  valueStart: number;
  valueEnd: number;
  start: number;
  /** How the value is written: plain CSS, a JavaScript string in these quotes, or a bare JavaScript number. */
  notation: Notation;
}

export type Notation = 'css' | 'attribute' | "'" | '"' | '`' | 'number';

/** A new declaration is `before` + "property: value" + `after`, put in at `at`. */
export interface Insertion {
  at: number;
  before: string;
  after: string;
  /** Between property and value. */
  colon: string;
  notation: 'css' | 'attribute' | 'object';
  /** For an object of a script: the quotes its strings have. */
  quote: "'" | '"';
}

export interface StyleVariable {
  path: string;
  /** With its sigil: --primary, $brand, @line. */
  name: string;
  value: string;
  valueStart: number;
  valueEnd: number;
  conditions: string[];
  /** ":root", "html" or no selector at all. */
  global: boolean;
}

export interface MarkupElement {
  path: string;
  tag: string;
  id: string;
  classes: string[];
  attributes: ReadonlyMap<string, AttributeValue>;
  parent: MarkupElement | null;
  /** Text directly in it and in its children, cut short. */
  text: string;
  start: number;
  end: number;
  /** The quoted class list, if it is a plain string that can be rewritten. */
  classList: { start: number; end: number } | null;
  inlineStyle: Declaration[];
  inlineInsertion: Insertion | null;
  /** A key of the translations that its text comes from. */
  translationKey: string | null;
  /** The component that this is all of: Header for what <Header /> shows. */
  component: string | null;
  /** Names of what it shows: product.price for {product.price}; empty for an expression without a name. */
  shows: readonly string[];
  /** Its text is computed, at least in part. */
  computed: boolean;
  /** Its classes are computed, at least in part, so that more may apply than can be read. */
  computedClasses: boolean;
}

export interface AttributeValue {
  value: string;
  start: number;
  end: number;
}

export interface TextPlace {
  path: string;
  /** Decoded, without the white space around it. */
  text: string;
  start: number;
  end: number;
  escape: 'html' | 'jsx' | 'attribute' | 'json' | "'" | '"' | '`';
  element: MarkupElement | null;
  /** The attribute it stands in; null for text. */
  attribute: string | null;
  /** The translation key, "auth.signIn". */
  key: string | null;
}

export function emptyModel(path: string, text: string): FileModel {
  return { path, text, rules: [], mixins: [], variables: [], elements: [], texts: [], imports: [], unread: null };
}
