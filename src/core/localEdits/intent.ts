import type { ColorValue } from './colors/colorValue.ts';

/** One wish read out of a sentence: what should change, and where. Nothing is looked up yet. */
export interface Intent {
  target: TargetPhrase;
  change: Change;
}

/** A noun phrase as the person wrote it: "the second save button in the footer". */
export interface TargetPhrase {
  /** Words in order, the head last. Original letter case is kept, because labels have one. */
  words: string[];
  /** Quoted text that names the thing: the "Sign up" button. */
  quote: string | null;
  /** A selector written out: .card, #banner, --brand. */
  selector: string | null;
  /** The phrase this one stands in: "the title in the header". */
  inside: TargetPhrase | null;
  /** "this button": the place of the caret decides. */
  pointing: boolean;
  /** "all", "every", or a plural head: more than one place may change. */
  many: boolean;
  /** "the red button": the colour that it has today. */
  currentColor: ColorValue | null;
  /** "a button", not "the button": it may have to be made first. */
  indefinite: boolean;
  /** 1 for the first, 2 for the second, -1 for the last; null if not said. */
  ordinal: number | null;
}

export type Side = 'top' | 'right' | 'bottom' | 'left';

/** How a number moves. `by` and `to` are CSS lengths or plain numbers as typed. */
export type Amount =
  | { kind: 'set'; css: string }
  /** "add 8px padding" where there is none; where there is some, nobody knows whether more or this is meant. */
  | { kind: 'start'; css: string }
  | { kind: 'step'; sign: 1 | -1; degree: Degree; by: string | null }
  | { kind: 'scale'; factor: number }
  | { kind: 'remove' }
  | { kind: 'default' };

export type Degree = 'slight' | 'normal' | 'much';

export type LengthProperty =
  | 'padding'
  | 'margin'
  | 'gap'
  | 'font-size'
  | 'line-height'
  | 'letter-spacing'
  | 'border-radius'
  | 'border-width'
  | 'width'
  | 'height'
  | 'max-width'
  | 'min-width'
  | 'max-height'
  | 'min-height'
  | 'opacity'
  | 'font-weight'
  | 'size'
  | 'space';

export type ColorProperty = 'background' | 'color' | 'border-color' | 'surface';

export type ShadowStrength = 'subtle' | 'normal' | 'strong';

export type Change =
  | { kind: 'color'; property: ColorProperty; value: ColorValue; from: ColorValue | null }
  | { kind: 'length'; property: LengthProperty; sides: Side[]; amount: Amount; from: string | null }
  | { kind: 'keyword'; property: string; value: string; ofText: boolean }
  | { kind: 'shadow'; amount: 'add' | 'remove' | 'more' | 'less'; strength: ShadowStrength }
  | {
      kind: 'border';
      amount: 'add' | 'remove';
      sides: Side[];
      width: string | null;
      style: string | null;
      color: ColorValue | null;
    }
  /** `whole`: the words were not quoted, so that only a text of just these words is meant. */
  | { kind: 'text'; to: string; from: string | null; whole: boolean; attribute: string | null };

export function emptyTarget(): TargetPhrase {
  return {
    words: [],
    quote: null,
    selector: null,
    inside: null,
    pointing: false,
    many: false,
    currentColor: null,
    indefinite: false,
    ordinal: null,
  };
}
