/**
 * Which way a text runs, by its first letter. Instead of `dir="auto"` and its kin, which look through all of a text at
 * every layout: on a message of a megabyte that takes the browser half a minute.
 */
export function textDirection(text: string): 'ltr' | 'rtl' {
  const first = /\p{L}/u.exec(text.slice(0, LOOKED_AT))?.[0];
  return first !== undefined && RIGHT_TO_LEFT.test(first) ? 'rtl' : 'ltr';
}

/** Before its first letter a text has a few digits and marks at most; in UTF-16 code units. */
const LOOKED_AT = 200;
const RIGHT_TO_LEFT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
