import { readdirSync } from 'node:fs';
import path from 'node:path';

/**
 * What several parts of a page share and its script therefore imports at once: it is named here, so that the browser
 * can ask for all of it beside the script instead of after it. `pages` is the folder of the pages; answers paths in it,
 * without `.js`.
 */
export function sharedChunks(pages: string, page: string): string[] {
  return readdirSync(path.join(pages, page))
    .filter((file) => /^chunk-\w+\.js$/.test(file))
    .map((file) => `${page}/${path.basename(file, '.js')}`);
}
