import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import type { UpstreamScript } from '../support/fakeUpstream.ts';
import { folderContents } from '../support/folderContents.ts';
import { openUpstreamWorkbench, type UpstreamWorkbench } from '../support/upstreamWorkbench.ts';
import { screenshot } from '../support/workbench.ts';

describe('bad input', () => {
  let workbench: UpstreamWorkbench;
  let chat: ChatPage;

  before(async () => {
    workbench = await openUpstreamWorkbench();
    chat = await chatPage(workbench.page);
  });

  after(() => workbench.close());

  it('refuses a message above the limit before it is sent, with its size, and keeps it', async () => {
    const text = 'x'.repeat(1_400_000);
    await chat.message.fill(text);
    await chat.frame.getByText('This message is 1.4 MB; the limit is 1 MB.').waitFor();
    await chat.message.press('Enter');
    assert.ok(await chat.send.isDisabled());
    assert.equal((await chat.message.inputValue()).length, text.length);
    await screenshot(workbench.page, 'bad-input-too-large');
    assert.equal(workbench.upstream.requests.length, 0);
    assert.deepEqual((await backendAccess(workbench.data).generations()).generations, []);
    const log = readFileSync(path.join(workbench.data, 'backend.log'), 'utf8');
    assert.ok(!log.includes('/v1/chat/completions'), 'something reached the backend');
    await chat.message.fill('');
  });

  it('sends nothing by the Enter that ends an IME composition, and once by the next two', async () => {
    const { page, upstream } = workbench;
    await chat.message.click();
    const keyboard = await page.context().newCDPSession(page);
    await keyboard.send('Input.imeSetComposition', { text: '表を作', selectionStart: 3, selectionEnd: 3 });
    await page.keyboard.press('Enter');
    await keyboard.send('Input.insertText', { text: '表を作る' });
    upstream.next({ text: ['はい。'] });
    await chat.message.evaluate((box) => {
      const enter = () => new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true });
      box.dispatchEvent(enter());
      box.dispatchEvent(enter());
    });
    await page.keyboard.press('Enter');
    await chat.receipts.first().waitFor();
    await chat.frame.getByText('はい。').first().waitFor();
    assert.equal(upstream.requests.length, 1);
    const sent = upstream.requests[0]?.body['messages'] as { content: unknown }[];
    assert.match(String(sent.at(-1)?.content), /表を作る/, 'it was sent in the middle of the word');
    assert.equal((await backendAccess(workbench.data).generations()).generations.length, 1);
    assert.equal(await chat.message.inputValue(), '');
  });

  it('takes the next message in the very moment in which the receipt is shown', async () => {
    const { upstream } = workbench;
    const watched = Promise.withResolvers<undefined>();
    upstream.next({ text: ['One.'], afterPiece: () => watched.promise }, { text: ['Two.'] });
    await chat.message.fill('First');
    await chat.message.press('Enter');
    await chat.message.fill('Second');
    // Within the page, so that nothing lies between the receipt and the key.
    await chat.message.evaluate((box) => {
      new MutationObserver((_, observer) => {
        if (document.querySelectorAll('[role="group"][aria-label="Receipt"]').length < 2) return;
        observer.disconnect();
        box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      }).observe(document.body, { childList: true, subtree: true });
    });
    watched.resolve(undefined);
    await chat.receipts.nth(2).waitFor();
    assert.equal(upstream.requests.length, 3);
  });

  it('answers tool calls that lead outside or are no JSON as errors, shows them, and applies none', async () => {
    const outside = path.join(path.dirname(workbench.workspace), 'outside');
    mkdirSync(outside);
    writeFileSync(path.join(outside, 'secret.txt'), 'a secret');
    symlinkSync(outside, path.join(workbench.workspace, 'link'));
    const results = await resultsOf({
      toolCalls: [
        write('../evil.txt'),
        write(path.join(outside, 'evil.txt')),
        write('link/evil.txt'),
        { name: 'read_file', input: { path: 'link/secret.txt' } },
        { name: 'write_file', json: '{"path":"half.txt","content":"never' },
        { name: 'format_disk', input: {} },
      ],
    });
    assert.deepEqual(results, [
      'Error: The path leads outside the workspace. Nothing outside is read or written.',
      'Error: The path must be relative to the workspace folder.',
      'Error: The path leads outside the workspace. Nothing outside is read or written.',
      'Error: The path leads outside the workspace. Nothing outside is read or written.',
      'Error: The arguments were not valid JSON. Nothing was changed.',
      'Error: There is no tool format_disk here.',
    ]);
    assert.deepEqual(readdirSync(outside), ['secret.txt']);
    assert.ok(!readdirSync(path.dirname(workbench.workspace)).includes('evil.txt'));
    await chat.frame.getByText('6 failed').click();
    await chat.frame.getByText('Nothing outside is read or written.').first().waitFor();
    await screenshot(workbench.page, 'bad-input-tool-calls');
  });

  it('never applies a tool call of an answer that was cut off', async () => {
    const results = await resultsOf({ toolCalls: [write('cut.txt')], finish: 'length' });
    assert.match(results.join(), /^Error: your answer was cut off by the output limit/);
    await chat.frame.getByText('1 failed').last().waitFor();
    // The person had scrolled up to the failed calls before; who sends sees what comes of it.
    await eventually(async () => {
      const [receipt, box] = await Promise.all([chat.receipts.last().boundingBox(), chat.message.boundingBox()]);
      assert.ok(receipt && box && receipt.y + receipt.height <= box.y, 'the answer is not in view');
    });
    await screenshot(workbench.page, 'bad-input-cut-off');
  });

  /** What the model is answered to these calls; in the end the workspace is as it was. */
  async function resultsOf(script: UpstreamScript): Promise<unknown[]> {
    const { upstream, workspace } = workbench;
    const before = folderContents(workspace);
    const receipts = await chat.receipts.count();
    upstream.next(script, { text: ['I could not.'] });
    await chat.message.fill('Go on.');
    await chat.message.press('Enter');
    await chat.receipts.nth(receipts).waitFor();
    assert.deepEqual(folderContents(workspace), before);
    const messages = upstream.requests.at(-1)?.body['messages'] as { role: string; content: unknown }[];
    const asked = messages.findLastIndex(({ role }) => role === 'user');
    return messages
      .slice(asked)
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => content);
  }
});

function write(file: string) {
  return { name: 'write_file', input: { path: file, content: 'evil\n' } };
}
