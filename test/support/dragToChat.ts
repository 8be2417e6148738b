import type { Locator, Page } from 'playwright-core';
import { shownChat } from './chat.ts';

/** Drags a file of the explorer over the icon of the chat, which opens it, and drops it on the box with Shift held. */
export async function dragToChat(page: Page, file: string): Promise<void> {
  await page.keyboard.press('Control+Shift+e');
  await page.locator('.explorer-folders-view .monaco-list-row', { hasText: file }).hover();
  await page.mouse.down();
  // What is dragged has to move twice over a place to be noticed there.
  const dragOver = async (place: Locator): Promise<void> => {
    await place.hover({ position: { x: 10, y: 10 } });
    await place.hover({ position: { x: 12, y: 12 } });
  };
  await dragOver(page.locator('.activitybar a.action-label[aria-label^="Tokenfare"]'));
  const { message } = await shownChat(page);
  await page.keyboard.down('Shift');
  await dragOver(message);
  await page.mouse.up();
  await page.keyboard.up('Shift');
}
