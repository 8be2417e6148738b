/**
 * The text with its one occurrence of `find` replaced, or why not. Line ends follow the text where only they differ.
 */
export function editText(text: string, find: string, replace: string): EditedText {
  if (find === '') return { kind: 'refusal', reason: 'The text to find is empty.' };
  const wanted = fitting(text, find, replace);
  const first = text.indexOf(wanted.find);
  if (first < 0) return { kind: 'refusal', reason: notFound(text, find) };
  const count = occurrences(text, wanted.find);
  if (count > 1) {
    const reason = `The text to find occurs ${String(count)} times. Take along more lines around it, so that it is unique.`;
    return { kind: 'refusal', reason };
  }
  const after = text.slice(first + wanted.find.length);
  return { kind: 'edited', text: text.slice(0, first) + wanted.replace + after };
}

export type EditedText =
  { readonly kind: 'edited'; readonly text: string } | { readonly kind: 'refusal'; readonly reason: string };

/** Models write \n; a file with \r\n still is the same text to them. */
function fitting(text: string, find: string, replace: string): { find: string; replace: string } {
  if (text.includes(find) || !text.includes('\r\n')) return { find, replace };
  return { find: withCrLf(find), replace: withCrLf(replace) };
}

function withCrLf(text: string): string {
  return text.replace(/\r?\n/g, '\r\n');
}

function notFound(text: string, find: string): string {
  const loose = (value: string) => value.replace(/\s+/g, ' ').trim();
  const hint = loose(text).includes(loose(find)) ? ' It is there with other blanks or line ends: copy it exactly.' : '';
  return `The text to find is not in the file.${hint} Read the file and copy the text exactly.`;
}

function occurrences(text: string, find: string): number {
  let count = 0;
  for (let at = text.indexOf(find); at >= 0; at = text.indexOf(find, at + 1)) count += 1;
  return count;
}
