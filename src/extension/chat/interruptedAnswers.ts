import { Uri } from 'vscode';
import { changedFile } from '../rollback/changedFile.ts';
import type { Checkpoints } from '../rollback/checkpoints.ts';
import type { OpenConversation } from './openConversation.ts';
import { isOpen } from './stepTracker.ts';

/**
 * An answer that was still streaming when the window closed is interrupted: what arrived stays, and can be rolled back.
 */
export function markInterrupted(session: Conversation): void {
  for (const message of session.state.thread.messages) {
    if (message.role !== 'assistant' || message.state !== 'streaming') continue;
    for (const part of message.parts) {
      if (part.kind !== 'step' || !isOpen(part)) continue;
      session.dispatch({ kind: 'step', generation: message.id, step: { ...part, state: 'notDone' } });
    }
    session.dispatch({ kind: 'ended', generation: message.id, state: 'interrupted', failure: null, changes: [] });
  }
}

/** Finds out what interrupted answers had changed: the store has it, whatever the conversation knew. */
export async function findInterruptedChanges(session: Conversation, checkpoints: Checkpoints): Promise<void> {
  const { runs, thread } = session.state;
  for (const message of thread.messages) {
    const run = runs[message.id];
    if (message.role !== 'assistant' || message.state !== 'interrupted' || !run?.folder) continue;
    if (message.changesState !== 'none' || run.checkpoints.length === 0) continue;
    const store = await checkpoints.of(Uri.parse(run.folder));
    const known = (await store.list()).filter(({ id }) => run.checkpoints.includes(id));
    // What another window still works on is its own.
    for (const { id, state } of known) if (state === 'interrupted') await store.commit(id);
    const listed = (await store.list()).filter(({ id }) => run.checkpoints.includes(id));
    const changes = listed.flatMap(({ files }) => files.map(changedFile));
    session.dispatch({ kind: 'run', id: message.id, run: { ...run, checkpoints: listed.map(({ id }) => id) } });
    session.dispatch({ kind: 'ended', generation: message.id, state: 'interrupted', failure: null, changes });
  }
}

type Conversation = Pick<OpenConversation, 'state' | 'dispatch'>;
