import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../src/protocol/chat.ts';
import { button } from '../components/button.ts';
import { linkButton } from '../components/linkButton.ts';
import { spinner } from '../components/spinner.ts';
import type { Ask } from './ask.ts';
import { changesView, keepButton } from './changesView.ts';
import { failureView } from './failureView.ts';
import { limitWords } from './limitWords.ts';
import { messageWords } from './messageWords.ts';
import { partGroups, type PartGroup } from './partGroups.ts';
import { receiptView } from './receiptView.ts';
import { stepsView } from './stepsView.ts';
import { words } from './words.ts';

export type Answer = Extract<Message, { role: 'assistant' }>;

/**
 * An answer: its text and steps as they come, how it ended, what it changed, what it cost. Only the last one can be
 * tried again: what came after an older one would not fit what it said.
 */
export function answerView(message: Answer, ask: Ask, isLast: boolean): TemplateResult {
  const groups = partGroups(message.parts);
  const streaming = message.state === 'streaming';
  // What is decided beside Continue is not offered a second time.
  const decided = isLast && message.state === 'paused';
  return html`<article class="message answer" aria-busy=${streaming}>
    <h2 class="sr-only">${words.tokenfare}</h2>
    ${groups.map((group, index) => groupView(group, streaming && index === groups.length - 1, ask))}
    ${streaming && groups.at(-1)?.kind !== 'steps' ? workingView(groups.length === 0) : nothing}
    ${endingView(message, ask, isLast)} ${changesView(message, ask, decided)}
    ${message.receipt === undefined ? bareActions(message, ask) : receiptView(message, message.receipt, ask, decided)}
  </article>`;
}

function groupView(group: PartGroup, live: boolean, ask: Ask): TemplateResult {
  if (group.kind === 'steps') return stepsView(group.steps, live, ask);
  return html`<tokenfare-markdown class="markdown" .text=${group.text} .isGrowing=${live}></tokenfare-markdown>`;
}

function workingView(waiting: boolean): TemplateResult {
  if (!waiting) return html`<span class="caret" aria-hidden="true"></span>`;
  return html`<p class="working">${spinner()} ${messageWords.working}</p>`;
}

function endingView(message: Answer, ask: Ask, isLast: boolean): TemplateResult | typeof nothing {
  if (message.failure !== undefined) return failureView(message.failure, message, ask, isLast);
  const ended = messageWords.ended(message);
  if (ended === null) return nothing;
  return html`<div class="ending">
    <p>${ended}</p>
    ${isLast ? endingActions(message, ask) : nothing}
  </div>`;
}

/**
 * What can be done about an answer that is not whole: begin anew, go on where it paused, or get the tokens to go on
 * with.
 */
function endingActions({ id, state, pause, changes, changesState }: Answer, ask: Ask): TemplateResult | typeof nothing {
  const retry = (label: string): TemplateResult =>
    button(label, () => {
      ask((extension) => extension.retry(id));
    });
  switch (state) {
    case 'stopped':
    case 'interrupted':
      return retry(messageWords.retry);
    case 'paused':
      return html`${pause?.kind === 'budget' ? changeBudgetButton(ask) : nothing}
      ${retry(pause && pause.kind !== 'steps' ? limitWords.goOn(pause.more) : messageWords.goOn)}
      ${changes.length > 0 && changesState !== 'kept' ? keepButton(id, ask) : nothing}
      ${button(messageWords.rollBack, () => {
        ask((extension) => extension.previewRollback(id));
      })}`;
    case 'cutOff':
      return retry(messageWords.goOn);
    case 'ranOut':
      return html`${button(
        messageWords.upgrade,
        () => {
          ask((extension) => extension.upgrade());
        },
        { primary: true },
      )}
      ${retry(messageWords.goOn)}`;
    default:
      return nothing;
  }
}

function changeBudgetButton(ask: Ask): TemplateResult {
  return button(words.changeBudget, () => {
    ask((extension) => extension.changeBudget());
  });
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
