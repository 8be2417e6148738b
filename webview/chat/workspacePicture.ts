/**
 * The address at which the page may show a picture of the workspace, named by its relative path; null for everything
 * that is elsewhere, and where no folder is open.
 */
export function workspacePicture(source: string): string | null {
  const folder = document.querySelector<HTMLMetaElement>('meta[name="pictures"]')?.content;
  if (folder === undefined || /^[a-z][a-z\d+.-]*:|^[/\\]|[?#]/i.test(source)) return null;
  const base = new URL(`${folder.replace(/\/$/, '')}/`, document.baseURI).href;
  const address = new URL(source.replaceAll('\\', '/'), base).href;
  return address.startsWith(base) && PICTURE.test(address) ? address : null;
}

/** What a browser draws; anything else that a path names is not even asked for. */
const PICTURE = /\.(?:png|jpe?g|gif|webp|avif|bmp|ico|svg)$/i;
