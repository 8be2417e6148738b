import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { chatPage, shownChat, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { openUpstreamWorkbench, type UpstreamWorkbench } from '../support/upstreamWorkbench.ts';
import { frameWith, runCommand, screenshot, statusBarItem } from '../support/workbench.ts';

describe('messages that wait, and the batch', () => {
  let workbench: UpstreamWorkbench;
  let chat: ChatPage;

  before(async () => {
    workbench = await openUpstreamWorkbench();
    chat = await chatPage(workbench.page);
  });

  after(() => workbench.close());

  /** The person's messages as the service got them, each once however many calls it took. */
  const asked = (): string[] =>
    workbench.upstream.requests.map(({ body }) => {
      const messages = body['messages'] as { role: string; content: string }[];
      return messages.findLast(({ role }) => role === 'user')?.content ?? '';
    });

  it('lets messages wait behind an answer, merges them, and sends them when it is done', async () => {
    const { upstream, page } = workbench;
    const shown = Promise.withResolvers<undefined>();
    upstream.next({
      text: ['One ', 'moment.'],
      afterPiece: (count) => (count === 1 ? shown.promise : undefined),
    });
    await chat.message.fill('Tell me about the page.');
    await eventually(async () => {
      assert.match(await chat.estimate.innerText(), /stops at/);
      assert.equal(await chat.send.isEnabled(), true);
    });
    await chat.message.press('Enter');
    await chat.frame.getByText('One').first().waitFor();
    for (const text of ['Add a phone column', 'Sort by name']) {
      await chat.message.fill(text);
      await chat.message.press('Enter');
      await eventually(async () => {
        assert.equal(await chat.message.inputValue(), '');
      });
    }
    const waiting = chat.frame.getByRole('region', { name: 'Sends next', exact: true });
    await waiting.getByRole('button', { name: /^Merge into one/ }).click();
    await waiting.getByText('1. Add a phone column').waitFor();
    await screenshot(page, 'waiting');
    upstream.next({ text: ['Both are done.'], usage: { prompt: 900, completion: 20 } });
    shown.resolve(undefined);
    await chat.receipts.nth(1).waitFor();
    await waiting.waitFor({ state: 'detached' });
    assert.deepEqual(asked(), ['Tell me about the page.', '1. Add a phone column\n2. Sort by name']);
  });

  it('keeps what waits over a reload, and sends it once, when the answer that went on is there', async () => {
    const { upstream, page } = workbench;
    const rest = Promise.withResolvers<undefined>();
    upstream.next({ text: ['Almost ', 'done.'], afterPiece: (count) => (count === 1 ? rest.promise : undefined) });
    await chat.message.fill('And the footer?');
    await chat.message.press('Enter');
    await chat.frame.getByText('Almost').first().waitFor();
    await chat.message.fill('Then the header');
    await chat.message.press('Enter');
    await chat.frame.getByRole('region', { name: 'Sends next', exact: true }).waitFor();
    await screenshot(page, 'waiting-before-reload');
    await page.reload();
    chat = await shownChat(page);
    await chat.frame.getByRole('region', { name: 'Sends next', exact: true }).waitFor();
    upstream.next({ text: ['The header is done.'] });
    rest.resolve(undefined);
    await chat.frame.getByText('Almost done.').first().waitFor();
    await chat.frame.getByText('The header is done.').first().waitFor();
    assert.deepEqual(asked().slice(2), ['And the footer?', 'Then the header']);
  });

  it('sends a batch as one message, what is free done first, and counts what that saved', async () => {
    const { upstream, page, workspace } = workbench;
    const styles = () => readFileSync(path.join(workspace, 'styles.css'), 'utf8');
    const original = styles();
    for (const text of ['Add a city column', 'Change header to blue', 'Add a search box']) {
      await chat.message.fill(text);
      await chat.message.press('Alt+Shift+Enter');
      await eventually(async () => {
        assert.equal(await chat.message.inputValue(), '');
      });
    }
    await chat.frame.getByText('free, done first').waitFor();
    await chat.frame.getByText(/Together \d\.\d–\d\.\d · one by one \d\.\d–\d\.\d/).waitFor();
    await screenshot(page, 'batch');
    upstream.next({ text: ['All done.'], usage: { prompt: 900, completion: 20 } });
    await chat.button('Send batch').click();
    await chat.frame.getByText('All done.').first().waitFor();
    assert.notEqual(styles(), original);
    assert.deepEqual(asked().slice(4), ['1. Add a city column\n2. Add a search box']);
    assert.equal(await chat.frame.getByRole('region', { name: 'Batch', exact: true }).count(), 0);
    await eventually(async () => {
      await statusBarItem(page).hover();
      const [, saved] = /saved (\d\.\d\d)/.exec(await page.locator('.monaco-hover').innerText()) ?? [];
      // Two base prices that were not paid, by the merged message and the batch, and a whole message by the free edit.
      assert.ok(Number(saved) > 0.25 + 0.25 + 0.35, saved);
    });
  });

  it('opens the prompting guide', async () => {
    const { page } = workbench;
    await runCommand(page, 'Tokenfare: Prompting Guide');
    await page.locator('.tab', { hasText: 'prompting-guide.md' }).waitFor();
    await frameWith(page, (frame) => frame.getByRole('heading', { name: 'Ask for several things at once' }));
    await screenshot(page, 'prompting-guide');
  });
});
