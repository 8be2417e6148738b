import type { ReviewExtensionCalls } from '../../src/protocol/review.ts';

/** Asks the extension for something; where that fails, the page says so by itself. */
export type AskReview = (call: (extension: ReviewExtensionCalls) => Promise<unknown>) => void;
