/** Resolves when the extension host has done what waited meanwhile: what is long is done in parts, with this between. */
export function theEditorsTurn(): Promise<void> {
  return new Promise(setImmediate);
}
