import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { startFakeUpstream, type FakeUpstream } from '../support/fakeUpstream.ts';
import { openWorkbench, runCommand, screenshot, type Workbench } from '../support/workbench.ts';

const PROMPT = 'Explain to me why the sky is blue.';
/** Nothing listens there. */
const NOBODY = 'http://127.0.0.1:1/v1';
const LACKING = 'Create a job application form';

describe('what needs an AI model', () => {
  let workbench: Workbench;
  let upstream: FakeUpstream;
  let chat: ChatPage;

  before(async () => {
    upstream = await startFakeUpstream();
    workbench = await openWorkbench({ config: { ollama: { discover: false } } });
    chat = await chatPage(workbench.page);
  });

  after(async () => {
    await workbench.close();
    await upstream.close();
  });

  it('offers no model where it only asks back, and keeps the draft', async () => {
    await chat.message.fill(LACKING);
    await chat.send.click();
    await chat.frame.getByText('Nothing was changed. 0 tokens, and your draft is kept.').first().waitFor();
    await chat.frame.getByText('Which fields should the job application form have?').first().waitFor();
    assert.equal(await chat.button('Use an API key').count(), 0);
    assert.equal(await chat.frame.getByText('This needs an AI model.').count(), 0);
    assert.equal(await chat.message.inputValue(), LACKING);
    await screenshot(workbench.page, 'needs-model-asks');
  });

  it('costs nothing, keeps the draft and offers ways to a model', async () => {
    await chat.message.fill(PROMPT);
    await chat.send.click();
    await chat.frame.getByText('This needs an AI model.').first().waitFor();
    await chat.button('Use an API key').waitFor();
    await chat.button('Sign in to a server').waitFor();
    assert.equal(await chat.message.inputValue(), PROMPT);
    const { balance } = await backendAccess(workbench.data).account();
    assert.equal(balance.available, 300_000);
    await screenshot(workbench.page, 'needs-model');
  });

  it('says that a provider does not answer', async () => {
    await chat.button('Use an API key').click();
    await enterProvider(NOBODY, 'sk-secret');
    await chat.frame.getByText('127.0.0.1:1 did not answer.').first().waitFor();
    assert.equal(await chat.message.inputValue(), PROMPT);
    await screenshot(workbench.page, 'needs-model-no-answer');
  });

  it('asks anew for a key that is refused, and sends the kept draft to the model of one that is in no file', async () => {
    const { page, data } = workbench;
    // The same way leads from the list of models.
    await runCommand(page, 'Tokenfare: Choose Model…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Add a Provider…' }).click();
    await enterProvider(upstream.baseUrl, 'refused');
    // Only the key is asked for again.
    const refusal = page.getByText(`This key was refused by ${new URL(upstream.baseUrl).host}.`);
    await refusal.first().waitFor();
    await screenshot(page, 'needs-model-key-refused');
    assert.equal(await keyBox().inputValue(), '');
    await keyBox().fill('sk-secret');
    await refusal.first().waitFor({ state: 'hidden' });
    await keyBox().press('Enter');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'listed-model' }).click();
    await screenshot(page, 'needs-model-choice');
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await chat.frame.locator('.composer-bar', { hasText: 'listed-model' }).waitFor();
    await chat.frame.getByText('did not answer').waitFor({ state: 'detached' });
    const files = readdirSync(data, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    assert.ok(files.length > 0);
    for (const { parentPath, name } of files)
      assert.equal(readFileSync(path.join(parentPath, name)).includes('sk-secret'), false, name);
    upstream.next({ text: ['Because of the air.'] });
    await eventually(async () => {
      assert.ok(await chat.send.isEnabled());
    });
    await chat.message.press('Enter');
    await chat.frame.getByText('Because of the air.').first().waitFor();
    assert.equal(upstream.requests.length, 1);
    assert.equal(upstream.requests[0]?.headers.authorization, 'Bearer sk-secret');
    await chat.receipts.last().waitFor();
    await screenshot(page, 'needs-model-answered');
  });

  const keyBox = () => workbench.page.locator('.quick-input-widget input[type="password"]');

  /** Chooses "Other…" and gives an address and a key. */
  async function enterProvider(address: string, key: string): Promise<void> {
    const { page } = workbench;
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Other…' }).click();
    const input = page.locator('.quick-input-widget input[type="text"]');
    await page.locator('.quick-input-widget', { hasText: 'Base address of the API' }).waitFor();
    await input.fill(address);
    await input.press('Enter');
    await keyBox().fill(key);
    await keyBox().press('Enter');
  }
});
