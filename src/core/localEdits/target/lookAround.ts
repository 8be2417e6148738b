import type { Workspace } from '../workspace.ts';
import type { SubjectGroup } from './resolveTarget.ts';
import type { Sight } from './sight.ts';

/** Groups whose costs differ by less than this name the thing equally well. */
export const TIE = 0.35;

/** On different pages the names need not be as near: a tag here is what a class of that name is there. */
const NEAR = 0.6;

/** What is in sight and still less well named leaves a doubt: an extra word in its name, as in .page-card-header. */
const DOUBTFUL = 1.1;

/** The groups to plan for; `certain` if it was settled by what the person looks at. */
export function lookAround(
  all: readonly SubjectGroup[],
  sight: Sight | null,
): { groups: SubjectGroup[]; certain: boolean } {
  const best = bestOf(all);
  const seen = sight ? narrow(all, (path) => sight.holds(path)) : [];
  const bestSeen = bestOf(seen)[0];
  if (!sight || !bestSeen) return { groups: best, certain: false };
  const worse = bestSeen.cost - (best[0]?.cost ?? 0);
  if (worse <= NEAR) return { groups: bestOf(seen), certain: true };
  if (!sight.ofPage || worse > DOUBTFUL) return { groups: best, certain: false };
  return { groups: [...best, ...bestOf(seen)], certain: true };
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
export function onOtherPages(
  { wholePages }: Workspace,
  all: readonly SubjectGroup[],
  groups: readonly SubjectGroup[],
): SubjectGroup[] {
  if (wholePages.size < 2) return [];
  const taken = new Set(groups.flatMap(({ subjects }) => subjects.map(({ path }) => path)));
  if (![...taken].some((path) => wholePages.has(path))) return [];
  const limit = (groups[0]?.cost ?? 0) + NEAR;
  const bestThere = new Map<string, number>();
  const isElsewhere = (path: string): boolean => wholePages.has(path) && !taken.has(path);
  const others = narrow(
    all.filter(({ cost }) => cost <= limit),
    isElsewhere,
  );
  for (const { cost, subjects } of others)
    for (const { path } of subjects) bestThere.set(path, Math.min(cost, bestThere.get(path) ?? cost));
  return others.flatMap((group) => {
    return narrow([group], (path) => group.cost - (bestThere.get(path) ?? 0) < TIE);
  });
}
