import * as vscode from 'vscode';
import type { PlanCandidate } from '../../core/localEdits/plan.ts';
import { CandidateGlance } from './candidateGlance.ts';

/**
 * Asks which of several places is meant. The one that is active in the list is shown in the editor; Escape brings back
 * what was shown before. Answers its number, or undefined.
 */
export async function chooseCandidate(
  folder: vscode.Uri,
  candidates: readonly PlanCandidate[],
): Promise<number | undefined> {
  const glance = new CandidateGlance();
  const pick = vscode.window.createQuickPick<CandidateItem>();
  pick.title = vscode.l10n.t('Which one?');
  pick.items = candidates.map((candidate, id) => ({
    id,
    label: candidate.label,
    description: `${candidate.path}:${String(candidate.line)}`,
    candidate,
  }));
  const chosen = await new Promise<number | undefined>((resolve) => {
    pick.onDidChangeActive(([item]) => item && void glance.show(folder, item.candidate));
    pick.onDidAccept(() => {
      resolve(pick.activeItems[0]?.id);
      pick.hide();
    });
    pick.onDidHide(() => resolve(undefined));
    pick.show();
  });
  pick.dispose();
  if (chosen === undefined) await glance.end({ preserveFocus: false });
  return chosen;
}

interface CandidateItem extends vscode.QuickPickItem {
  readonly id: number;
  readonly candidate: PlanCandidate;
}
