import * as vscode from 'vscode';
import { millitokens, type Millitokens } from '../../core/tokens.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import type { ChatRoom } from '../chat/chatRoom.ts';
import type { Wording } from '../meter/statusBarView.ts';
import { checkpointLimits } from './checkpointLimits.ts';
import { pickGeneration } from './pickGeneration.ts';

/**
 * Roll Back…: lists every generation whose files can be rolled back, at first those that `text` finds, and shows the
 * dry run of the one that is picked in the chat. Resolves to whether there is something to be seen there.
 */
export async function rollBackCommand(
  room: ChatRoom,
  { client, wording, now }: { client: BackendClient; wording: Wording; now: () => Date },
  text = '',
): Promise<boolean> {
  const folders = await room.rollbacks.kept();
  if (folders.every(({ generations }) => generations.length === 0)) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to roll back.'));
    return false;
  }
  const { maxBytes } = checkpointLimits(now());
  const picked = await pickGeneration({
    text,
    folders,
    wording,
    maxBytes,
    known: known(room),
    earlier: earlier(client),
  });
  if (!picked) return false;
  await room.guard(async ({ rollbacks }) => {
    if (picked.kind === 'redo') await rollbacks.redoEarlier(picked.folder, picked.rollbackId);
    else room.showPreview(await rollbacks.preview(picked.id));
  });
  return true;
}

/** What the generations of this chat cost; a local edit costs nothing. */
function known({ session }: ChatRoom): Map<string, Millitokens> {
  const charges = session.state.thread.messages.flatMap((message): [string, Millitokens][] => {
    if (message.role === 'localEdit') return [[message.id, millitokens(0)]];
    return message.role === 'assistant' && message.receipt ? [[message.id, message.receipt.charged]] : [];
  });
  return new Map(charges);
}

/** What earlier ones cost, as the backend says; without a backend the list does without. */
async function earlier(client: BackendClient): Promise<Map<string, Millitokens>> {
  const generations = await client.generations().catch(() => []);
  return new Map(generations.map(({ id, charged }) => [id, charged]));
}
