import assert from 'node:assert/strict';
import { chatScenes } from '../support/chatScenes.ts';
import { composer } from '../support/chatSnapshots.ts';
import { eventually } from '../support/eventually.ts';
import { tabStops } from '../support/tabStops.ts';
import { useChatPageAlone } from '../support/useChatPageAlone.ts';

describe('the chat page by keyboard', () => {
  const chat = useChatPageAlone();

  it('is gone through by Tab in the order of the README, and shows where one is', async () => {
    const { page } = await chat.open(chatScenes['attached'] ?? assert.fail());
    await chat.button('Start fresh').waitFor();
    const { names, missed, unmarked } = await tabStops(page);
    assert.deepEqual([missed, unmarked], [[], []]);
    const withoutPrices = names.map((name) => name.replace(/ (?:· about )?\d.*/, ''));
    assert.deepEqual(withoutPrices, [
      ...['New chat', 'History', 'Account', 'Conversation'],
      ...['A users table with sorting', 'A contact form with validation', 'A sales dashboard'],
      ...['app.js: send the file in the editor along', 'Remove styles.css:12-40', 'Remove Pasted text'],
      ...['Message', 'Agent', 'Model: Builder, ×1', '21k of', 'Summarize this chat', 'Add to Batch', 'Send'],
      ...['stops at', 'Why?', 'Start fresh', 'Dismiss this advice', 'More'],
    ]);
  });

  it('lets one reach all that can be used in an answer, a question, a dry run, an edit and without tokens', async () => {
    const { host, page } = await chat.open(chatScenes['empty'] ?? assert.fail());
    for (const scene of ['answered', 'asking', 'conflict', 'editing', 'noTokens', 'code']) {
      const { thread, status, composer } = chatScenes[scene] ?? assert.fail(scene);
      // What is waited for comes last.
      host.status(status);
      host.composer(composer);
      host.thread({ ...thread, session: scene, title: scene });
      await page.getByRole('heading', { level: 1, name: scene, exact: true }).waitFor();
      const { names, missed, unmarked } = await tabStops(page);
      assert.deepEqual([missed, unmarked], [[], []], scene);
      assert.ok(names.includes('Message'));
    }
  });

  it('tells at a press what fills the context window, and Escape closes that without stopping the answer', async () => {
    const { host, page } = await chat.open(chatScenes['streaming'] ?? assert.fail());
    const instructions = [{ label: 'AGENTS.md', modelTokens: 400, isCut: true }];
    host.composer(composer({ contextTokens: 1_700, attachedTokens: 250, instructions }));
    const press = page.getByRole('button', { name: /^1\.7k of 66k$/ });
    await press.press('Enter');
    const parts = page.locator('#context-parts:popover-open li');
    await parts.first().waitFor();
    assert.deepEqual(await parts.allInnerTexts(), [
      'Rules, tools and file names: 1,050',
      'AGENTS.md, only its beginning: 400',
      'This chat so far: 0',
      'Attached: 250',
      'Your words: 0',
    ]);
    await press.press('Escape');
    await page.locator('#context-parts').waitFor({ state: 'hidden' });
    assert.deepEqual(host.callsOf('stop'), []);
    await press.press('Escape');
    await eventually(() => assert.equal(host.callsOf('stop').length, 1));
  });
});
