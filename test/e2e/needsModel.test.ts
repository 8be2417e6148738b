import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { backendAccess } from '../support/backendAccess.ts';
import { chatPage, type ChatPage } from '../support/chat.ts';
import { eventually } from '../support/eventually.ts';
import { startFakeUpstream, type FakeUpstream } from '../support/fakeUpstream.ts';
import { openWorkbench, runCommand, screenshot, type Workbench } from '../support/workbench.ts';

const PROMPT = 'Explain to me why the sky is blue.';
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

  it('says that a key was refused, by whom', async () => {
    await chat.button('Use an API key').click();
    await enterProvider('refused');
    const sentence = `This key was refused by ${new URL(upstream.baseUrl).host}.`;
    await chat.frame.getByText(sentence).first().waitFor();
    assert.equal(await chat.message.inputValue(), PROMPT);
    await screenshot(workbench.page, 'needs-model-key-refused');
  });

  it('sends the kept draft to the model of a key, which is in no file of the backend', async () => {
    const { page, data } = workbench;
    // The same way leads from the list of models.
    await runCommand(page, 'Tokenfare: Choose Model…');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Add a Provider…' }).click();
    await enterProvider('sk-secret');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'listed-model' }).click();
    await screenshot(page, 'needs-model-choice');
    await page.locator('.quick-input-widget').getByRole('button', { name: 'OK' }).click();
    await chat.frame.locator('.composer-bar', { hasText: 'listed-model' }).waitFor();
    await chat.frame.getByText('This key was refused').waitFor({ state: 'detached' });
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

  /** Chooses "Other…" and gives the scripted service's address and that key. */
  async function enterProvider(key: string): Promise<void> {
    const { page } = workbench;
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Other…' }).click();
    const input = page.locator('.quick-input-widget input[type="text"]');
    await page.locator('.quick-input-widget', { hasText: 'Base address of the API' }).waitFor();
    await input.fill(upstream.baseUrl);
    await input.press('Enter');
    const secret = page.locator('.quick-input-widget input[type="password"]');
    await secret.fill(key);
    await secret.press('Enter');
  }
});
