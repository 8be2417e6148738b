import { isPage, isSheet } from '../model/readLinks.ts';
import { mayReach, reachFor, type SheetReach } from '../sheetReach.ts';

/** What a person sees who looks at a file: its page or pages, and what belongs to them. */
export interface Sight {
  /** Whether what stands in a file, or what the rules of a sheet select, is in sight. */
  holds(path: string): boolean;
  /** False for a sheet that no page links: it shows itself and nothing else. */
  ofPage: boolean;
}

/** A page shows itself; a sheet or a script shows the pages that take it in. Null for all other files. */
export function sightOf(reach: SheetReach, focused: string): Sight | null {
  const pages = isPage(focused) ? [focused] : (reach.pagesBy.get(focused) ?? []);
  if (pages.length === 0) return isSheet(focused) ? { holds: (path) => path === focused, ofPage: false } : null;
  const inSight = new Set(pages);
  const reaches = [...new Set(pages.map((page) => reachFor(reach, page)))];
  return {
    holds: (path) => inSight.has(path) || (!isPage(path) && reaches.some((each) => mayReach(each, path))),
    ofPage: true,
  };
}
