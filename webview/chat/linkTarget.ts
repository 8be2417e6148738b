/**
 * Where a link in an answer may lead: to the web by the editor's own question, to a file of the workspace, or nowhere.
 */
export function linkTarget(href: string): LinkTarget {
  const target = href.trim();
  if (/^(?:https?:\/\/|mailto:)/i.test(target)) return { kind: 'web', href: target };
  const file = FILE.exec(target);
  const path = file?.[1] === undefined ? null : decoded(file[1]);
  if (path === null || path.split(/[/\\]/).includes('..')) return { kind: 'none' };
  const line = file?.[2] ?? file?.[3];
  return line === undefined ? { kind: 'file', path } : { kind: 'file', path, line: Number(line) };
}

export type LinkTarget =
  | { readonly kind: 'web'; readonly href: string }
  | { readonly kind: 'file'; readonly path: string; readonly line?: number }
  | { readonly kind: 'none' };

/** A relative path without a scheme, with `:12` or `#L12` for a line. */
const FILE = /^(?:\.\/)?(?![/\\#?])([^:#?]+)(?::(\d{1,7})(?::\d+)?|#L(\d{1,7}).*)?$/;

function decoded(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
