import { types, TypeOverrides } from 'pg';

/** How PostgreSQL's values are read: as pg does, but for whole numbers, which become numbers if they are exact. */
export const wholeNumbers = new TypeOverrides();
wholeNumbers.setTypeParser(types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is beyond the whole numbers that are exact`);
  return value;
});
