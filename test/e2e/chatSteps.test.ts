import assert from 'node:assert/strict';
import { millitokens } from '../../src/core/tokens.ts';
import { answer, prompt, status, thread, composer } from '../support/chatSnapshots.ts';
import { chatScenes } from '../support/chatScenes.ts';
import { eventually } from '../support/eventually.ts';
import { useChatPageAlone } from '../support/useChatPageAlone.ts';
import type { Part } from '../../src/protocol/part.ts';

describe('the limit of a message', () => {
  const chat = useChatPageAlone();

  it('is set at the composer, by keys alone, and left to the estimate again', async () => {
    const { page, host } = await chat.open({
      thread: thread(),
      status: status({ running: null }),
      composer: composer({ draft: 'Create a users table', maxCharge: null }),
    });
    await page.getByRole('button', { name: /^stops at 4\.0, change/ }).press('Enter');
    const box = page.getByRole('spinbutton', { name: 'Most tokens a message may cost' });
    await eventually(async () => assert.ok(await box.evaluate((each) => each === document.activeElement)));
    await page.keyboard.type('0.2');
    await page.keyboard.press('Enter');
    assert.deepEqual(host.callsOf('setMaxCharge'), [], 'too little for any answer');
    await box.fill('2.5');
    await page.keyboard.press('Enter');
    await eventually(() => assert.deepEqual(host.callsOf('setMaxCharge'), [[2_500]]));
    await box.waitFor({ state: 'hidden' });
    host.composer(composer({ draft: 'Create a users table', maxCharge: millitokens(2_500) }));
    await page.getByRole('button', { name: /^stops at 2\.5, change/ }).click();
    await chat.button('Leave it to Tokenfare').click();
    await eventually(() => assert.deepEqual(host.callsOf('setMaxCharge').at(-1), [null]));
  });

  it('is a pause with the ways on, each offered once', async () => {
    const { page, host } = await chat.open(chatScenes['paused'] ?? assert.fail());
    await page.getByText('Paused at your limit of 4.0.').waitFor();
    await chat.button('Continue, up to 4.0 more').click();
    await chat.button('Keep').click();
    await chat.button('Roll back').click();
    const names = ['retry', 'keep', 'previewRollback'] as const;
    await eventually(() => {
      assert.deepEqual(
        names.map((name) => host.callsOf(name)[0]?.[0]),
        ['g1', 'g1', 'g1'],
      );
    });
  });
});

describe('the budget of the day', () => {
  const chat = useChatPageAlone();

  it('is named where it is what stops an answer, and what stops the draft', async () => {
    const { page, host } = await chat.open(chatScenes['stopsAtBudget'] ?? assert.fail());
    const running = page.getByText('0.42 so far · stops at 1.2 by your budget');
    assert.equal(await running.getAttribute('title'), 'That is what was left of your budget of 20.0 for today.');
    host.status(status());
    await chat.message().fill('Create a users table');
    const limit = page.locator('.limit');
    assert.match((await limit.getAttribute('title')) ?? '', /^A message never costs more\./);
    host.composer(composer({ draft: 'Create a users table', budgetLeft: millitokens(1_200) }));
    await eventually(async () => {
      assert.match((await limit.getAttribute('title')) ?? '', /^That is what is left of your budget for today\./);
    });
    assert.equal(await limit.innerText(), 'stops at 1.2');
  });

  it('is changed from the pause that it made, from which one goes on', async () => {
    const { page, host } = await chat.open(chatScenes['pausedAtBudget'] ?? assert.fail());
    await page
      .getByText('Paused at your budget of 20.0 for the day. What was left of it was too little to go on.')
      .waitFor();
    await chat.button('Change budget').click();
    await chat.button('Continue, up to 4.0 more').click();
    await eventually(() => {
      assert.deepEqual([host.callsOf('changeBudget').length, host.callsOf('retry')[0]?.[0]], [1, 'g1']);
    });
  });
});

describe('a dry run', () => {
  const chat = useChatPageAlone();

  it('has the focus when the chat opens with it', async () => {
    const { page } = await chat.open(chatScenes['preview'] ?? assert.fail());
    const dryRun = page.getByRole('group', { name: 'Roll back preview' });
    await dryRun.waitFor();
    await page.evaluate(() => new Promise((drawn) => requestIdleCallback(drawn)));
    assert.ok(await dryRun.evaluate((each) => each === document.activeElement));
  });

  it('gives the focus to the box when it is left by keys', async () => {
    const { page, host } = await chat.open(chatScenes['preview'] ?? assert.fail());
    const dryRun = page.getByRole('group', { name: 'Roll back preview' });
    await dryRun.press('Escape');
    await eventually(() => assert.equal(host.callsOf('cancelRollback').length, 1));
    host.status(status());
    await dryRun.waitFor({ state: 'detached' });
    assert.ok(await chat.message().evaluate((each) => each === document.activeElement));
  });
});

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
    await eventually(() => {
      assert.deepEqual(
        host.callsOf('answerStep').map(([each]) => each),
        ['always', 'once', 'no'].map((given) => ({ step: 's2', answer: given })),
      );
    });
    assert.match(await page.getByRole('group', { name: 'Output', exact: true }).innerText(), /Missing semicolon/);
  });

  it('say what a hostile name or output is, and run nothing of it', async () => {
    const hostile = '<img src=x onerror="window.ran=1">\u202Etxt.exe';
    const parts: Part[] = [
      {
        kind: 'step',
        id: 's1',
        tool: 'run_command',
        command: 'make',
        state: 'failed',
        detail: hostile,
        output: hostile,
      },
      { kind: 'step', id: 's2', tool: 'read_file', path: `.env${hostile}`, asks: 'read', state: 'asking' },
    ];
    const { page } = await chat.open({
      thread: thread([prompt('m1', 'Hello'), answer('g1', { state: 'streaming', parts })]),
      status: status(),
      composer: composer(),
    });
    await page.getByText('May it read .env<img src=x onerror="window.ran=1">[U+202E]txt.exe?').waitFor();
    assert.equal(await page.locator('.steps img, .step-question img').count(), 0);
    assert.doesNotMatch(await page.locator('article.answer').innerText(), /\u202E/);
    assert.equal(await page.evaluate(() => 'ran' in window), false);
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
