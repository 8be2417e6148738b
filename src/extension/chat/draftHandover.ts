import type { Memento } from 'vscode';
import * as z from 'zod/mini';

const STORED_UNDER = 'tokenfare.draftHandover';
/** Opening a folder reloads the window within seconds; a draft older than this belongs to another errand. */
const VALID_MS = 120_000;

const Handover = z.object({ draft: z.string(), at: z.number() });

/** Leaves a draft for the window that a folder is about to be opened in: it has a storage of its own. */
export async function leaveDraft(globalState: Memento, draft: string, now: Date): Promise<void> {
  if (draft.trim() !== '') await globalState.update(STORED_UNDER, { draft, at: now.getTime() });
}

/** Takes the draft that was left, once; null if there is none. */
export async function takeDraft(globalState: Memento, now: Date): Promise<string | null> {
  const left = Handover.safeParse(globalState.get(STORED_UNDER));
  if (!left.success) return null;
  await globalState.update(STORED_UNDER, undefined);
  return now.getTime() - left.data.at <= VALID_MS ? left.data.draft : null;
}
