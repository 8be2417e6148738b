import * as z from 'zod/mini';
import {
  reviewExtensionCalls,
  reviewPageCalls,
  type ReviewExtensionCalls,
  type ReviewPageCalls,
} from '../../src/protocol/review.ts';
import { registerToolkit } from '../components/button.ts';
import { connectHost, type EditorApi } from '../host.ts';
import { RollbackView } from '../chat/rollbackView.ts';
import type { AskReview } from './askReview.ts';
import { DecidingView } from './decidingView.ts';
import '../page.css';
import './review.css';
import { ReviewPage } from './reviewPage.ts';
import { reviewWords } from './reviewWords.ts';

// The root of the review page: constructs everything with dependencies, and connects the page with the extension.

declare function acquireVsCodeApi(): EditorApi;

registerToolkit();
customElements.define('tokenfare-rollback', RollbackView);
customElements.define('tokenfare-deciding', DecidingView);
customElements.define('tokenfare-review', ReviewPage);

/** What brings the page back in a window that was reloaded: the extension reads the generation from it. */
const PageState = z.object({ generation: z.string(), file: z.string() });

const editor = acquireVsCodeApi();
const page = new ReviewPage();
const calls: ReviewPageCalls = {
  review: (review) => {
    page.review = review;
  },
  select: (path) => {
    page.select(path);
  },
};
const extension = connectHost<ReviewExtensionCalls, ReviewPageCalls>(editor, calls, {
  extension: reviewExtensionCalls,
  page: reviewPageCalls,
});

page.ask = ask(() => reviewWords.callFailed);
page.keepLayout = (layout) => {
  page.layout = layout;
  page.ask((called) => called.setLayout(layout));
};
page.keepSelected = (file) => {
  if (page.review?.kind === 'generation') editor.setState({ generation: page.review.id, file });
};
document.body.append(page);
// Monaco is most of what there is to load. What it is to show is asked for meanwhile.
ask(() => reviewWords.notLoaded)(async () => {
  const { startDiffs } = await import('./startDiffs.ts');
  startDiffs(document.body, () => {
    page.restyle();
  });
});
ask(() => reviewWords.notLoaded)(async () => {
  const { review, file, layout } = await extension.ready();
  page.layout = layout;
  const kept = PageState.safeParse(editor.getState());
  page.select(file ?? (kept.success ? kept.data.file : ''));
  calls.review(review);
});

/** A call that fails is a fault of ours, not something people can mend: the page says so and offers the log. */
function ask(problem: () => string): AskReview {
  return (call) => {
    page.problem = '';
    call(extension).catch((error: unknown) => {
      page.problem = problem();
      reportError(error);
    });
  };
}
