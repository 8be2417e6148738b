/** What plans sell and the ledger counts, as a whole number of thousandths of a token: a safe integer from 0. */
export type Millitokens = number & { readonly unit: 'millitokens' };

/** One token is this many millitokens. */
export const MILLITOKENS_PER_TOKEN = 1000;

/** Gives a checked number its unit. RangeError unless it is a safe integer from 0. */
export function millitokens(value: number): Millitokens {
  if (!isMillitokens(value)) throw new RangeError(`not an amount in millitokens: ${value}`);
  return value;
}

/** Whether a number can be an amount: a safe integer from 0. */
export function isMillitokens(value: number): value is Millitokens {
  return Number.isSafeInteger(value) && value >= 0;
}
