import type { AssistantMessage } from '../chat/chatReducer.ts';

/** A file of a checkpoint as the chat shows it. */
export function changedFile(file: {
  readonly path: string;
  readonly kind: 'created' | 'changed' | 'deleted' | 'renamed';
  readonly added: number;
  readonly removed: number;
}): AssistantMessage['changes'][number] {
  const { path, kind, added, removed } = file;
  return { path, kind: kind === 'changed' ? 'edited' : kind, added, removed };
}
