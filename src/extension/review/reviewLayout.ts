import type { Memento } from 'vscode';
import { DiffLayout } from '../../protocol/review.ts';
import type { ReviewParts } from './openReview.ts';

/** How the person likes diffs to be shown, remembered over windows and workspaces. */
export function reviewLayout(memory: Memento): ReviewParts['layout'] {
  return {
    get: () => {
      const kept = DiffLayout.safeParse(memory.get(KEY));
      return kept.success ? kept.data : { sideBySide: true, ignoresBlanks: false };
    },
    set: (layout) => memory.update(KEY, layout),
  };
}

const KEY = 'review.layout';
