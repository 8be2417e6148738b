import type { ModelMessage } from 'ai';
import * as z from 'zod/mini';
import { Amount, RateCardBody } from '../../protocol/api.ts';
import { toolDefinitions } from './tools/toolDefinitions.ts';
import type { StateFiles } from './stateFiles.ts';

const Count = z.int().check(z.nonnegative());
const toolNames = Object.keys(toolDefinitions) as (keyof typeof toolDefinitions)[];

/**
 * A call that was sent and whose answer was not yet whole: enough to take that answer up again in another window and
 * to go on from it. Kept from before it is sent until its answer is worked on.
 */
export const UnfinishedCall = z.object({
  /** Raised when an older version could no longer read the file. */
  formatVersion: z.literal(1),
  /** The call's own key: the backend names the call by it. */
  key: z.string(),
  /** How many parts the answer had before this call. */
  partsBefore: Count,
  folder: z.nullable(z.string()),
  access: z.enum(['open', 'none', 'restricted', 'readOnly']),
  request: z.object({
    generation: z.string(),
    session: z.string(),
    model: z.string(),
    multiplier: z.number(),
    card: RateCardBody,
    stopsAt: Amount,
    /** Both are missing in the file of an older version. */
    limit: z.optional(Amount),
    budget: z.optional(z.nullable(Amount)),
    settled: Amount,
    firstCall: Count,
    instructions: z.string(),
    messages: z.array(z.custom<ModelMessage>((value) => Role.safeParse(value).success)),
    prompt: z.string(),
    tools: z.array(z.enum(toolNames)),
  }),
});
export type UnfinishedCall = z.infer<typeof UnfinishedCall>;

/** Makes a call durable. */
export function keepUnfinished(files: StateFiles, call: UnfinishedCall): Promise<void> {
  return files.write(fileOf(call.request.session), JSON.stringify(call));
}

/** The answer is whole, or nobody waits for it any more. */
export function forgetUnfinished(files: StateFiles, session: string): Promise<void> {
  return files.remove(fileOf(session));
}

/** The unfinished call of a session; null if there is none, or it cannot be read: then its answer was interrupted. */
export async function readUnfinished(files: StateFiles, session: string): Promise<UnfinishedCall | null> {
  try {
    return UnfinishedCall.parse(JSON.parse((await files.read(fileOf(session))) ?? 'null'));
  } catch {
    return null;
  }
}

/** The sessions with such a call, whichever window has them. */
export async function unfinishedSessions(files: StateFiles): Promise<string[]> {
  const listed = await files.list(FOLDER);
  return listed.filter(({ name }) => name.endsWith(END)).map(({ name }) => name.slice(0, -END.length));
}

/** Messages are our own, as the SDK took them. */
const Role = z.object({ role: z.enum(['system', 'user', 'assistant', 'tool']) });

const FOLDER = 'unfinished';
const END = '.json';

function fileOf(session: string): string {
  return `${FOLDER}/${session}${END}`;
}
