import type * as z from 'zod/mini';

type Implementation = Record<string, (...args: never[]) => unknown>;

/**
 * Parses the arguments of every call at the receiver's door, before the implementation sees them.
 * Throws a ZodError for a call whose arguments have another shape; unknown calls do not exist on the result.
 */
export function checkedCalls<I extends object>(calls: Calls, implementation: I): I {
  const open = implementation as unknown as Implementation;
  const entries = Object.entries(calls).map(([name, { args }]) => {
    const call = open[name];
    if (!call) throw new Error(`No implementation of the call ${name}`);
    return [name, (...given: unknown[]) => call.apply(implementation, args.parse(given) as never[])];
  });
  return Object.fromEntries(entries) as I;
}

/** Every call of one side: what it takes and what it answers. */
export type Calls = Record<string, { args: z.ZodMiniType; answer?: z.ZodMiniType }>;

/** Parses the answer of every call at the caller's door. */
export function checkedAnswers<I extends object>(calls: Calls, remote: object): I {
  const open = remote as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const entries = Object.entries(calls).map(([name, { answer }]) => [
    name,
    async (...given: unknown[]) => {
      const value = await open[name]?.(...given);
      return answer ? answer.parse(value) : undefined;
    },
  ]);
  return Object.fromEntries(entries) as I;
}
