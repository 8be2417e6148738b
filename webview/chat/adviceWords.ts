import { formatBalance, formatLimit } from '../../src/core/formatTokens.ts';
import type { Millitokens } from '../../src/core/tokens.ts';
import { l10n, l10nCount } from '../l10n.ts';
import { commonThing } from './commonThing.ts';
import type { ShownAdvice } from './shownAdvice.ts';
import { words } from './words.ts';

/** What the line of advice says. */
export const adviceWords = {
  advice: l10n('Advice'),
  others: (count: number): string => l10nCount(count, '{n} more', '{n} more'),
  fewer: l10n('Fewer'),
  more: l10n('More'),
  moreHint: l10n('The prompting guide: how to get the same with fewer tokens'),
  dismiss: l10n('Dismiss this advice'),
  rollBackAndRetry: l10n('Roll back and retry'),
  startFresh: l10n('Start fresh'),
  startFreshHint: l10n('A new chat with the same message. This one stays in the history.'),
  /** "Roll back and retry · about 1.2" */
  retryFor: (retry: Millitokens): string => l10n('Roll back and retry · about {price}', { price: formatLimit(retry) }),
  fixFor: (fix: Millitokens, messages: number): string =>
    l10n('Ask for a fix · about {price}, your last fixes took {n}', { price: formatLimit(fix), n: messages }),
  addDetail: (label: string): string => l10n('+ {detail}', { detail: label }),
  addDetailHint: (said: string): string => l10n('Adds “{words}” to your message', { words: said.trim() }),

  /** The line itself: what, and what it saves. */
  title: (advice: ShownAdvice, draft: string): string => {
    switch (advice.kind) {
      case 'edit-for-free':
        return freeEditTitle(advice, draft);
      case 'batch':
        return l10n('{n} small requests fit into one message, {saving}.', {
          n: advice.requests,
          saving: saving(advice.saves),
        });
      case 'roll-back':
        return advice.messages === null
          ? l10n('Rolling back is free; a fix takes about {fix}.', { fix: formatLimit(advice.fix) })
          : l10n('Roll back or fix?');
      case 'start-fresh':
        return l10n('A long history goes along: starting fresh {saving}.', { saving: saving(advice.saves) });
      case 'add-detail':
        return l10n('Say it now, {saving}.', { saving: saving(advice.saves) });
      case 'low-balance':
        return l10n('This leaves about {left} tokens.', { left: formatBalance(advice.leaves) });
    }
  },

  /** Why, in one sentence. */
  reason: (advice: ShownAdvice): string => {
    switch (advice.kind) {
      case 'edit-for-free':
        return l10n('A change of style or text needs no model.');
      case 'batch':
        return l10n('Each message has a base price and sends files and history again.');
      case 'roll-back':
        return advice.messages === null
          ? l10n('What the first try cost is not returned.')
          : l10n('Rolling back is free. What the first try cost is not returned.');
      case 'start-fresh':
        return l10n('Every message sends the whole chat again. A new one knows your files, not this chat.');
      case 'add-detail':
        return l10n('What isn’t said is guessed, and changed in a later message.');
      case 'low-balance':
        return l10n('Free edits, roll back and export cost nothing.');
    }
  },
};

function freeEditTitle({ offer, saves }: Extract<ShownAdvice, { kind: 'edit-for-free' }>, draft: string): string {
  if (offer.kind === 'edit') return words.freeEdit([...new Set(offer.places.map(({ path }) => path))], saves);
  const thing = commonThing(
    draft,
    offer.candidates.map(({ label }) => label),
  );
  return thing === null ? words.which : words.whichOf(thing);
}

function saving(saves: Millitokens): string {
  return l10n('saves about {saves}', { saves: formatLimit(saves) });
}
