import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/** Waits for a notification; under test VS Code shows none by itself, so the list of them is opened. */
export async function told(page: Page, words: string): Promise<void> {
  const list = page.locator('.notifications-center');
  await eventually(async () => {
    if (!(await list.isVisible())) await page.locator('[id="status.notifications"] a').click();
    await list.filter({ hasText: words }).waitFor({ timeout: 2_000 });
  }, 60_000);
}
