import * as vscode from 'vscode';
import { doFreeEdit } from './doFreeEdit.ts';
import type { FreeEdits } from './freeEdits.ts';

/** The command Free Edit…: asks for a sentence, for the place where there are two, and does it. */
export async function freeEditCommand(freeEdits: FreeEdits): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Free Edit'),
    prompt: vscode.l10n.t('Say what should look or read differently. 0 tokens.'),
    placeHolder: vscode.l10n.t('Change header to blue'),
  });
  if (!text?.trim()) return;
  const answer = await doFreeEdit(freeEdits, text);
  if (answer.kind === 'refused') void vscode.window.showInformationMessage(answer.reason);
  if (answer.kind !== 'done') return;
  void vscode.window.setStatusBarMessage(vscode.l10n.t('Done for 0 tokens. Undo works as usual.'), MESSAGE_SHOWN_MS);
}

/** Long enough to read one sentence. */
const MESSAGE_SHOWN_MS = 5_000;
