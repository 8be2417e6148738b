/**
 * The one gate that every sentence of the pages passes, so that a translation can take its place. `{name}` in the
 * English text is replaced by the value of that name.
 */
export function l10n(english: string, values: Readonly<Record<string, string | number>> = {}): string {
  return english.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}

/** The sentence for one thing or the one for several; `{n}` is the number. */
export function l10nCount(
  n: number,
  one: string,
  several: string,
  values: Readonly<Record<string, string>> = {},
): string {
  return l10n(n === 1 ? one : several, { ...values, n: n.toLocaleString() });
}
