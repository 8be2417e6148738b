/**
 * New content in the manner of the file it replaces: its byte order mark, and its line ends where all of them are CRLF.
 */
export function fittingText(content: string, before: string | null): string {
  if (before === null) return content;
  const withLineEnds = isCrLf(before) ? content.replace(/\r?\n/g, '\r\n') : content;
  return before.startsWith(BYTE_ORDER_MARK) && !content.startsWith(BYTE_ORDER_MARK)
    ? BYTE_ORDER_MARK + withLineEnds
    : withLineEnds;
}

export const BYTE_ORDER_MARK = '\uFEFF';

function isCrLf(text: string): boolean {
  return text.includes('\r\n') && !/(^|[^\r])\n/.test(text);
}
