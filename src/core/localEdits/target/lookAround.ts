import type { Workspace } from '../workspace.ts';
import type { SubjectGroup } from './resolveTarget.ts';
import type { Sight } from './sight.ts';

/** Groups whose costs differ by less than this name the thing equally well. */
export const TIE = 0.35;

/** On different pages the names need not be as near: a tag here is what a class of that name is there. */
const NEAR = 0.6;

/** What is in sight and still less well named leaves a doubt: an extra word in its name, as in .page-card-header. */
const DOUBTFUL = 1.1;

export interface Surroundings {
  groups: SubjectGroup[];
  /** What is compared with it on other pages: only those in sight, once something in sight was found. */
  among: readonly SubjectGroup[];
}

/** The groups to plan for: what stands in the page that the person looks at comes first. */
export function lookAround(all: readonly SubjectGroup[], sight: Sight | null): Surroundings {
  const best = bestOf(all);
  const least = best[0]?.cost ?? 0;
  if (!sight) return { groups: best, among: all };
  const own = narrow(all, (path) => sight.isOwn(path));
  for (const seen of [own, narrow(all, (path) => sight.mayShow(path))]) {
    if (seen[0] && seen[0].cost - least <= NEAR) return { groups: bestOf(seen), among: seen };
  }
  if (!sight.ofPage || !own[0] || own[0].cost - least > DOUBTFUL) return { groups: best, among: all };
  return { groups: [...best, ...bestOf(own)], among: [] };
}

/** Keeps what is in sight, own things first; all of it if none is. */
export function inSight<T extends { path: string }>(things: readonly T[], sight: Sight | null): readonly T[] {
  if (!sight) return things;
  const own = things.filter(({ path }) => sight.isOwn(path));
  const shown = own.length > 0 ? own : things.filter(({ path }) => sight.mayShow(path));
  return shown.length > 0 ? shown : things;
}

/** Given in order, the best first. */
function bestOf(groups: readonly SubjectGroup[]): SubjectGroup[] {
  const least = groups[0]?.cost ?? 0;
  return groups.filter(({ cost }) => cost - least < TIE);
}

function narrow(groups: readonly SubjectGroup[], holds: (path: string) => boolean): SubjectGroup[] {
  return groups.flatMap((group) => {
    const subjects = group.subjects.filter(({ path }) => holds(path));
    return subjects.length === 0 ? [] : [subjects.length === group.subjects.length ? group : { ...group, subjects }];
  });
}

/**
 * What other whole pages have by that name, if it is nearly as good there: a page with a .header and one with a
 * <header> both have a header. Only pages are compared with pages; components make up one page together.
 */
export function onOtherPages({ wholePages }: Workspace, { groups, among }: Surroundings): SubjectGroup[] {
  if (wholePages.size < 2) return [];
  const taken = new Set(groups.flatMap(({ subjects }) => subjects.map(({ path }) => path)));
  if (![...taken].some((path) => wholePages.has(path))) return [];
  const limit = (groups[0]?.cost ?? 0) + NEAR;
  const bestThere = new Map<string, number>();
  const isElsewhere = (path: string): boolean => wholePages.has(path) && !taken.has(path);
  const others = narrow(
    among.filter(({ cost }) => cost <= limit),
    isElsewhere,
  );
  for (const { cost, subjects } of others)
    for (const { path } of subjects) bestThere.set(path, Math.min(cost, bestThere.get(path) ?? cost));
  return others.flatMap((group) => {
    return narrow([group], (path) => group.cost - (bestThere.get(path) ?? 0) < TIE);
  });
}
