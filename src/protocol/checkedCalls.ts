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

/** A side whose calls are answered, as the other side calls it. */
export type AnsweredCalls<Table extends Record<string, Required<Call>>> = {
  [K in keyof Table]: (...args: Args<Table[K]>) => Promise<z.infer<Table[K]['answer']>>;
};

/** A side that is only told, as the other side tells it. */
export type ToldCalls<Table extends Record<string, Call>> = { [K in keyof Table]: (...args: Args<Table[K]>) => void };

type Args<T extends Call> = z.infer<T['args']> extends infer A extends unknown[] ? A : never;
