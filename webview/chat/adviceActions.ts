import type { MissingDetail } from '../../src/core/advice.ts';
import { millitokens } from '../../src/core/tokens.ts';
import type { AdviceKind } from '../../src/protocol/chat.ts';
import type { AdviceActions } from './adviceLine.ts';
import type { Ask } from './ask.ts';
import type { ShownAdvice } from './shownAdvice.ts';

/** What the buttons of the line of advice do, by what the composer can do. */
export function adviceActions(composer: {
  readonly ask: Ask;
  readonly act: (action: 'send' | 'addToBatch') => void;
  readonly doFree: AdviceActions['doFree'];
  readonly addDetail: AdviceActions['addDetail'];
  readonly dismiss: (kind: AdviceKind) => void;
}): AdviceActions {
  const { ask, act, doFree, addDetail, dismiss } = composer;
  return {
    doFree,
    addDetail,
    reveal: (candidate) => {
      ask((extension) => extension.revealCandidate(candidate));
    },
    rollBack: ({ generation, fix, messages }) => {
      const insteadOf = millitokens(fix * (messages ?? 1));
      ask((extension) => extension.rollBackInstead({ generation, insteadOf }));
    },
    startFresh: () => {
      ask((extension) => extension.startFresh());
    },
    send: () => {
      act('send');
    },
    addToBatch: () => {
      act('addToBatch');
    },
    upgrade: () => {
      ask((extension) => extension.upgrade());
    },
    guide: () => {
      ask((extension) => extension.promptingGuide());
    },
    dismiss: (kind) => {
      dismiss(kind);
      ask((extension) => extension.dismissAdvice(kind));
    },
  };
}

/** What is still advised once a missing detail was added. */
export function adviceWithout(advice: readonly ShownAdvice[], missing: MissingDetail): ShownAdvice[] {
  return advice.flatMap((each): ShownAdvice[] => {
    if (each.kind !== 'add-detail') return [];
    const others = each.missing.filter((detail) => detail !== missing);
    return others.length === 0 ? [] : [{ ...each, missing: others }];
  });
}
