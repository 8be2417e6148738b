import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../src/protocol/chat.ts';
import { button } from '../components/button.ts';
import { linkButton } from '../components/linkButton.ts';
import { spinner } from '../components/spinner.ts';
import type { Ask } from './ask.ts';
import { changesView } from './changesView.ts';
import { failureView } from './failureView.ts';
import { messageWords } from './messageWords.ts';
import { partGroups, type PartGroup } from './partGroups.ts';
import { receiptView } from './receiptView.ts';
import { stepsView } from './stepsView.ts';
import { words } from './words.ts';

export type Answer = Extract<Message, { role: 'assistant' }>;

/** An answer: its text and steps as they come, how it ended, what it changed, what it cost. */
export function answerView(message: Answer, ask: Ask): TemplateResult {
  const groups = partGroups(message.parts);
  const streaming = message.state === 'streaming';
  return html`<article class="message answer" aria-busy=${streaming}>
    <h2 class="sr-only">${words.tokenfare}</h2>
    ${groups.map((group, index) => groupView(group, streaming && index === groups.length - 1))}
    ${streaming && groups.at(-1)?.kind !== 'steps' ? workingView(groups.length === 0) : nothing}
    ${endingView(message, ask)} ${changesView(message, ask)}
    ${message.receipt === undefined ? bareActions(message, ask) : receiptView(message, message.receipt, ask)}
  </article>`;
}

function groupView(group: PartGroup, live: boolean): TemplateResult {
  if (group.kind === 'steps') return stepsView(group.steps, live);
  return html`<tokenfare-markdown class="markdown" .text=${group.text}></tokenfare-markdown>`;
}

function workingView(waiting: boolean): TemplateResult {
  if (!waiting) return html`<span class="caret" aria-hidden="true"></span>`;
  return html`<p class="working">${spinner()} ${messageWords.working}</p>`;
}

function endingView(message: Answer, ask: Ask): TemplateResult | typeof nothing {
  if (message.failure !== undefined) return failureView(message.failure, message.id, ask);
  const ended = messageWords.ended(message.state, message.receipt?.charged ?? null);
  if (ended === null) return nothing;
  const canRetry = message.state === 'stopped' || message.state === 'interrupted';
  return html`<div class="ending">
    <p>${ended}</p>
    ${
      canRetry
        ? button(messageWords.retry, () => {
            ask((extension) => extension.retry(message.id));
          })
        : nothing
    }
  </div>`;
}

/** An answer that ended without a receipt can be rolled back all the same. */
function bareActions(message: Answer, ask: Ask): TemplateResult | typeof nothing {
  if (message.state === 'streaming' || message.changesState === 'rolledBack') return nothing;
  if (message.changes.length === 0 && message.state !== 'interrupted') return nothing;
  return html`<div class="bare-actions">
    ${linkButton(
      messageWords.rollBack,
      () => {
        ask((extension) => extension.previewRollback(message.id));
      },
      { className: 'roll-back' },
    )}
  </div>`;
}
