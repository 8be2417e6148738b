import assert from 'node:assert/strict';
import { answer, prompt, status, thread, composer } from '../support/chatSnapshots.ts';
import { chatScenes } from '../support/chatScenes.ts';
import { eventually } from '../support/eventually.ts';
import { useChatPageAlone } from '../support/useChatPageAlone.ts';
import type { Part } from '../../src/protocol/part.ts';

describe('the steps of an answer', () => {
  const chat = useChatPageAlone();
  const asking = chatScenes['asking'];
  assert.ok(asking);

  it('ask before they run a command: exactly shown, said, and answered by keys alone', async () => {
    const { page, host } = await chat.open({ ...asking, thread: thread([prompt('m1', 'Test it')]) });
    const spoken = page.locator('.spoken');
    host.page.thread(asking.thread);
    await eventually(async () => assert.match(await spoken.innerText(), /May it run this on your machine\? npm test/));
    const question = page.getByRole('group', { name: 'May it run this on your machine?' });
    assert.equal(await question.locator('pre').innerText(), 'npm test');
    await question.locator('pre').focus();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await eventually(() => assert.deepEqual(host.callsOf('answerStep'), [[{ step: 's2', answer: 'always' }]]));
    await chat.button('Allow once').click();
    await chat.button('Don’t').click();
    assert.deepEqual(
      host.callsOf('answerStep').map(([each]) => each),
      ['always', 'once', 'no'].map((given) => ({ step: 's2', answer: given })),
    );
    assert.match(await page.getByRole('group', { name: 'Output', exact: true }).innerText(), /Missing semicolon/);
  });

  it('ask for a guarded file without a way to allow it for good', async () => {
    const step: Part = { kind: 'step', id: 's1', tool: 'read_file', path: '.env', asks: 'read', state: 'asking' };
    const streaming = answer('g1', { state: 'streaming', parts: [step] });
    const { page } = await chat.open({
      thread: thread([prompt('m1', 'Hello'), streaming]),
      status: status(),
      composer: composer(),
    });
    const question = page.getByRole('group', { name: 'May it read .env?' });
    await question.getByRole('button', { name: 'Allow once' }).waitFor();
    assert.equal(await question.getByRole('button').count(), 2);
  });
});
