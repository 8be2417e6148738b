import { ChatSession } from '../../src/extension/chat/chatSession.ts';
import type { StateFiles } from '../../src/extension/chat/stateFiles.ts';
import { MemoryFiles } from './memoryFiles.ts';

/** A window's conversation on these files; a new one has the id `session`. Waits for no other window. */
export async function openSession(files: StateFiles = new MemoryFiles(), session = 's'): Promise<ChatSession> {
  const opened = await ChatSession.open(files, { session, mode: 'agent', pause: () => Promise.resolve() });
  return opened.session;
}
