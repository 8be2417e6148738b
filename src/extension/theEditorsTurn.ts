/** Resolves when the host has done what waited meanwhile: what takes long is done in parts, with this between. */
export function theEditorsTurn(): Promise<void> {
  return new Promise(setImmediate);
}
