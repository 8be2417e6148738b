import type { Frame, Locator, Page } from 'playwright-core';
import { frameWith, openChat } from './workbench.ts';

/** The chat as a person meets it: everything is found by role and accessible name. */
export interface ChatPage {
  readonly frame: Frame;
  readonly message: Locator;
  readonly send: Locator;
  readonly estimate: Locator;
  readonly receipts: Locator;
  /** What goes along with the next message, each with its weight and price. */
  readonly chips: Locator;
  /** What is listed as one types `@` or `/`. */
  readonly options: Locator;
  button(name: string): Locator;
}

/** Opens the chat by its icon and resolves when the composer can be typed in. */
export async function chatPage(page: Page): Promise<ChatPage> {
  return pageOf(await openChat(page));
}

/** The chat that is already shown, for example after a reload of the window. */
export async function shownChat(page: Page): Promise<ChatPage> {
  return pageOf(await frameWith(page, (frame) => frame.getByRole('textbox', { name: 'Message', exact: true })));
}

function pageOf(frame: Frame): ChatPage {
  return {
    frame,
    message: frame.getByRole('textbox', { name: 'Message', exact: true }),
    send: frame.getByRole('button', { name: 'Send', exact: true }),
    estimate: frame.getByRole('status', { name: 'Estimated cost', exact: true }),
    receipts: frame.getByRole('group', { name: 'Receipt', exact: true }),
    chips: frame.locator('.composer-box').getByRole('list', { name: 'Attachments' }).getByRole('listitem'),
    options: frame.getByRole('option'),
    button: (name) => frame.getByRole('button', { name, exact: true }),
  };
}
