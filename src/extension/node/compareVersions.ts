/**
 * Orders two versions `a.b.c`: negative if the first is older, 0 if equal, positive if newer. Anything else counts as
 * 0.0.0.
 */
export function compareVersions(first: string, second: string): number {
  const [a, b] = [numbers(first), numbers(second)];
  const differing = a.findIndex((part, at) => part !== b[at]);
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
}

function numbers(version: string): number[] {
  const match = /^(\d+)\.(\d+)\.(\d+)/.exec(version);
  return match ? match.slice(1).map(Number) : [0, 0, 0];
}
