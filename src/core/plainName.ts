/**
 * A name as a forgiving file system sees it: no case, no invisible characters, no other forms of the same letter, no
 * trailing dots or blanks, no stream (`.git::$INDEX_ALLOCATION`).
 */
export function plainName(segment: string): string {
  return segment
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .normalize('NFKC')
    .toLowerCase()
    .replace(/:.*$/s, '')
    .replace(/[. ]+$/, '');
}
