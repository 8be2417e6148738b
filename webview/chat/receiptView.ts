import { nothing, type TemplateResult } from 'lit';
import type { Receipt } from '../../src/protocol/chat.ts';
import { linkButton } from '../components/linkButton.ts';
import type { Answer } from './answerView.ts';
import type { Ask } from './ask.ts';
import { copyText } from './copyText.ts';
import { messageWords } from './messageWords.ts';
import { receiptDetails } from './receiptDetails.ts';
import { receiptWords } from './receiptWords.ts';

/** What an answer cost, and what can be done about it. `decided`: whether it is rolled back is asked elsewhere. */
export function receiptView(message: Answer, receipt: Receipt, ask: Ask, decided: boolean): TemplateResult {
  return receiptDetails(receipt, actions(message, ask, decided));
}

function actions(message: Answer, ask: Ask, decided: boolean): (TemplateResult | typeof nothing)[] {
  const hasChanges = message.changes.length > 0 && message.changesState !== 'rolledBack';
  const text = message.parts.flatMap((part) => (part.kind === 'text' ? part.text : [])).join('\n\n');
  return [
    hasChanges
      ? linkButton(messageWords.review, () => {
          ask((extension) => extension.reviewChanges(message.id));
        })
      : nothing,
    decided || message.changesState === 'rolledBack' || nothingHappened(message)
      ? nothing
      : linkButton(
          messageWords.rollBack,
          () => {
            ask((extension) => extension.previewRollback(message.id));
          },
          { className: 'roll-back' },
        ),
    text === ''
      ? nothing
      : linkButton(
          receiptWords.copy,
          ({ currentTarget }) => {
            copyText(text, currentTarget, ask);
          },
          { title: receiptWords.copyHint },
        ),
  ];
}

/** A refusal or a failure that changed no file leaves nothing to go back from. */
function nothingHappened({ changes, state }: Answer): boolean {
  return changes.length === 0 && (state === 'refused' || state === 'failed');
}
