/** A file's text and what else its bytes say. */
export interface TextFile {
  readonly text: string;
  readonly encoding: Encoding;
}

/** `bom` belongs to the encoding, so that a merge never doubles or drops it. */
export type Encoding = 'utf8' | 'utf8-bom' | 'utf16le-bom' | 'utf16be-bom';

/** Larger texts are treated as binary: merging them by lines takes seconds and memory. */
export const MAX_TEXT_BYTES = 4_194_304;

const marks: readonly { encoding: Encoding; label: string; mark: readonly number[] }[] = [
  { encoding: 'utf8-bom', label: 'utf-8', mark: [0xef, 0xbb, 0xbf] },
  { encoding: 'utf16le-bom', label: 'utf-16le', mark: [0xff, 0xfe] },
  { encoding: 'utf16be-bom', label: 'utf-16be', mark: [0xfe, 0xff] },
  { encoding: 'utf8', label: 'utf-8', mark: [] },
];

/**
 * The bytes as text, or null if they are binary: too large, with a NUL, or not the very bytes that writing the text
 * would give.
 */
export function textFileOf(bytes: Uint8Array): TextFile | null {
  if (bytes.length > MAX_TEXT_BYTES) return null;
  const found = marks.find(({ mark }) => mark.every((byte, index) => bytes[index] === byte));
  if (found === undefined || (found.label === 'utf-8' && bytes.includes(0))) return null;
  const body = bytes.subarray(found.mark.length);
  const text = decoded(found.label, body);
  if (text === null || text.includes('\0')) return null;
  const file: TextFile = { text, encoding: found.encoding };
  // UTF-8 that decodes at all has no other bytes.
  return found.label === 'utf-8' || Buffer.compare(bytesOf(file), bytes) === 0 ? file : null;
}

/** The bytes of a text in its encoding, with its mark. */
export function bytesOf({ text, encoding }: TextFile): Uint8Array {
  if (encoding === 'utf8') return Buffer.from(text, 'utf8');
  const mark = Buffer.from(marks.find((known) => known.encoding === encoding)?.mark ?? []);
  if (encoding === 'utf8-bom') return Buffer.concat([mark, Buffer.from(text, 'utf8')]);
  const body = Buffer.from(text, 'utf16le');
  return Buffer.concat([mark, encoding === 'utf16be-bom' ? body.swap16() : body]);
}

function decoded(label: string, bytes: Uint8Array): string | null {
  try {
    return new TextDecoder(label, { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
