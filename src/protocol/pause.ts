import * as z from 'zod/mini';
import { Amount } from './api.ts';

/** At which limit an answer paused. `more` is what going on may cost besides. */
export const Pause = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('charge'), limit: Amount, more: Amount }),
  z.object({ kind: z.literal('steps'), limit: z.int() }),
]);
export type Pause = z.infer<typeof Pause>;
