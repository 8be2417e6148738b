/** From here on a pasted text is better attached than typed: it is no words of the person's, and is priced lower so. */
const LONG_PASTE_CHARS = 4_000;
/** The larger side of a picture that models still look at whole; more pixels only cost time. */
const LARGEST_SIDE = 1_568;

/** What was pasted or dropped that goes along as an attachment in the place of text. */
export type PastedThing =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'image'; readonly file: File }
  | { readonly kind: 'uris'; readonly uris: readonly string[] };

/** Null for what the text field takes as always. */
export function pastedThing(data: DataTransfer): PastedThing | null {
  const uris = urisIn(data);
  if (uris.length > 0) return { kind: 'uris', uris };
  const file = [...data.files].find(({ type }) => type.startsWith('image/'));
  if (file) return { kind: 'image', file };
  const text = data.getData('text/plain');
  return text.length >= LONG_PASTE_CHARS ? { kind: 'text', text } : null;
}

/** The picture as a data URI, made small enough to be sent. */
export async function pictureUri(file: File): Promise<string> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST_SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL('image/webp', 0.9);
}

/** VS Code's own list of what is dragged, else the one that every program gives; comments in it begin with `#`. */
function urisIn(data: DataTransfer): string[] {
  const list = data.getData('application/vnd.code.uri-list') || data.getData('text/uri-list');
  return list.split(/\r?\n/).filter((line) => line !== '' && !line.startsWith('#') && !/^https?:/.test(line));
}
