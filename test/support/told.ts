import type { Page } from 'playwright-core';
import { eventually } from './eventually.ts';

/**
 * Waits for a notification; under test VS Code shows none by itself, so the list of them is opened: again and again, as
 * what came last may lie outside of a list that is open already.
 */
export async function told(page: Page, words: string): Promise<void> {
  const list = page.locator('.notifications-center');
  const bell = page.locator('[id="status.notifications"] a');
  await eventually(async () => {
    if (!(await list.isVisible())) await bell.click();
    try {
      await list.filter({ hasText: words }).waitFor({ timeout: 2_000 });
    } catch (error) {
      if (await list.isVisible()) await bell.click();
      throw error;
    }
  }, 60_000);
}
