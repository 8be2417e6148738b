import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import type { AssistantMessage } from '../../src/extension/chat/chatReducer.ts';
import type { ChatRoom } from '../../src/extension/chat/chatRoom.ts';
import { ChatRoomAlone } from './chatRoomAlone.ts';
import { toolCallDelta, type ScriptedAnswer } from './scriptedBackend.ts';

/**
 * A chat of its own in the real VS Code, for the tests of the suite that calls this: each begins a new chat, and leaves
 * none of these files of the first folder behind.
 */
export function useChatRoomAlone(names: readonly string[]): ChatRoomInTests {
  const alone = new ChatRoomAlone();
  let room: ChatRoom;
  const folder = () => vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const at = (name: string) => path.join(folder(), name);

  before(async () => {
    await alone.start();
    room = await alone.open();
  });

  after(() => alone.stop());

  beforeEach(() => {
    room.newChat();
    room.session.dispatch({ kind: 'change', change: { draft: '' } });
  });

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const name of names) rmSync(at(name), { force: true, recursive: true });
  });

  return {
    alone,
    at,
    room: () => room,
    reopen: async () => {
      room.dispose();
      room = await alone.open();
    },
    read: (name) => readFileSync(at(name), 'utf8'),
    generate: async (text, files) => {
      const calls = Object.entries(files).map(([name, content], index): ScriptedAnswer => {
        const delta = toolCallDelta(`t${String(index)}`, 'write_file', { path: name, content });
        return { kind: 'stream', deltas: [delta], end: 'tool_calls', charged: 200 };
      });
      alone.backend.script(...calls, DONE);
      assert.deepEqual(await room.generations.send({ id: randomUUID(), text }), { kind: 'accepted' });
      await room.generations.settled();
      const last = room.session.state.thread.messages.at(-1);
      assert.ok(last?.role === 'assistant' && last.state === 'done', JSON.stringify(last));
      return last.id;
    },
    answer: (id) => {
      const found = room.session.state.thread.messages.find((message) => message.id === id);
      assert.ok(found?.role === 'assistant');
      return found;
    },
  };
}

export interface ChatRoomInTests {
  readonly alone: ChatRoomAlone;
  readonly room: () => ChatRoom;
  /** As a window that is loaded anew. */
  readonly reopen: () => Promise<void>;
  /** Where a file of the first folder is. */
  readonly at: (name: string) => string;
  readonly read: (name: string) => string;
  /** One message whose answer writes these files. Answers its generation. */
  readonly generate: (text: string, files: Record<string, string>) => Promise<string>;
  readonly answer: (id: string) => AssistantMessage;
}

const DONE: ScriptedAnswer = { kind: 'stream', deltas: [{ content: 'Done.' }], end: 'stop', charged: 300 };
