/**
 * The addresses at which the page may look for a picture of the workspace, named by its relative path: one in each
 * folder that is open. None for everything that is elsewhere.
 */
export function workspacePictures(source: string): string[] {
  const folders = document.querySelector<HTMLMetaElement>('meta[name="pictures"]')?.content ?? '';
  if (folders === '' || /^[a-z][a-z\d+.-]*:|^[/\\]|[?#]/i.test(source)) return [];
  return folders.split(' ').flatMap((folder) => {
    const base = new URL(`${folder.replace(/\/$/, '')}/`, document.baseURI).href;
    const address = new URL(source.replaceAll('\\', '/'), base).href;
    return address.startsWith(base) && PICTURE.test(address) ? [address] : [];
  });
}

/** What a browser draws; anything else that a path names is not even asked for. */
const PICTURE = /\.(?:png|jpe?g|gif|webp|avif|bmp|ico|svg)$/i;
