import type { ExtensionCalls } from '../../src/protocol/chat.ts';

/** Asks the extension for something; where that fails, the page says so by itself. */
export type Ask = (call: (extension: ExtensionCalls) => Promise<unknown>) => void;
