import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { countModelTokens } from '../../src/backend/models/countModelTokens.ts';
import { formatCharge, formatReceiptBalance } from '../../src/core/formatTokens.ts';
import { charge } from '../../src/core/rateCard.ts';
import { millitokens } from '../../src/core/tokens.ts';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { folderContents } from '../support/folderContents.ts';
import { openUpstreamWorkbench, type UpstreamWorkbench } from '../support/upstreamWorkbench.ts';
import { screenshot, statusBarItem } from '../support/workbench.ts';

const PROMPT = 'Add a page that says hello, and give its heading a colour.';
const PAGE = '<!doctype html>\n<title>Hello</title>\n<h1>Hello</h1>\n';
const HEADING = 'h1 { color: teal; }';
/** What the service says that the two calls used, in model tokens. */
const [FIRST, SECOND] = [
  { prompt: 1_500, completion: 321 },
  { prompt: 1_903, completion: 27, cached: 64 },
];

describe('the main job with an OpenAI-compatible service', () => {
  let workbench: UpstreamWorkbench;
  let chat: ChatPage;
  let original: Record<string, string>;

  before(async () => {
    workbench = await openUpstreamWorkbench();
    original = folderContents(workbench.workspace);
    chat = await chatPage(workbench.page);
  });

  after(() => workbench.close());

  it('shows the price before, streams the answer, applies its tool calls and opens the first file', async () => {
    const { upstream, workspace, page } = workbench;
    const styles = readFileSync(path.join(workspace, 'styles.css'), 'utf8');
    const line = styles.split('\n').find((each) => each.includes('{')) ?? '';
    const shown = Promise.withResolvers<undefined>();
    upstream.next(
      {
        text: ['I’ll add ', 'a page and a line.'],
        toolCalls: [
          { name: 'write_file', input: { path: 'pages/hello.html', content: PAGE } },
          { name: 'edit_file', input: { path: 'styles.css', find: line, replace: `${HEADING}\n${line}` } },
        ],
        usage: FIRST,
        // The rest comes once the beginning has been seen: it streams.
        afterPiece: (count) => (count === 1 ? shown.promise : undefined),
      },
      { text: ['Both are done.'], usage: SECOND },
    );
    await chat.message.fill(PROMPT);
    await eventually(async () => {
      assert.ok(await chat.send.isEnabled());
      assert.match(await chat.estimate.innerText(), /\d\.\d–\d\.\d[^]*stops at \d/);
    });
    await chat.message.press('Enter');
    await chat.frame.getByText('I’ll add').waitFor();
    await chat.button('Stop').waitFor();
    await eventually(async () => {
      const { held } = (await backendAccess(workbench.data).account()).balance;
      assert.ok(held > 0, 'nothing is held');
      assert.match(await chat.frame.locator('body').innerText(), /0\.[23]\d so far · stops at/);
    });
    await screenshot(page, 'upstream-streaming');
    shown.resolve(undefined);
    await chat.receipts.first().waitFor();
    assert.equal(readFileSync(path.join(workspace, 'pages/hello.html'), 'utf8'), PAGE);
    assert.equal(readFileSync(path.join(workspace, 'styles.css'), 'utf8'), styles.replace(line, `${HEADING}\n${line}`));
    await chat.frame.getByText('Both are done.', { exact: true }).waitFor();
    await page.locator('.tab', { hasText: 'hello.html' }).first().waitFor();
  });

  it('told the service what its tool calls came to, within one generation', async () => {
    const [first, second] = workbench.upstream.requests;
    assert.ok(first && second && workbench.upstream.requests.length === 2);
    const messages = second.body['messages'] as { role: string; content: unknown; tool_call_id?: string }[];
    const results = messages.filter(({ role }) => role === 'tool');
    assert.deepEqual(
      results.map(({ content }) => content),
      ['Created pages/hello.html.', 'Changed styles.css.'],
    );
    const { generations } = await backendAccess(workbench.data).generations();
    assert.equal(generations.length, 1);
    assert.equal(generations[0]?.calls.length, 2);
  });

  it('charges what the rate card says of the usage that was reported, what is sent again at the lower rate', async () => {
    const words = await countModelTokens(PROMPT);
    const one = charge({ ...usage(FIRST, 0), promptTokens: words, contextTokens: 1_500 - words, firstCall: true }, 1);
    const two = charge({ ...usage(SECOND, 1_500), firstCall: false }, 1);
    const total = millitokens(one.total + two.total);
    const { account, generations } = backendAccess(workbench.data);
    const [generation] = (await generations()).generations;
    assert.equal(generation?.charged, total);
    assert.deepEqual(
      generation.calls.map(({ charged }) => charged),
      [one.total, two.total],
    );
    const { balance } = await account();
    assert.equal(balance.available, 300_000 - total);
    assert.equal(balance.held, 0);
    const receipt = chat.receipts.first();
    const left = formatReceiptBalance(balance.available, 'en');
    assert.ok((await receipt.innerText()).includes(`${formatCharge(total, 'en')} tokens · ${left} left`));
    await receipt.locator('summary').click();
    const amounts = await receipt.locator('.amount').allInnerTexts();
    const { message, prompt, context, response } = generation.parts;
    const parts = [message, prompt, context, response].map((part) => formatCharge(part, 'en'));
    assert.deepEqual(amounts.slice(0, 4), parts);
    assert.match(await receipt.innerText(), /1,500 at the lower rate/);
    await eventually(async () => {
      const label = await statusBarItem(workbench.page).getAttribute('aria-label');
      assert.match(label ?? '', /^Tokenfare: 299\.\d of 300 tokens left$/);
    });
    await receipt.scrollIntoViewIfNeeded();
    await screenshot(workbench.page, 'upstream-receipt');
  });

  it('rolls both changes back byte for byte, for free', async () => {
    const { balance } = await backendAccess(workbench.data).account();
    await chat.receipts.first().getByRole('button', { name: 'Roll back' }).click();
    await chat.frame.getByText('You can redo it').waitFor();
    await screenshot(workbench.page, 'upstream-dry-run');
    await chat.button('Roll back').last().click();
    await chat.button('Redo').waitFor();
    assert.deepEqual(folderContents(workbench.workspace), original);
    assert.ok(!existsSync(path.join(workbench.workspace, 'pages')));
    assert.deepEqual((await backendAccess(workbench.data).account()).balance, balance);
  });

  it('pays for what arrived when it is stopped', async () => {
    const { upstream, page, data } = workbench;
    const stopped = Promise.withResolvers<undefined>();
    upstream.next({
      text: ['So much ', 'and no more.'],
      afterPiece: (count) => (count === 1 ? stopped.promise : undefined),
    });
    await chat.message.fill('Tell me a story.');
    await chat.message.press('Enter');
    await chat.frame.getByText('So much').first().waitFor();
    await chat.button('Stop').click();
    await chat.receipts.nth(1).waitFor();
    stopped.resolve(undefined);
    const [generation] = (await backendAccess(data).generations()).generations;
    assert.ok(generation && generation.charged > 250);
    assert.equal(generation.calls[0]?.responseTokens, await countModelTokens('So much '));
    await chat.frame
      .getByText(`Stopped. ${formatCharge(generation.charged, 'en')} for what arrived.`)
      .first()
      .waitFor();
    await screenshot(page, 'upstream-stopped');
  });

  it('costs nothing when the provider fails, and answers at the press of Retry', async () => {
    const { upstream, page, data } = workbench;
    const { balance } = await backendAccess(data).account();
    upstream.next({ status: 500 });
    await chat.message.fill('Are you there?');
    await chat.message.press('Enter');
    await chat.frame.getByText('The model didn’t answer. 0 tokens.').first().waitFor();
    await eventually(async () => {
      assert.deepEqual((await backendAccess(data).account()).balance, balance);
    });
    await screenshot(page, 'upstream-failed');
    upstream.next({ text: ['Here I am.'] });
    await chat.button('Retry').last().click();
    await chat.frame.getByText('Here I am.').first().waitFor();
    await chat.frame.getByText('The model didn’t answer.').first().waitFor({ state: 'detached' });
    await screenshot(page, 'upstream-retried');
  });
});

/** The reported usage of a call that sends `again` model tokens once more, as the rate card takes it. */
function usage(reported: { prompt: number; completion: number }, again: number) {
  const { prompt, completion } = reported;
  return { promptTokens: 0, contextTokens: prompt - again, cachedTokens: again, responseTokens: completion };
}
