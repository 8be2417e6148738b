import { commands as vscodeCommands } from 'vscode';
import type { ExtensionCalls } from '../../protocol/chat.ts';
import { commands } from '../contributions.ts';
import { compactChat } from './compactChat.ts';
import { useCode } from './useCode.ts';
import type { ChatRoom } from './chatRoom.ts';

/** What the page may ask of the chat as a whole and of earlier messages. */
export function sessionCalls(opened: Promise<ChatRoom>): Pick<ExtensionCalls, SessionCall> {
  const command = (id: string) => async () => {
    await vscodeCommands.executeCommand(id);
  };
  return {
    savePlace: async (place) => (await opened).session.dispatch({ kind: 'placed', place }),
    editMessage: async (message) => (await opened).session.dispatch({ kind: 'editing', message }),
    cancelEdit: async () => (await opened).session.dispatch({ kind: 'editCancelled' }),
    compact: async () => (await opened).guard(compactChat),
    useCode: async (use) => (await opened).guard(({ freeEdits }) => useCode(freeEdits, use)),
    chatHistory: command(commands.chatHistory),
    renameChat: command(commands.renameChat),
    pinChat: command(commands.pinChat),
    exportChat: command(commands.exportChat),
    deleteChat: command(commands.deleteChat),
  };
}

type SessionCall =
  | 'savePlace'
  | 'editMessage'
  | 'cancelEdit'
  | 'compact'
  | 'useCode'
  | 'chatHistory'
  | 'renameChat'
  | 'pinChat'
  | 'exportChat'
  | 'deleteChat';
