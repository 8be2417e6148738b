import { formatCharge } from '../../src/core/formatTokens.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import type { Failure, Message } from '../../src/protocol/chat.ts';
import { l10n, l10nCount } from '../l10n.ts';
import { limitWords } from './limitWords.ts';
import { visibleControls } from './visibleControls.ts';
import { words } from './words.ts';

type Ended = Pick<Extract<Message, { role: 'assistant' }>, 'state' | 'pause' | 'receipt'>;
type Place = { readonly path: string; readonly line: number };

/** What is said in and under the messages. */
export const messageWords = {
  rolledBack: l10n('Rolled back'),
  working: l10n('Working…'),
  keep: l10n('Keep'),
  keepHint: l10n('Accept these changes. They can still be rolled back.'),
  retry: l10n('Retry'),
  review: l10n('Review'),
  rollBack: l10n('Roll back'),
  goOn: l10n('Continue'),
  useFreeHere: l10n('Use Free here instead'),
  upgrade: l10n('Upgrade'),
  useKey: l10n('Use an API key'),
  signInToServer: l10n('Sign in to a server'),
  support: l10n('Support'),
  kept: l10n('Kept'),
  partlyKept: l10n('Partly kept'),

  useOllama: (models: number): string =>
    l10nCount(models, 'Use Ollama ({n} model found)', 'Use Ollama ({n} models found)'),

  ended: ({ state, pause, receipt }: Ended): string | null => {
    const charged = receipt?.charged ?? null;
    switch (state) {
      case 'stopped':
        return charged === null
          ? l10n('Stopped.')
          : l10n('Stopped. {charge} for what arrived.', { charge: formatCharge(charged) });
      case 'cutOff':
        return l10n('The model reached its output limit. What arrived is whole up to here.');
      case 'ranOut':
        return l10n('Tokens ran out on the way. What is done is kept until you decide.');
      case 'paused':
        if (pause?.kind === 'steps') return limitWords.pausedAtSteps(pause.limit);
        if (pause?.kind === 'budget') return limitWords.pausedAtBudget(pause.limit);
        return pause === undefined ? l10n('Paused at your limit.') : limitWords.paused(pause.limit);
      case 'interrupted':
        return charged === null
          ? l10n('This answer was interrupted. What it changed can be rolled back.')
          : l10n('This answer was interrupted. {charge} for what arrived; what it changed can be rolled back.', {
              charge: formatCharge(charged),
            });
      case 'failed':
      case 'refused':
      case 'streaming':
      case 'done':
        return null;
    }
  },

  /** `shown`: what had arrived of the answer. */
  failure: (failure: Failure, shown: readonly unknown[] = []): string => {
    switch (failure.kind) {
      case 'modelSilent':
        return withReason(
          shown.length === 0 ? l10n('The model didn’t answer. 0 tokens.') : l10n('The answer broke off. 0 tokens.'),
          failure,
        );
      case 'stepFailed':
        return withReason(failedAtStep(failure.step, failure.charged), failure);
      case 'providerBusy':
        return l10n('The provider is busy. Retrying in {n} s, nothing charged.', { n: failure.retryInSeconds });
      case 'keyRefused':
        return words.keyRefused(failure.host);
      case 'signedOut':
        return l10n('You are signed out, so nothing was sent. 0 tokens. Sign in, then try again.');
      case 'backendDown':
        return l10n('The backend couldn’t be reached: {reason}', { reason: failure.reason });
      case 'needsModel':
        return failure.asks
          ? l10n('Nothing was changed. 0 tokens, and your draft is kept.')
          : l10n('This needs an AI model. 0 tokens, and your draft is kept.');
      case 'noFolder':
        return l10n('Open a folder so I can create files.');
      case 'projectLimit':
        return projectLimit(failure);
      case 'accountOnHold':
        return l10n('This account is on hold.');
      case 'other':
        return failure.message;
    }
  },

  localEdit: (places: readonly Place[]): { before: string; after: string } => ({
    before:
      places.length === 1 ? l10n('Changed') : l10nCount(places.length, 'Changed {n} place:', 'Changed {n} places:'),
    after: l10n('0 tokens. Undo works as usual.'),
  }),
  place: (place: Place): string => l10n('{path} line {line}', { path: place.path, line: place.line }),
};

function projectLimit({ active, movesLeft }: Extract<Failure, { kind: 'projectLimit' }>): string {
  const limit =
    active === undefined
      ? l10n('Free has one project, and it is another one. 0 tokens.')
      : l10n('Free has one project, and it is {active}. 0 tokens.', { active });
  if (movesLeft === undefined) return limit;
  const moves =
    movesLeft === 0
      ? l10n('It was moved three times in this period, so it stays there until the next.')
      : l10nCount(
          movesLeft,
          'It can be moved here; that works once more in this period. The history of both stays.',
          'It can be moved here; that works {n} more times in this period. The history of both stays.',
        );
  return `${limit} ${moves}`;
}

function withReason(sentence: string, { reason }: { readonly reason?: string | undefined }): string {
  if (reason === undefined) return sentence;
  return `${sentence} ${l10n('The provider says: {reason}', { reason: visibleControls(reason) })}`;
}

function failedAtStep(step: number, charged: Millitokens): string {
  if (step <= 1) return l10n('It failed at step {step}: 0 tokens.', { step });
  const values = { step, before: step - 1, charge: formatCharge(charged) };
  return step === 2
    ? l10n('It failed at step {step}: that step cost 0, step 1 cost {charge}.', values)
    : l10n('It failed at step {step}: that step cost 0, steps 1–{before} cost {charge}.', values);
}
