/**
 * How often a property is tried: what FC_RUNS says (the long runs set it), else `usual`. Hand it to fast-check as
 * `numRuns`; `test:deep` finds the properties by this call.
 */
export function propertyRuns(usual = 200): number {
  const told = Number(process.env.FC_RUNS);
  return Number.isInteger(told) && told > 0 ? told : usual;
}
