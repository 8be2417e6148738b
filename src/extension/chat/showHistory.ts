import * as vscode from 'vscode';
import { HistorySearch } from '../node/historySearch.ts';
import type { ChatRoom } from './chatRoom.ts';
import { chatStorage } from './chatStorage.ts';
import { HistoryCommands } from './historyCommands.ts';
import { pickChat } from './pickChat.ts';

/** Lists all chats of this workspace until one is picked or the list is closed. */
export async function showHistory(room: ChatRoom): Promise<void> {
  const { context, kept, log, wording } = room.deps;
  await room.session.flush();
  const script = vscode.Uri.joinPath(context.extensionUri, 'dist', 'historyWorker.js').fsPath;
  const folder = vscode.Uri.joinPath(chatStorage(context), kept.named('chat'), 'sessions');
  const search = new HistorySearch(script, folder.fsPath);
  const failed = (error: unknown) => log.error(error instanceof Error ? error : String(error));
  try {
    await pickChat({
      search: (query) => search.search(query),
      changed: () => search.dispose(),
      commands: new HistoryCommands(room.history),
      shown: room.session.state.thread.session,
      isRunning: (id) => room.session.find(id)?.isRunning === true,
      wording,
      failed,
    });
  } finally {
    search.dispose();
  }
}
