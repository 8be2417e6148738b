import type { Degree, TargetPhrase } from '../intent.ts';
import type { HueName, Shade } from './hues.ts';

/** A colour as a sentence says it; what it becomes depends on what stands in the file. */
export type ColorValue =
  | { kind: 'exact'; css: string }
  | { kind: 'named'; name: string }
  | { kind: 'hue'; hue: HueName; shade: Shade }
  | { kind: 'relative'; direction: 'darker' | 'lighter'; hue: HueName | null; degree: Degree }
  | { kind: 'transparent' }
  | { kind: 'like'; phrase: TargetPhrase };
