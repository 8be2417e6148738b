/**
 * A table in which words are looked up that others chose. It has its entries and nothing else: `constructor` and
 * `__proto__`, which every object answers to, are not in it.
 */
export function wordTable<T>(entries: Readonly<Record<string, T>>): Readonly<Record<string, T>> {
  return Object.assign(Object.create(null) as Record<string, T>, entries);
}
