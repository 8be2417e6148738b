import * as vscode from 'vscode';
import { attachmentOf } from './attachments.ts';
import type { Attachment } from './chatAttachment.ts';
import { chatSettings } from './chatSettings.ts';
import type { ChatState } from './chatState.ts';

const OPEN_EDITOR = 'open-editor';

/** The chip of the file that the person looks at; null if there is none that could be sent along. */
export async function openEditor(): Promise<Attachment | null> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (!uri || !vscode.workspace.getWorkspaceFolder(uri)) return null;
  return attachmentOf(uri, undefined, OPEN_EDITOR).catch(() => null);
}

/** All that goes along with the next message: the attachments, and the open editor where that is set and not one. */
export function attachedWith(attachments: ChatState['attachments'], open: Attachment | null): ChatState['attachments'] {
  if (!open || !chatSettings.includesOpenEditor()) return attachments;
  return goesAlong(open, attachments) ? attachments : [...attachments, open];
}

/** Whether the whole of its file is among the attachments. */
export function goesAlong({ uri: opened }: Attachment, attachments: readonly Attachment[]): boolean {
  return attachments.some(({ uri, lines }) => uri === opened && !lines);
}
