import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { ChatPageAlone, type OpenChat, type View } from './chatPageAlone.ts';
import type { Snapshot } from './fakeChatHost.ts';

/** The chat page alone, for the tests of the suite that calls this; after each the page must have logged no errors. */
export function useChatPageAlone(): ChatPageInTests {
  let alone: ChatPageAlone;
  let chat: OpenChat;
  before(async () => {
    alone = await ChatPageAlone.start();
  });
  after(() => alone.stop());
  afterEach(async () => {
    const { errors } = chat;
    await chat.close();
    assert.deepEqual(errors, [], 'the page logged errors');
  });
  const message = () => chat.page.getByRole('textbox', { name: 'Message', exact: true });
  return {
    open: async (snapshot, view = {}) => {
      chat = await alone.open(snapshot, view);
      await message().waitFor();
      return chat;
    },
    message,
    button: (name) => chat.page.getByRole('button', { name, exact: true }),
    scriptBytes: () => alone.scriptBytes,
  };
}

export interface ChatPageInTests {
  /** Opens the page; one at a time. Resolves when it shows its box. */
  readonly open: (snapshot: Snapshot, view?: View) => Promise<OpenChat>;
  readonly message: () => Locator;
  readonly button: (name: string) => Locator;
  /** What the script weighs, minified, in bytes. */
  readonly scriptBytes: () => number;
}
