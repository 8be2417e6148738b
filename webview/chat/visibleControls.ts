/**
 * Makes characters visible that would change how other text reads or hide in it: bidirectional overrides and isolates,
 * and control characters but for tab and line ends. Marks that right-to-left writing needs (U+200E, U+200F) stay as
 * they are.
 */
export function visibleControls(text: string): string {
  return text.replace(HIDDEN, (character) => (HARMLESS.test(character) ? character : `[U+${codeOf(character)}]`));
}

const HIDDEN = /[\u202A-\u202E\u2066-\u2069\p{Cc}]/gu;
const HARMLESS = /[\t\n\r]/;

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
}
