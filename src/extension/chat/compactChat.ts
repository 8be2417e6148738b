import { l10n } from 'vscode';
import type { ChatRoom } from './chatRoom.ts';
import { compactPrompt } from './compactPrompt.ts';

/**
 * Asks for a summary; once it is there, it goes along in the place of what was said before. Throws a sentence if it
 * could not be asked for.
 */
export async function compactChat({ session, generations, deps }: ChatRoom): Promise<void> {
  const message = deps.newId();
  // The answer that runs may be a summary itself, which is still to take its place.
  if (!generations.isRunning) session.dispatch({ kind: 'compacting', message });
  const answer = await generations.send({ id: message, text: compactPrompt(), attachments: [] });
  if (answer.kind !== 'accepted')
    throw new Error(l10n.t('Nothing was sent: another answer is running, or Tokenfare isn’t ready yet.'));
}
