import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatCharge } from '../../src/core/formatTokens.ts';
import { charge } from '../../src/core/rateCard.ts';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage, shownChat, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { folderContents } from '../support/folderContents.ts';
import { openUpstreamWorkbench, type UpstreamWorkbench } from '../support/upstreamWorkbench.ts';
import { screenshot, statusBarItem } from '../support/workbench.ts';

const DRAFT = 'And then a footer.';
/** What the person has seen of the second call when the window goes, and what comes afterwards. */
const SEEN = ['The first half of the answer, ', 'then a bit more. '];
const REST = 'Said after the reload.';

describe('a reload in the middle of an answer', () => {
  let workbench: UpstreamWorkbench;
  let chat: ChatPage;
  let original: Record<string, string>;
  const more = Promise.withResolvers<undefined>();

  before(async () => {
    workbench = await openUpstreamWorkbench();
    original = folderContents(workbench.workspace);
    chat = await chatPage(workbench.page);
  });

  after(async () => {
    more.resolve(undefined);
    await workbench.close();
  });

  it('goes on with the answer that was arriving, from where it was, and keeps the draft', async () => {
    const { upstream, page } = workbench;
    upstream.next(
      {
        toolCalls: [{ name: 'write_file', input: { path: 'made.txt', content: 'whole\n' } }],
        usage: { prompt: 900, completion: 40 },
      },
      { text: [...SEEN, REST], afterPiece: (count) => (count === SEEN.length ? more.promise : undefined) },
    );
    await chat.message.fill('Make a text file and tell me all about it.');
    await chat.send.click();
    await chat.frame.getByText('then a bit more.').first().waitFor();
    await eventually(async () => {
      // The first call has been charged and is not counted again as running.
      assert.equal(await statusBarItem(page).getAttribute('aria-label'), 'Tokenfare: 299.7 of 300 tokens left');
    });
    await chat.message.fill(DRAFT);
    await screenshot(page, 'reload-before');
    await page.reload();
    chat = await shownChat(page);
    await chat.button('Stop').waitFor();
    await chat.frame.getByText('then a bit more.').first().waitFor();
    more.resolve(undefined);
    await chat.receipts.first().waitFor();
    assert.equal(await chat.frame.getByText([...SEEN, REST].join('').trim()).count(), 1);
    await eventually(async () => assert.equal(await chat.message.inputValue(), DRAFT));
    await screenshot(page, 'reload-resumed');
  });

  it('charged the whole answer, once', async () => {
    const { account, generations } = backendAccess(workbench.data);
    const [generation, ...others] = (await generations()).generations;
    assert.ok(generation && others.length === 0);
    assert.equal(generation.state, 'settled');
    const [first, second] = generation.calls;
    assert.ok(first && second && generation.calls.length === 2);
    assert.equal(workbench.upstream.requests.length, 2);
    assert.equal(second.counted, false);
    assert.equal(second.charged, charge({ ...second, firstCall: false }, 1).total);
    assert.equal(generation.charged, first.charged + second.charged);
    const { balance } = await account();
    assert.deepEqual([balance.available, balance.held], [300_000 - generation.charged, 0]);
    const receipt = await chat.receipts.first().innerText();
    assert.ok(receipt.includes(`${formatCharge(generation.charged, 'en')} tokens`), receipt);
  });

  it('left whole files only, and rolls back what the answer had done', async () => {
    const { workspace } = workbench;
    assert.equal(readFileSync(path.join(workspace, 'made.txt'), 'utf8'), 'whole\n');
    assert.deepEqual(Object.keys(folderContents(workspace)).sort(), [...Object.keys(original), 'made.txt'].sort());
    await chat.receipts.first().getByRole('button', { name: 'Roll back' }).click();
    await chat.frame.getByText('You can redo it').waitFor();
    await chat.button('Roll back').last().click();
    await chat.button('Redo').waitFor();
    assert.ok(!existsSync(path.join(workspace, 'made.txt')));
    assert.deepEqual(folderContents(workspace), original);
  });

  it('keeps a draft to the last letter, typed just before', async () => {
    const { page } = workbench;
    await chat.message.fill('');
    await chat.message.pressSequentially('The last words');
    // Nobody reloads before the letters are on the screen.
    await screenshot(page, 'reload-draft');
    await page.reload();
    chat = await shownChat(page);
    await eventually(async () => assert.equal(await chat.message.inputValue(), 'The last words'));
  });
});
