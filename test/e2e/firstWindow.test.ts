import assert from 'node:assert/strict';
import { openChat, openWorkbench, screenshot, statusBarItem, type Workbench } from '../support/workbench.ts';

for (const extension of ['source', 'vsix'] as const) {
  describe(`a first window, extension from ${extension}`, () => {
    let workbench: Workbench;

    before(async () => {
      workbench = await openWorkbench({ extension });
    });
    after(() => workbench.close());

    it('shows the balance in the status bar', async () => {
      const item = statusBarItem(workbench.page).and(workbench.page.getByLabel('Tokenfare: 300.0 of 300 tokens left'));
      await item.waitFor();
      assert.match((await item.textContent()) ?? '', /300\.0 \/ 300/);
    });

    it('opens the chat from the activity bar, ready for a message', async () => {
      const chat = await openChat(workbench.page);
      await chat.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
      await chat.getByRole('button', { name: 'Send', exact: true }).waitFor();
      await screenshot(workbench.page, `first-window-${extension}`);
    });
  });
}
