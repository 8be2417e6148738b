import * as vscode from 'vscode';
import type { LocalEditPlan } from '../../core/localEdits/plan.ts';
import type { FreeEdits } from './freeEdits.ts';

/** The command Free Edit…: asks for a sentence, for the place where there are two, and does it. */
export async function freeEditCommand(freeEdits: FreeEdits): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Free Edit'),
    prompt: vscode.l10n.t('Say what should look or read differently. 0 tokens.'),
    placeHolder: vscode.l10n.t('Change header to blue'),
  });
  if (!text?.trim()) return;
  const plan = await freeEdits.plan(text);
  if (plan?.kind === 'edit') return done(freeEdits, text, null);
  if (plan?.kind === 'choose') {
    const candidate = await freeEdits.choose(plan.candidates);
    return candidate === undefined ? undefined : done(freeEdits, text, candidate);
  }
  void vscode.window.showInformationMessage(whyNot(plan));
}

async function done(freeEdits: FreeEdits, text: string, candidate: number | null): Promise<void> {
  if (!(await freeEdits.apply(text, candidate))) return;
  void vscode.window.setStatusBarMessage(vscode.l10n.t('Done for 0 tokens. Undo works as usual.'), MESSAGE_SHOWN_MS);
}

/** Long enough to read one sentence. */
const MESSAGE_SHOWN_MS = 5_000;

function whyNot(plan: Extract<LocalEditPlan, { kind: 'refusal' }> | null): string {
  if (!plan) return vscode.l10n.t('Open a trusted folder first.');
  switch (plan.reason) {
    case 'no-target':
    case 'no-place':
    case 'text-not-found':
      return vscode.l10n.t('The place for this was not found, so nothing was changed.');
    case 'many-targets':
    case 'shared-rule':
    case 'shared-variable':
      return vscode.l10n.t('Several places share this, so nothing was changed.');
    case 'nothing-to-change':
      return vscode.l10n.t('It is like that already.');
    default:
      return vscode.l10n.t('This is not a change that can be made here for free, so nothing was changed.');
  }
}
