import { html, nothing, type TemplateResult } from 'lit';
import type { Failure } from '../../src/protocol/chat.ts';
import { button } from '../components/button.ts';
import { icon } from '../components/icon.ts';
import type { Answer } from './answerView.ts';
import type { Ask } from './ask.ts';
import { messageWords } from './messageWords.ts';
import { rollbackWords } from './rollbackWords.ts';
import { supportLink } from './supportLink.ts';
import { words } from './words.ts';

/** Why an answer did not come, or not whole, what it cost, and what can be done now; only the last is tried again. */
export function failureView(failure: Failure, { id, parts }: Answer, ask: Ask, isLast: boolean): TemplateResult {
  const quiet = quietKinds.has(failure.kind);
  return html`<div class="failure ${quiet ? 'quiet' : ''}">
    <p>${icon(quiet ? 'info' : 'error')} <span>${sentence(failure, parts)}</span></p>
    ${failure.kind === 'needsModel' ? html`<p class="reason">${failure.reason}</p>` : nothing}
    <div class="actions">${actions(failure, isLast ? id : null, ask)}</div>
  </div>`;
}

function sentence(failure: Failure, parts: Answer['parts']): string | TemplateResult {
  if (failure.kind !== 'providerBusy') return messageWords.failure(failure, parts);
  return html`<tokenfare-busy .failure=${failure}></tokenfare-busy>`;
}

/** Nothing went wrong: something is missing, or is waited for. */
const quietKinds: ReadonlySet<Failure['kind']> = new Set([
  ...(['needsModel', 'providerBusy', 'noFolder', 'projectLimit'] as const),
]);

/** `message` is null if it is not tried again. */
function actions(failure: Failure, message: string | null, ask: Ask): (TemplateResult | typeof nothing)[] {
  const act = (label: string, call: Parameters<Ask>[0], primary = false): TemplateResult =>
    button(
      label,
      () => {
        ask(call);
      },
      { primary },
    );
  const again = (label: string) => (message === null ? nothing : act(label, (extension) => extension.retry(message)));
  const retry = again(messageWords.retry);
  const showLog = act(words.showLog, (extension) => extension.showLog());
  switch (failure.kind) {
    case 'modelSilent':
      return failure.retryable ? [retry] : [];
    case 'stepFailed':
      return [again(messageWords.goOn)];
    case 'other':
      return [retry];
    case 'backendDown':
      return [retry, showLog];
    case 'providerBusy':
      return [act(rollbackWords.cancel, (extension) => extension.stop())];
    case 'keyRefused':
      return [act(words.changeKey, (extension) => extension.useKey())];
    case 'signedOut':
      return [act(words.signIn, (extension) => extension.signIn(), true), retry];
    case 'needsModel':
      if (failure.asks) return [];
      return [
        failure.ollamaModels === 0
          ? nothing
          : act(messageWords.useOllama(failure.ollamaModels), (extension) => extension.useOllama(), true),
        act(messageWords.useKey, (extension) => extension.useKey()),
        act(messageWords.signInToServer, (extension) => extension.signIn()),
      ];
    case 'noFolder':
      return [
        act(words.openFolder, (extension) => extension.openFolder(), true),
        act(words.openSample, (extension) => extension.openSample()),
      ];
    case 'projectLimit':
      return [
        message === null || failure.movesLeft === 0
          ? nothing
          : act(messageWords.useFreeHere, (extension) => extension.useFreeHere(message)),
        act(words.upgrade, (extension) => extension.upgrade(), true),
        retry,
      ];
    case 'accountOnHold':
      return [supportLink(failure.supportUrl)];
  }
}
