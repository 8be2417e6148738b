import type { ColorValue } from '../colors/colorValue.ts';
import type { Degree, LengthProperty, Side, ShadowStrength } from '../intent.ts';

/** What a verb asks for, as far as a style edit goes. */
export type Verb =
  | 'set'
  | 'give'
  | 'align'
  | 'increase'
  | 'decrease'
  | 'remove'
  | 'add'
  | 'rename'
  | 'scale'
  | 'use'
  | 'darken'
  | 'lighten';

export type PropertyWord =
  | LengthProperty
  | 'background'
  | 'color'
  | 'surface'
  | 'border-color'
  | 'border'
  | 'box-shadow'
  | 'text'
  | 'font-family'
  | 'text-align'
  | 'text-decoration'
  | 'text-transform'
  | 'font-style';

/** One unit of meaning in a sentence, with its place in it. */
export type Chunk = ChunkMeaning & { start: number; end: number; raw: string };

export type ChunkMeaning =
  | { kind: 'verb'; verb: Verb; factor?: number }
  | { kind: 'property'; property: PropertyWord; sides?: Side[] }
  | { kind: 'color'; value: ColorValue }
  | { kind: 'length'; css: string }
  | { kind: 'keyword'; property: string; value: string }
  | { kind: 'comparative'; axis: Axis; sign: 1 | -1; plain?: true }
  | { kind: 'degree'; degree: Degree }
  | { kind: 'strength'; strength: ShadowStrength }
  | { kind: 'line'; style: string }
  | { kind: 'side'; sides: Side[] }
  | { kind: 'noun' }
  | { kind: 'ordinal'; ordinal: number }
  | { kind: 'quote'; text: string }
  | { kind: 'selector' }
  | { kind: 'preposition'; word: string }
  | { kind: 'be'; states?: true }
  | { kind: 'say' }
  | { kind: 'arrow' }
  | { kind: 'determiner'; word: string }
  | { kind: 'pronoun' }
  | { kind: 'none' }
  | { kind: 'break'; strong: boolean }
  | { kind: 'colon' }
  | { kind: 'filler' }
  | { kind: 'unsupported' };

/** What a comparative is about; `amount` ("more") takes its property from the rest of the sentence. */
export type Axis =
  | 'amount'
  | 'size'
  | 'width'
  | 'height'
  | 'thickness'
  | 'weight'
  | 'radius'
  | 'space'
  | 'room'
  | 'apart'
  | 'shadow'
  | 'opacity'
  | 'darkness';
