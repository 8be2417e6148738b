import * as z from 'zod/mini';
import type { StateFiles } from './stateFiles.ts';

const FILE = 'draft-handover.json';
/** Opening a folder reloads the window within seconds; a draft older than this belongs to another errand. */
const VALID_MS = 120_000;

type DraftFiles = Pick<StateFiles, 'read' | 'write'>;

const Handover = z.nullable(z.object({ draft: z.string(), at: z.number() }));
type Handover = z.infer<typeof Handover>;

/**
 * Leaves a draft for the window that a folder is about to be opened in: it has a storage of its own. A file that all
 * windows share holds it, because VS Code in a browser may lose its own state when the page goes at once.
 */
export async function leaveDraft(shared: DraftFiles, draft: string, now: Date): Promise<void> {
  if (draft.trim() !== '') await write(shared, { draft, at: now.getTime() });
}

/** Takes the draft that was left, once; null if there is none. */
export async function takeDraft(shared: DraftFiles, now: Date): Promise<string | null> {
  const left = parsed(await shared.read(FILE));
  if (left === null) return null;
  await write(shared, null);
  return now.getTime() - left.at <= VALID_MS ? left.draft : null;
}

function write(shared: DraftFiles, handover: Handover): Promise<void> {
  return shared.write(FILE, JSON.stringify(handover));
}

/** A file that cannot be understood holds no draft. */
function parsed(text: string | null): Handover {
  try {
    return Handover.parse(JSON.parse(text ?? 'null'));
  } catch {
    return null;
  }
}
