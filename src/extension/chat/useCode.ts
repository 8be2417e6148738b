import * as vscode from 'vscode';
import type { FreeEdits } from '../localEdits/freeEdits.ts';
import type { CodeUse } from '../../protocol/codeUse.ts';

/** Does something with a code block of an answer. Throws a sentence where it has no place. */
export async function useCode(freeEdits: FreeEdits, use: CodeUse): Promise<void> {
  if (use.action === 'apply') {
    const { applyCode } = await import('./applyCode.ts');
    return applyCode(freeEdits, use);
  }
  const { action, code, language } = use;
  if (action === 'insert') return insertAtCursor(code);
  const languageId = await languageIdOf(language);
  const document = await vscode.workspace.openTextDocument({
    content: code,
    ...(languageId ? { language: languageId } : {}),
  });
  await vscode.window.showTextDocument(document);
}

/** As if the person had pasted it: in the place of what is selected, and Undo takes it back. */
async function insertAtCursor(code: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) throw new Error(vscode.l10n.t('Open a file and put the cursor where the code belongs.'));
  const { document, selections } = editor;
  const done = await editor.edit((edit) => {
    for (const selection of selections) edit.replace(selection, code);
  });
  if (!done) throw new Error(vscode.l10n.t('{0} can’t be changed.', vscode.workspace.asRelativePath(document.uri)));
  await vscode.window.showTextDocument(document);
}

/** What people write behind a fence, where VS Code calls it otherwise. */
const aliases: ReadonlyMap<string, string> = new Map([
  ['js', 'javascript'],
  ['mjs', 'javascript'],
  ['jsx', 'javascriptreact'],
  ['ts', 'typescript'],
  ['tsx', 'typescriptreact'],
  ['py', 'python'],
  ['rb', 'ruby'],
  ['rs', 'rust'],
  ['sh', 'shellscript'],
  ['bash', 'shellscript'],
  ['yml', 'yaml'],
  ['md', 'markdown'],
  ['cs', 'csharp'],
  ['c++', 'cpp'],
]);

async function languageIdOf(fence: string): Promise<string | undefined> {
  const wanted = aliases.get(fence.toLowerCase()) ?? fence.toLowerCase();
  return (await vscode.languages.getLanguages()).find((id) => id === wanted);
}
