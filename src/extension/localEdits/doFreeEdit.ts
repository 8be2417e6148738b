import * as vscode from 'vscode';
import type { LocalEditPlan } from '../../core/localEdits/plan.ts';
import type { FreeEditAnswer } from '../../protocol/freeEdit.ts';
import type { FreeEdits } from './freeEdits.ts';

/** Does what a sentence says without a model; asks for the place where there are two. Throws as `FreeEdits.apply`. */
export async function doFreeEdit(freeEdits: FreeEdits, text: string): Promise<FreeEditAnswer> {
  const plan = await freeEdits.plan(text);
  if (plan === null || plan.kind === 'refusal') return { kind: 'refused', reason: whyNot(plan) };
  const candidate = plan.kind === 'choose' ? await freeEdits.choose(plan.candidates) : null;
  const isDone = candidate !== undefined && (await freeEdits.apply(text, candidate));
  return { kind: isDone ? 'done' : 'discarded' };
}

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
    case 'not-the-current-value':
      return plan.today === undefined
        ? vscode.l10n.t('It is something else today than you say, so nothing was changed.')
        : vscode.l10n.t('It is {0} today, so nothing was changed.', plan.today);
    case 'broken-file':
      return vscode.l10n.t('{0} has a syntax error, so nothing was changed.', plan.about ?? '');
    case 'large-file':
      return vscode.l10n.t('{0} is too large to be changed here for free, so nothing was changed.', plan.about ?? '');
    case 'nothing-to-change':
      return vscode.l10n.t('It is like that already.');
    default:
      return vscode.l10n.t(
        'This is not a change that can be made here for free, so nothing was changed. The model can do it: send it as a message.',
      );
  }
}
