import * as vscode from 'vscode';
import type { ExtensionCalls } from '../../protocol/chat.ts';
import { settings } from '../contributions.ts';
import type { ChatRoom } from './chatRoom.ts';
import { pastedAttachment } from './pastedAttachment.ts';

/** What the page may ask about what goes along with a message. What cannot go along is said in the chat. */
export function attachmentCalls(opened: Promise<ChatRoom>): Pick<ExtensionCalls, AttachmentCall> {
  return {
    findMentions: async (query) => (await opened).mentions.find(query),
    mention: async (mention) =>
      (await opened).guard(async (room) => room.addAttachment(await room.mentions.attachment(mention))),
    attachDropped: async (uris) =>
      (await opened).guard(async (room) => {
        for (const uri of uris) room.addAttachment(await room.mentions.dropped(uri));
      }),
    attachPasted: async ({ kind, data }) => {
      const room = await opened;
      const { attachments } = room.session.state;
      const taken = new Set(attachments.map(({ label }) => label));
      let number = 1;
      while (taken.has(labelOf(kind, number))) number += 1;
      room.addAttachment(pastedAttachment(room.deps.newId(), kind, data, labelOf(kind, number)));
    },
    includeOpenEditor: async (isIncluded) => {
      const configuration = vscode.workspace.getConfiguration();
      await configuration.update(settings.includeOpenEditor, isIncluded, vscode.ConfigurationTarget.Global);
    },
    removeAttachment: async (id) => (await opened).session.dispatch({ kind: 'detached', id }),
  };
}

type AttachmentCall =
  'findMentions' | 'mention' | 'attachDropped' | 'attachPasted' | 'includeOpenEditor' | 'removeAttachment';

function labelOf(kind: 'text' | 'image', number: number): string {
  return kind === 'text' ? vscode.l10n.t('Pasted text {0}', number) : vscode.l10n.t('Picture {0}', number);
}
