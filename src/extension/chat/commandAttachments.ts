import * as vscode from 'vscode';
import { slashCommand } from '../../core/slashCommand.ts';
import { attachmentOf } from './attachments.ts';
import type { Attachment } from './chatAttachment.ts';
import { problemsAttachment } from './problemsAttachment.ts';

/**
 * What goes along besides what is attached, because of the command that a message begins with: the selection, or else
 * the open file, where nothing is attached; and the problems for a fix.
 */
export async function commandAttachments(text: string, attached: readonly Attachment[]): Promise<Attachment[]> {
  const command = slashCommand(text);
  if (command?.takes !== 'code') return [];
  const editor = vscode.window.activeTextEditor;
  const code = editor && attached.length === 0 ? await codeIn(editor) : null;
  const hasProblems = attached.some(({ kind }) => kind === 'problems');
  const problems = command.name === 'fix' && !hasProblems ? await problemsAttachment('command-problems') : null;
  return [code, problems].filter((each) => each !== null);
}

/** What can't go along is not what is meant. */
function codeIn({ document, selection }: vscode.TextEditor): Promise<Attachment | null> {
  return attachmentOf(document.uri, selection, 'command-code').catch(() => null);
}
