import { workspace } from 'vscode';
import type { DayBudget } from '../../core/dayBudget.ts';
import type { Composer } from '../../protocol/chat.ts';
import type { AdviceDismissals } from './adviceDismissals.ts';
import { chatSettings } from './chatSettings.ts';
import type { ChatState } from './chatState.ts';
import { compactPrompt } from './compactPrompt.ts';
import type { ContextWeight } from './contextWeight.ts';
import { shownEdit } from './editReducer.ts';
import type { FixReceipts } from './fixReceipts.ts';
import type { ModelCatalog } from './modelCatalog.ts';
import { goesAlong } from './openEditor.ts';
import { shownWaiting } from './shownWaiting.ts';

/** What the page's composer is told, so that it can price a draft by itself. */
export function chatComposer(parts: {
  readonly state: ChatState;
  readonly catalog: ModelCatalog;
  readonly weight: ContextWeight;
  readonly learned: Composer['learned'];
  readonly dismissals: AdviceDismissals;
  readonly fixes: FixReceipts;
  readonly budget: DayBudget | null;
}): Composer {
  const { state, catalog, weight, learned, dismissals, fixes, budget } = parts;
  const { draft, mode, attachments, waiting, batch } = state;
  return {
    draft,
    editing: shownEdit(state),
    mode,
    sendWith: chatSettings.sendWith(),
    attachments: attachments.map((each) => ({ id: each.id, label: each.label, modelTokens: weight.of(each) })),
    commandAttachments: weight.command.map(({ label, modelTokens }) => ({ label, modelTokens })),
    instructions: weight.own.map(({ source, modelTokens, isCut }) => ({ label: source, modelTokens, isCut })),
    openEditor: shownEditor(weight, attachments),
    model: catalog.model ?? { id: '', name: '', multiplier: 1, contextWindow: 0 },
    rateCard: catalog.isLoaded && weight.isRead ? catalog.card : null,
    contextTokens: weight.contextTokens,
    historyTokens: weight.historyTokens,
    attachedTokens: weight.attachedTokens,
    maxCharge: chatSettings.maxCharge(),
    budgetLeft: budget?.left ?? null,
    learned,
    compactPrompt: compactPrompt(),
    offersFreeEdits: chatSettings.offersFreeEdits() && workspace.isTrusted && weight.access === 'open',
    adviceKinds: chatSettings.adviceKinds().filter((kind) => !dismissals.silences(kind)),
    usualFix: fixes.usual,
    batch: batch.map(({ id, text, free }) => ({ id, text, free })),
    waiting: shownWaiting(waiting),
  };
}

/** The switch of the open editor; none where its file goes along anyway. */
function shownEditor({ open, command }: ContextWeight, attachments: ChatState['attachments']): Composer['openEditor'] {
  if (open === null || goesAlong(open, [...attachments, ...command])) return null;
  const { label, modelTokens } = open;
  return { label, modelTokens, isIncluded: chatSettings.includesOpenEditor() };
}
