import { formatLimit } from '../../src/core/formatTokens.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import { l10n } from '../l10n.ts';

/** What is said of the most that a message may cost, and of an answer that reached it. */
export const limitWords = {
  stopsAt: (limit: Millitokens): string => l10n('stops at {limit}', { limit: formatLimit(limit) }),
  change: (limit: Millitokens): string => l10n('stops at {limit}, change the limit', { limit: formatLimit(limit) }),
  hint: l10n('A message never costs more. Press to set your own limit.'),
  hintOfBudget: l10n('That is what is left of your budget for today. Press to set your own limit.'),
  leftOfBudget: (perDay: Millitokens): string =>
    l10n('That is what was left of your budget of {perDay} for today.', { perDay: formatLimit(perDay) }),
  title: l10n('Most tokens a message may cost'),
  usual: l10n('Usually the larger of 4 tokens and twice the upper end of the estimate.'),
  own: l10n('Your own limit, for every message.'),
  set: l10n('Set limit'),
  leave: l10n('Leave it to Tokenfare'),

  paused: (limit: Millitokens): string => l10n('Paused at your limit of {limit}.', { limit: formatLimit(limit) }),
  pausedAtBudget: (perDay: Millitokens): string =>
    l10n('Paused at your budget of {perDay} for the day. What was left of it was too little to go on.', {
      perDay: formatLimit(perDay),
    }),
  goOn: (more: Millitokens): string => l10n('Continue, up to {more} more', { more: formatLimit(more) }),
  pausedAtSteps: (steps: number): string =>
    l10n('Paused after {steps} calls to the model, so that it doesn’t go round in circles.', { steps }),
};
