import * as vscode from 'vscode';
import { StorageFiles } from '../node/storageFiles.ts';
import type { ChatDependencies } from './chat.ts';
import { ChatRoom } from './chatRoom.ts';
import { ChatSession } from './chatSession.ts';
import { chatStorage } from './chatStorage.ts';
import { chatSettings } from './chatSettings.ts';
import { pauseFor } from './pauseFor.ts';

/** Reads the conversation of this workspace and wires the chat's parts around it. */
export async function openChatRoom(deps: ChatDependencies): Promise<ChatRoom> {
  const { context, newId } = deps;
  const storage = chatStorage(context);
  const { kept } = deps;
  const files = new StorageFiles(vscode.Uri.joinPath(storage, kept.named('chat')).fsPath);
  const start = { session: newId(), mode: chatSettings.mode(), pause: (ms: number) => pauseFor(ms, neverAborted) };
  const { session, damaged } = await ChatSession.open(files, start);
  if (damaged !== null) deps.log.error(`The earlier chat could not be read. It was kept as ${damaged}.`);
  const room = new ChatRoom(deps, session, {
    files,
    checkpoints: vscode.Uri.joinPath(storage, kept.named('checkpoints')),
  });
  await room.recover(damaged !== null);
  return room;
}

const neverAborted = new AbortController().signal;
