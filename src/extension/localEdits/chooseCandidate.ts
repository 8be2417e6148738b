import * as vscode from 'vscode';
import type { PlanCandidate } from '../../core/localEdits/plan.ts';

/**
 * Asks which of several places is meant. The one that is active in the list is shown in the editor; Escape brings back
 * what was shown before. Answers its number, or undefined.
 */
export async function chooseCandidate(
  folder: vscode.Uri,
  candidates: readonly PlanCandidate[],
): Promise<number | undefined> {
  const before = lookOf(vscode.window.activeTextEditor);
  const pick = vscode.window.createQuickPick<CandidateItem>();
  pick.title = vscode.l10n.t('Which one?');
  pick.items = candidates.map((candidate, id) => ({
    id,
    label: candidate.label,
    description: `${candidate.path}:${String(candidate.line)}`,
    candidate,
  }));
  // One after the other: arrows are faster than editors.
  let shown: Promise<unknown> = Promise.resolve();
  const later = (show: () => Promise<unknown>) => (shown = shown.then(show).catch(() => undefined));
  const chosen = await new Promise<number | undefined>((resolve) => {
    pick.onDidChangeActive(([item]) => item && later(() => reveal(folder, item.candidate)));
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.id);
      pick.hide();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  if (chosen === undefined) await later(() => bringBack(before));
  return chosen;
}

interface CandidateItem extends vscode.QuickPickItem {
  readonly id: number;
  readonly candidate: PlanCandidate;
}

async function reveal(folder: vscode.Uri, { path, start, end }: PlanCandidate): Promise<void> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, path));
  const selection = new vscode.Range(document.positionAt(start), document.positionAt(end));
  await vscode.window.showTextDocument(document, { selection, preview: true, preserveFocus: true });
}

/** What an editor shows, and where. */
interface Look {
  readonly document: vscode.TextDocument;
  readonly viewColumn: vscode.ViewColumn | undefined;
  readonly selections: readonly vscode.Selection[];
  readonly visible: vscode.Range | undefined;
}

function lookOf(editor: vscode.TextEditor | undefined): Look | null {
  if (!editor) return null;
  const { document, viewColumn, selections, visibleRanges } = editor;
  return { document, viewColumn, selections, visible: visibleRanges[0] };
}

async function bringBack(before: Look | null): Promise<void> {
  if (!before) {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    if (tab?.isPreview) await vscode.window.tabGroups.close(tab);
    return;
  }
  const { document, viewColumn, selections, visible } = before;
  const editor = await vscode.window.showTextDocument(document, { ...(viewColumn && { viewColumn }) });
  editor.selections = selections;
  if (visible) editor.revealRange(visible, vscode.TextEditorRevealType.AtTop);
}
