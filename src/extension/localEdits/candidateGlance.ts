import * as vscode from 'vscode';
import type { PlanCandidate } from '../../core/localEdits/plan.ts';

/** Shows the places that a person chooses among, one at a time, and afterwards what they were looking at before. */
export class CandidateGlance {
  /** What was shown before the first of them; null where that was no editor. */
  #before: { readonly look: Look | null } | null = null;
  /** One after the other: arrows and pointers are faster than editors. */
  #turn: Promise<unknown> = Promise.resolve();

  /** Shows a place; the focus stays where it is. */
  show(folder: vscode.Uri, candidate: PlanCandidate): Promise<unknown> {
    return this.#next(() => {
      this.#before ??= { look: lookOf(vscode.window.activeTextEditor) };
      return reveal(folder, candidate);
    });
  }

  /** Brings back what was shown before, and leaves the focus alone or takes it there. */
  end({ preserveFocus }: { preserveFocus: boolean }): Promise<unknown> {
    return this.#next(async () => {
      const before = this.#before;
      this.#before = null;
      if (before) await bringBack(before.look, preserveFocus);
    });
  }

  /** A place was chosen: what is shown stays. */
  keep(): Promise<unknown> {
    return this.#next(() => {
      this.#before = null;
      return Promise.resolve();
    });
  }

  #next(work: () => Promise<unknown>): Promise<unknown> {
    return (this.#turn = this.#turn.then(work).catch(() => undefined));
  }
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

async function bringBack(before: Look | null, preserveFocus: boolean): Promise<void> {
  if (!before) {
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    if (tab?.isPreview) await vscode.window.tabGroups.close(tab);
    return;
  }
  const { document, viewColumn, selections, visible } = before;
  const editor = await vscode.window.showTextDocument(document, { preserveFocus, ...(viewColumn && { viewColumn }) });
  editor.selections = selections;
  if (visible) editor.revealRange(visible, vscode.TextEditorRevealType.AtTop);
}
