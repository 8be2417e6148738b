/** A line that all three sides have once, and where: indices into each. */
export interface LineAnchor {
  readonly base: number;
  readonly now: number;
  readonly before: number;
}

/**
 * Lines that stand exactly once in each of three files and in the same order in all of them: the places at which a
 * merge can be cut into small ones (patience diff). In the order of the files; O(n log n), however often other lines
 * repeat.
 */
export function lineAnchors(
  base: readonly string[],
  now: readonly string[],
  before: readonly string[],
): readonly LineAnchor[] {
  const inNow = positionsOfUnique(now);
  const inBefore = positionsOfUnique(before);
  const candidates: LineAnchor[] = [];
  for (const [line, at] of positionsOfUnique(base)) {
    const nowAt = inNow.get(line);
    const beforeAt = inBefore.get(line);
    if (nowAt !== undefined && beforeAt !== undefined) candidates.push({ base: at, now: nowAt, before: beforeAt });
  }
  candidates.sort((one, other) => one.base - other.base);
  return longestRising(
    longestRising(candidates, (anchor) => anchor.now),
    (anchor) => anchor.before,
  );
}

function positionsOfUnique(lines: readonly string[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  const repeated = new Set<string>();
  lines.forEach((line, index) => {
    if (positions.has(line)) repeated.add(line);
    positions.set(line, index);
  });
  for (const line of repeated) positions.delete(line);
  return positions;
}

interface Link {
  readonly anchor: LineAnchor;
  readonly previous: Link | null;
}

/** The longest subsequence whose values rise: patience sorting with links back to the pile before. */
function longestRising(anchors: readonly LineAnchor[], valueOf: (anchor: LineAnchor) => number): readonly LineAnchor[] {
  const piles: Link[] = [];
  for (const anchor of anchors) {
    const pile = firstPileFrom(piles, valueOf(anchor), valueOf);
    piles[pile] = { anchor, previous: piles[pile - 1] ?? null };
  }
  const rising: LineAnchor[] = [];
  for (let link = piles.at(-1) ?? null; link !== null; link = link.previous) rising.push(link.anchor);
  return rising.reverse();
}

/** The first pile whose top is not below the value; piles' tops rise, so by halving. */
function firstPileFrom(piles: readonly Link[], value: number, valueOf: (anchor: LineAnchor) => number): number {
  let low = 0;
  let high = piles.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const top = piles[middle];
    if (top !== undefined && valueOf(top.anchor) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
