import * as z from 'zod/mini';
import { extensionCalls, pageCalls, type ExtensionCalls, type PageCalls } from '../../src/protocol/chat.ts';
import { connectHost, type EditorApi } from '../host.ts';
import { registerToolkit } from '../components/button.ts';
import '../page.css';
import { AdviceLine } from './adviceLine.ts';
import { AdviceSearch } from './adviceSearch.ts';
import { announcements } from './announcements.ts';
import type { Ask } from './ask.ts';
import { BatchTray } from './batchTray.ts';
import { BusyView } from './busyView.ts';
import './chat.css';
import { ChatPage } from './chatPage.ts';
import { ChatStore } from './chatStore.ts';
import { CompletionList } from './completionList.ts';
import { completionSources } from './completionSources.ts';
import { ComposerBox } from './composerBox.ts';
import type { ComposerParts } from './composerParts.ts';
import { Delay, type Timer } from './delay.ts';
import { DraftKeeper } from './draftKeeper.ts';
import { draftPrice } from './draftPrice.ts';
import { FileDiffView } from './fileDiffView.ts';
import { LimitBox } from './limitBox.ts';
import { MarkdownText } from './markdownText.ts';
import { MessageSender } from './messageSender.ts';
import { MessageView } from './messageView.ts';
import { PriceAnnouncement } from './priceAnnouncement.ts';
import { PromptRecall } from './promptRecall.ts';
import { RollbackView } from './rollbackView.ts';
import { SessionMenu } from './sessionMenu.ts';
import { SpokenSentences } from './spokenSentences.ts';
import { words } from './words.ts';

// The root of the chat page: constructs everything with dependencies, and connects the page with the extension.

declare function acquireVsCodeApi(): EditorApi;

registerToolkit();
customElements.define('tokenfare-markdown', MarkdownText);
customElements.define('tokenfare-rollback', RollbackView);
customElements.define('tokenfare-file-diff', FileDiffView);
customElements.define('tokenfare-busy', BusyView);
customElements.define('tokenfare-message', MessageView);
customElements.define('tokenfare-advice', AdviceLine);
customElements.define('tokenfare-batch', BatchTray);
customElements.define('tokenfare-session-menu', SessionMenu);
customElements.define('tokenfare-completions', CompletionList);
customElements.define('tokenfare-limit', LimitBox);
customElements.define('tokenfare-composer', ComposerBox);
customElements.define('tokenfare-chat', ChatPage);

/** Every second frame of a screen: text that grows looks no smoother with each, and the other is left to the keys. */
const BETWEEN_STREAMED_MILLISECONDS = 20;
/** The page is drawn by then, and nobody types yet. */
const JUDGED_AFTER_MILLISECONDS = 200;
/** Of this period and this day; what is older can't come again. */
const WARNINGS_KEPT = 4;

const PageState = z.object({ draft: z.optional(z.unknown()), dismissedWarnings: z.optional(z.array(z.string())) });
type PageState = z.infer<typeof PageState>;

const editor = acquireVsCodeApi();
const store = new ChatStore((run) => {
  setTimeout(() => requestAnimationFrame(run), BETWEEN_STREAMED_MILLISECONDS);
});
const extension = connectHost<ExtensionCalls, PageCalls>(editor, store, { extension: extensionCalls, page: pageCalls });
const timer: Timer = (milliseconds, run) => {
  const handle = setTimeout(run, milliseconds);
  return () => {
    clearTimeout(handle);
  };
};

const page = new ChatPage();
const drafts = new DraftKeeper({
  read: () => keptState().draft,
  keep: (draft) => {
    editor.setState({ ...keptState(), draft });
  },
  save: (text) => extension.saveDraft(text),
});
page.parts = composerParts();
page.ask = ask(() => words.callFailed);
page.savePlace = (place) => {
  extension.savePlace(place).catch(reportError);
};
page.dismissedWarnings = keptState().dismissedWarnings ?? [];
page.keepDismissed = (key) => {
  page.dismissedWarnings = [...page.dismissedWarnings, key].slice(-WARNINGS_KEPT);
  editor.setState({ ...keptState(), dismissedWarnings: page.dismissedWarnings });
};

const spoken = new SpokenSentences();
store.listen({
  changed: (state, before) => {
    page.state = state;
    for (const sentence of announcements(before, state)) {
      page.say(spoken.end());
      page.say(sentence);
    }
  },
  streamed: (_message, text) => {
    page.say(spoken.feed(text));
  },
  focus: () => {
    page.focusComposer();
  },
});
window.addEventListener('pagehide', () => {
  drafts.flush();
});
document.body.append(page);
ask(() => words.notLoaded)(async () => {
  const state = await extension.ready();
  store.start(state);
  // The patterns that a draft is judged by are compiled at their first use: before the first key, not at it.
  timer(JUDGED_AFTER_MILLISECONDS, () => draftPrice(state.composer, words.placeholder));
});

function composerParts(): ComposerParts {
  return {
    drafts,
    announcement: new PriceAnnouncement(new Delay(timer)),
    advice: new AdviceSearch(
      new Delay(timer),
      (text) => extension.planFreeEdit(text),
      async (text, offer) => {
        // It knows many words, and is not needed before typing stops.
        const { draftAdvice } = await import('./draftAdvice.ts');
        return store.state === null ? [] : draftAdvice(store.state, text, offer, Date.now());
      },
    ),
    sender: new MessageSender(
      () => crypto.randomUUID(),
      (message) => extension.send(message),
    ),
    recall: new PromptRecall(),
    completions: completionSources({
      find: (query) => extension.findMentions(query),
      attach: (mention) => {
        page.ask((called) => called.mention(mention));
      },
    }),
    say: (sentence) => {
      page.say(sentence);
    },
  };
}

/** A call that fails is a fault of ours, not something people can mend: the page says so and offers the log. */
function ask(problem: () => string): Ask {
  return (call) => {
    page.problem = '';
    call(extension).catch((error: unknown) => {
      page.problem = problem();
      reportError(error);
    });
  };
}

function keptState(): PageState {
  const kept = PageState.safeParse(editor.getState());
  return kept.success ? kept.data : {};
}
