import { isPage, isSheet } from '../model/readLinks.ts';
import { mayReach, reachFor, type SheetReach } from '../sheetReach.ts';

/** What a person sees who looks at a file. */
export interface Sight {
  /** Whether a file belongs to what is looked at, by its own word: the page itself, and what it links. */
  isOwn(path: string): boolean;
  /** Whether it may be on the page besides. */
  mayShow(path: string): boolean;
  /** False for a sheet that no page takes in: it shows itself and nothing else. */
  ofPage: boolean;
}

/** A page shows itself; a sheet, a script or a component shows the pages that take it in. Null where none is known. */
export function sightOf(reach: SheetReach, focused: string): Sight | null {
  const linking = isPage(focused) ? [focused] : reach.pagesBy.get(focused);
  const pages = new Set(linking ?? reach.bundled);
  if (pages.size === 0) {
    const isItself = (path: string): boolean => path === focused;
    return isSheet(focused) ? { isOwn: isItself, mayShow: isItself, ofPage: false } : null;
  }
  const reaches = [...new Set([...pages].map((page) => reachFor(reach, page)))];
  const mayShow = (path: string): boolean =>
    pages.has(path) || (!isPage(path) && reaches.some((each) => mayReach(each, path)));
  const isLinked = (path: string): boolean => reach.pagesBy.get(path)?.some((page) => pages.has(page)) ?? false;
  return { isOwn: linking ? isLinked : mayShow, mayShow, ofPage: true };
}
