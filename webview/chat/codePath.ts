import { linkTarget } from './linkTarget.ts';

/** The file that the words behind a fence name, such as `ts src/app.ts`, `ts:src/app.ts` or `title="app.ts"`. */
export function fencePath(info: string): string | null {
  const named = /\b(?:title|file|filename|path)=["']?([^"'\s}]+)/.exec(info)?.[1];
  const [language = '', ...words] = info.trim().split(/\s+/);
  const joined = /^[\w+#-]*:(.+)$/.exec(language)?.[1];
  return pathOf(named ?? joined ?? words.find((word) => PATH.test(word)) ?? '');
}

/** The file that a text ends with, before a code block: "In src/app.ts:". */
export function pathBefore(text: string): string | null {
  const last = text.trim().split(/\s+/).at(-1) ?? '';
  return pathOf(last.replace(/^["'(`]+/, '').replace(/["'`):,.]+$/, ''));
}

/** With an ending that begins with a letter, so that no number and no "e.g." is one. */
const PATH = /^(?:[\w@.[\]()+-]+\/)*[\w@.[\]()+-]*[\w)\]]\.[A-Za-z]\w{1,9}$|^(?:[\w@.-]+\/)+[\w.-]+$/;

function pathOf(text: string): string | null {
  const target = PATH.test(text) ? linkTarget(text) : { kind: 'none' as const };
  return target.kind === 'file' ? target.path : null;
}
