import { linkTarget, type LinkTarget } from './linkTarget.ts';

/**
 * The place in a file that a name in code stands for, such as `styles.css:12` or `src/app.ts`; null for any other code.
 * A bare `app.ts` is none: it looks like `console.log`.
 */
export function codeReference(code: string): Extract<LinkTarget, { kind: 'file' }> | null {
  const target = linkTarget(code);
  if (target.kind !== 'file' || !NAMED.test(target.path)) return null;
  return target.line !== undefined || target.path.includes('/') ? target : null;
}

/** Without blanks, and with an ending that begins with a letter: no number, no host with a port, no media type. */
const NAMED = /^[^\s{}<>"'`$*|=,;]+[\w)\]]\.[A-Za-z]\w{0,9}$/;
