import type * as z from 'zod/mini';

/** What each call of one side takes and answers. */
export type Calls<I> = Readonly<Record<keyof I, Call>>;
type Call = { readonly args: z.ZodMiniType; readonly answer?: z.ZodMiniType };
type Implementation = Record<string, (...args: never[]) => unknown>;

/**
 * Parses the arguments of every call at the receiver's door, before the implementation sees them.
 * Throws a ZodError for a call whose arguments have another shape; unknown calls do not exist on the result.
 */
export function checkedCalls<I extends object>(calls: Calls<I>, implementation: I): I {
  const open = implementation as unknown as Implementation;
  const entries = Object.entries<Call>(calls).map(([name, { args }]) => {
    const call = open[name];
    if (!call) throw new Error(`No implementation of the call ${name}`);
    return [name, (...given: unknown[]) => call.apply(implementation, args.parse(given) as never[])];
  });
  return Object.fromEntries(entries) as I;
}

/** Parses the answer of every call at the caller's door. */
export function checkedAnswers<I extends object>(calls: Calls<I>, remote: object): I {
  const open = remote as Record<string, (...args: unknown[]) => Promise<unknown>>;
  const entries = Object.entries<Call>(calls).map(([name, { answer }]) => [
    name,
    async (...given: unknown[]) => {
      const value = await open[name]?.(...given);
      return answer ? answer.parse(value) : undefined;
    },
  ]);
  return Object.fromEntries(entries) as I;
}
