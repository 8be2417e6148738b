/** What may be kept for rolling back. */
export interface CheckpointLimits {
  /** On the disk, the journal included. */
  readonly maxBytes: number;
  /** An ISO instant in UTC: generations that began before it are too old. */
  readonly keepFrom: string;
}

/** A generation that can be rolled back; `contents` names all that this, and redoing it, would need. */
export interface KeptGeneration {
  readonly id: string;
  /** When it began, an ISO instant in UTC; empty if that is not known any more, and then it is never too old. */
  readonly at: string;
  readonly contents: ReadonlySet<string>;
  /** One that runs is never dropped. */
  readonly isOpen: boolean;
}

export interface CapExcess {
  /** What would be dropped, the oldest first. */
  readonly ids: readonly string[];
  /** What dropping them frees on the disk. */
  readonly bytes: number;
}

/**
 * What a cap on size and age would drop of generations that are given the oldest first: the too old, then the oldest
 * until the rest fits. Contents count once, however many generations need them. The last generation stays, whatever its
 * size and age: the step that was just taken can always be taken back. `sizes` are bytes on the disk by content,
 * `otherBytes` what no dropping frees.
 */
export function capExcess(
  generations: readonly KeptGeneration[],
  sizes: ReadonlyMap<string, number>,
  otherBytes: number,
  { maxBytes, keepFrom }: CheckpointLimits,
): CapExcess {
  const droppable = generations.slice(0, -1).filter(({ isOpen }) => !isOpen);
  const uses = new Map<string, number>();
  for (const hash of generations.flatMap(({ contents }) => [...contents])) uses.set(hash, (uses.get(hash) ?? 0) + 1);
  const sizeOf = (hash: string): number => sizes.get(hash) ?? 0;
  const start = [...uses.keys()].reduce((sum, hash) => sum + sizeOf(hash), otherBytes);
  let total = start;
  const ids: string[] = [];
  const drop = ({ id, contents }: KeptGeneration): void => {
    ids.push(id);
    for (const hash of contents) {
      const left = (uses.get(hash) ?? 0) - 1;
      uses.set(hash, left);
      if (left === 0) total -= sizeOf(hash);
    }
  };
  const isTooOld = ({ at }: KeptGeneration): boolean => at !== '' && at < keepFrom;
  for (const generation of droppable.filter(isTooOld)) drop(generation);
  for (const generation of droppable) {
    if (total <= maxBytes) break;
    if (!isTooOld(generation)) drop(generation);
  }
  const inOrder = droppable.map(({ id }) => id).filter((id) => ids.includes(id));
  return { ids: inOrder, bytes: start - total };
}
