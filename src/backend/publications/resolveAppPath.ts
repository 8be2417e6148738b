import type { AppManifest } from './appManifest.ts';

/** What an app answers to a path: a file with its status, a step to a folder's own address, or nothing. */
export type AppAnswer =
  | { readonly kind: 'file'; readonly path: string; readonly status: 200 | 404 }
  | { readonly kind: 'folder'; readonly location: string }
  | { readonly kind: 'nothing' };

/**
 * Finds what a request's path means in an app, as static hosts do: the file itself, a folder's `index.html`, a page
 * without its `.html`. Another page that a browser wants to see is the app's `404.html` if it has one, else its first
 * page, which then finds its way by itself. Only paths of the manifest are ever found, so that none leads out.
 */
export function resolveAppPath(
  files: AppManifest['files'],
  request: { readonly pathname: string; readonly wantsPage: boolean },
): AppAnswer {
  const has = (path: string): boolean => Object.hasOwn(files, path);
  const path = decoded(request.pathname);
  if (path === null) return { kind: 'nothing' };
  const page = path === '' || path.endsWith('/') ? `${path}index.html` : path;
  if (has(page)) return { kind: 'file', path: page, status: 200 };
  if (has(`${page}/index.html`)) return { kind: 'folder', location: `/${encoded(page)}/` };
  if (has(`${page}.html`)) return { kind: 'file', path: `${page}.html`, status: 200 };
  if (!request.wantsPage) return { kind: 'nothing' };
  if (has('404.html')) return { kind: 'file', path: '404.html', status: 404 };
  return { kind: 'file', path: 'index.html', status: 200 };
}

/** Without the slash in front; null for what is no encoded text. */
function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname.replace(/^\//, '')).normalize('NFC');
  } catch {
    return null;
  }
}

function encoded(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
