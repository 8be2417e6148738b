import * as z from 'zod/mini';
import { Amount } from './api.ts';

/**
 * At which limit an answer paused. `more` is what going on may cost besides; at the budget of the day `limit` is that
 * budget.
 */
const LimitPause = z.object({ kind: z.enum(['charge', 'budget']), limit: Amount, more: Amount });
export type LimitPause = z.infer<typeof LimitPause>;

export const Pause = z.discriminatedUnion('kind', [LimitPause, z.object({ kind: z.literal('steps'), limit: z.int() })]);
export type Pause = z.infer<typeof Pause>;
