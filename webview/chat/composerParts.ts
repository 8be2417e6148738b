import type { AdviceSearch } from './adviceSearch.ts';
import type { CompletionSource } from './completion.ts';
import type { DraftKeeper } from './draftKeeper.ts';
import type { MessageSender } from './messageSender.ts';
import type { PriceAnnouncement } from './priceAnnouncement.ts';
import type { PromptRecall } from './promptRecall.ts';

/** What the composer works with, made by the page's root. */
export interface ComposerParts {
  readonly drafts: DraftKeeper;
  readonly announcement: PriceAnnouncement;
  readonly advice: AdviceSearch;
  readonly sender: MessageSender;
  readonly recall: PromptRecall;
  readonly completions: readonly CompletionSource[];
  /** Says something politely to people who listen. */
  readonly say: (sentence: string) => void;
}
