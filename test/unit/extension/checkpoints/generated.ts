import type { ChangeSet } from '../../../../src/core/changeSet.ts';
import type { CheckpointStore } from '../../../../src/extension/node/checkpointStore.ts';

/** A whole generation that does these changes. */
export async function generated(store: CheckpointStore, id: string, changes: ChangeSet): Promise<void> {
  await store.begin(id, { prompt: `prompt of ${id}` });
  await store.apply(id, changes);
  await store.commit(id);
}
