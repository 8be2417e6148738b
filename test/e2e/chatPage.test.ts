import assert from 'node:assert/strict';
import { millitokens } from '../../src/core/tokens.ts';
import type { OpenChat, View } from '../support/chatPageAlone.ts';
import { chatScenes } from '../support/chatScenes.ts';
import { composer, prompt, rollbackPreview, status, usersTableThread } from '../support/chatSnapshots.ts';
import { eventually } from '../support/eventually.ts';
import { useChatPageAlone } from '../support/useChatPageAlone.ts';

describe('the chat page alone', () => {
  const alone = useChatPageAlone();
  const { message, button } = alone;
  let chat: OpenChat;

  async function open(scene: keyof typeof chatScenes, view: View = {}): Promise<OpenChat> {
    const snapshot = chatScenes[scene];
    assert.ok(snapshot, scene);
    chat = await alone.open(snapshot, view);
    return chat;
  }
  const price = () => chat.page.locator('.price');

  it('weighs what a page may weigh', async () => {
    await open('empty');
    assert.ok(alone.scriptBytes() < LARGEST_SCRIPT_BYTES, `${alone.scriptBytes()}`);
  });

  it('offers three starters with their prices and puts the chosen one into the box', async () => {
    await open('empty');
    const starters = chat.page.locator('.starter');
    assert.equal(await starters.count(), 3);
    for (const text of await starters.allInnerTexts()) assert.match(text, /\d\.\d–\d\.\d tokens/);
    await starters.first().click();
    assert.match(await message().inputValue(), /^Create a users table/);
    assert.match((await price().textContent()) ?? '', /^\d\.\d–\d\.\d tokens · stops at \d\.\d$/);
  });

  it('shows the price within the key’s own frame, and says it once typing has stopped', async () => {
    await open('empty');
    const shown = await message().evaluate(async (box: HTMLTextAreaElement) => {
      box.value = 'Create a dashboard with charts';
      box.dispatchEvent(new InputEvent('input', { bubbles: true }));
      await Promise.resolve();
      return document.querySelector('.price')?.textContent;
    });
    assert.match(shown ?? '', /tokens · stops at/);
    const spoken = chat.page.getByRole('status', { name: 'Estimated cost', exact: true });
    await eventually(async () => {
      assert.equal(await spoken.innerText(), shown);
    });
    assert.equal(await price().locator('span').getAttribute('aria-hidden'), 'true');
  });

  it('opens the reasons of a price', async () => {
    await open('empty');
    await message().fill('Create a users table');
    assert.match((await price().locator('span').first().getAttribute('title')) ?? '', /^message 0\.25\nyour words/);
    await button('Why?').click();
    const reasons = await chat.page.locator('#estimate-reasons').innerText();
    assert.match(reasons, /message\s+\d\.\d\d[^]*your words[^]*files and history[^]*answer[^]*typical for a table/);
  });

  it('sends once for a double Enter, and keeps the draft until the message is taken', async () => {
    const { host } = await open('empty');
    let taken: (answer: { kind: 'accepted' }) => void = () => undefined;
    host.sendAnswer = new Promise((resolve) => (taken = resolve));
    await message().fill('Create a users table');
    await message().press('Enter');
    await message().press('Enter');
    await eventually(() => {
      assert.equal(host.callsOf('send').length, 1);
    });
    assert.equal(await message().inputValue(), 'Create a users table');
    taken({ kind: 'accepted' });
    await eventually(async () => {
      assert.equal(await message().inputValue(), '');
    });
    assert.equal(host.callsOf('send').length, 1);
  });

  it('keeps the draft and says why when a message is not taken', async () => {
    const { host } = await open('empty');
    host.sendAnswer = { kind: 'notReady' };
    await message().fill('Create a users table');
    await button('Send').click();
    const note = chat.page.getByText('Tokenfare isn’t ready yet. Your draft is kept.');
    await note.waitFor();
    assert.equal(await message().inputValue(), 'Create a users table');
    host.status(status({ banner: { kind: 'problem', message: 'Something else.', showLog: false } }));
    await chat.page.getByRole('main').getByText('Something else.').waitFor();
    assert.ok(await note.isVisible(), 'it is not over by what else there is to say');
    host.status(status({ connection: { kind: 'unreachable' } }));
    await note.waitFor({ state: 'detached' });
  });

  it('refuses a message over the limit with its size, before anything is sent', async () => {
    const { host } = await open('empty');
    await message().fill('x'.repeat(1_400_000));
    await chat.page.getByText('This message is 1.4 MB; the limit is 1 MB.').waitFor();
    await message().press('Enter');
    assert.equal(await button('Send').isDisabled(), true);
    assert.equal(host.callsOf('send').length, 0);
  });

  it('leaves Enter to the input method while it composes', async () => {
    const { host } = await open('empty');
    await message().fill('にほ');
    await message().dispatchEvent('keydown', { key: 'Enter', keyCode: 229, bubbles: true });
    await message().dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true });
    await message().press('Shift+Enter');
    await message().press('Enter');
    await eventually(() => {
      assert.equal(host.callsOf('send').length, 1);
    });
    assert.deepEqual((host.callsOf('send')[0]?.[0] as { text: string }).text, 'にほ\n');
  });

  it('recalls earlier prompts by Up in an empty box', async () => {
    await open('localEdit');
    await message().press('ArrowUp');
    await eventually(async () => {
      assert.equal(await message().inputValue(), 'Change header to blue');
    });
    await message().press('ArrowDown');
    await eventually(async () => {
      assert.equal(await message().inputValue(), '');
    });
  });

  it('brings a draft back after a reload, saved or not', async () => {
    const { host, page } = await open('empty');
    await message().fill('Half a thought');
    await page.reload();
    await eventually(async () => {
      assert.equal(await message().inputValue(), 'Half a thought');
    });
    await eventually(() => {
      assert.ok(host.callsOf('saveDraft').some(([text]) => text === 'Half a thought'));
    });
  });

  it('takes the prompt that a roll back puts back, and no echo of what is typed on from there', async () => {
    const { host } = await open('empty');
    await message().fill('first');
    await eventually(() => {
      assert.deepEqual(host.callsOf('saveDraft').at(-1), ['first']);
    });
    host.composer(composer({ draft: 'Create a users table' }));
    await eventually(async () => {
      assert.equal(await message().inputValue(), 'Create a users table');
    });
    await message().press('End');
    await message().pressSequentially(' with names');
    await eventually(() => {
      assert.deepEqual(host.callsOf('saveDraft').at(-1), ['Create a users table with names']);
    });
    host.composer(host.snapshot.composer);
    host.status(status({ running: null }));
    assert.equal(await message().inputValue(), 'Create a users table with names');
  });

  it('streams text into its last block, says whole sentences, and stops by Stop and by Esc', async () => {
    const { host, page } = await open('streaming');
    assert.match((await price().textContent()) ?? '', /^0\.42 so far · stops at 4\.0$/);
    host.page.delta({ message: 'g1', text: 'The **table** is' });
    host.page.delta({ message: 'g1', text: ' ready. Next come' });
    await page.locator('.markdown strong', { hasText: 'table' }).waitFor();
    await page.locator('.spoken p', { hasText: 'The table is ready.' }).waitFor({ state: 'attached' });
    await page
      .locator('.markdown')
      .last()
      .evaluate((block) => block.firstElementChild?.setAttribute('data-seen', ''));
    host.page.delta({ message: 'g1', text: ' its styles.\n\nSecond block' });
    await page.locator('.markdown .block', { hasText: 'Second block' }).waitFor();
    host.page.delta({ message: 'g1', text: ' goes on' });
    await page.locator('.markdown .block', { hasText: 'goes on' }).waitFor();
    assert.equal(await page.locator('.markdown').last().locator('.block').count(), 2);
    await button('Stop').click();
    await message().press('Escape');
    await eventually(() => {
      assert.equal(host.callsOf('stop').length, 2);
    });
  });

  it('gives each answer a receipt with its parts beside the estimate', async () => {
    await open('answered');
    const receipt = chat.page.getByRole('group', { name: 'Receipt', exact: true });
    assert.match(await receipt.innerText(), /1\.24 tokens · 298\.76 left/);
    await receipt.locator('summary').click();
    const opened = await receipt.innerText();
    for (const part of [
      'message',
      'your words',
      'files and history',
      'answer',
      '2,000 at the lower rate',
      'actual 1.24',
    ])
      assert.ok(opened.includes(part), part);
    assert.match(opened, /0\.9–1\.4[^]*Mostly the answer: 214 lines in 2 files\./);
  });

  it('opens files, keeps, reviews, copies and asks for a roll back by name', async () => {
    const { host, page } = await open('answered');
    await page.getByRole('button', { name: 'users.html', exact: true }).click();
    await page.locator('.file', { hasText: 'styles.css' }).click();
    await button('Keep').click();
    await button('Review').click();
    await button('Copy code').click();
    await button('Roll back').click();
    await button('New chat').click();
    await button('Account').click();
    await eventually(() => {
      assert.deepEqual(host.callsOf('openFile'), [[{ path: 'users.html' }], [{ path: 'styles.css' }]]);
      assert.deepEqual(host.callsOf('keep'), [['g1']]);
      assert.deepEqual(host.callsOf('reviewChanges'), [['g1']]);
      assert.match(String(host.callsOf('copy')[0]?.[0]), /^button\.addEventListener.*;$/);
      assert.deepEqual(host.callsOf('previewRollback'), [['g1']]);
      assert.equal(host.callsOf('newChat').length, 1);
      assert.equal(host.callsOf('openAccountMenu').length, 1);
    });
  });

  it('shows a dry run under its message, with one Roll back, and rolls back what was chosen', async () => {
    const { host, page } = await open('answered');
    host.status(status({ preview: rollbackPreview() }));
    await page.getByText('styles.css −24, your edit on line 40 stays').waitFor();
    assert.equal(await button('Roll back').count(), 1);
    await page.getByRole('radio', { name: 'Files', exact: true }).check();
    await button('Roll back').click();
    await eventually(() => {
      assert.deepEqual(host.callsOf('rollBack'), [[{ generation: 'g1', what: 'files', onConflict: 'stop' }]]);
    });
    host.status(status({ banner: { kind: 'rolledBack', rollbackId: 'r1', files: 3, promptRestored: true } }));
    await page.getByText('Rolled back 3 files. Your prompt is back in the box.').first().waitFor();
    await button('Redo').click();
    await button('Dismiss').click();
    await eventually(() => {
      assert.equal(host.callsOf('redo').length, 1);
      assert.equal(host.callsOf('dismissBanner').length, 1);
    });
  });

  it('decides no conflict silently', async () => {
    const { host, page } = await open('conflict');
    await page.getByText('you and the AI changed line 12').waitFor();
    assert.equal(await page.getByRole('radio', { name: 'Keep mine' }).isChecked(), true);
    await page.getByRole('radio', { name: 'Take the old' }).check();
    await button('Roll back').click();
    await button('Cancel').click();
    await eventually(() => {
      assert.deepEqual(host.callsOf('rollBack'), [[{ generation: 'g1', what: 'both', onConflict: 'old' }]]);
      assert.equal(host.callsOf('cancelRollback').length, 1);
    });
  });

  it('offers a free edit for the text that is there, by button and by Alt+Enter, and never for another', async () => {
    const { host, page } = await open('empty');
    host.offer = (text) =>
      text.includes('header')
        ? { kind: 'edit', places: [{ path: 'css/styles.css', line: 12 }], saves: SAVING }
        : { kind: 'none' };
    await message().fill('Change header to blue');
    await page.getByText('Style change in styles.css. Free here, saves about 0.5.').first().waitFor();
    await message().fill('Change something else');
    assert.equal(await button('Do it free').count(), 0);
    await message().fill('Change header to blue');
    await button('Do it free').waitFor();
    host.taken = false;
    await message().press('Alt+Enter');
    await eventually(() => {
      assert.deepEqual(host.callsOf('applyFreeEdit'), [[{ text: 'Change header to blue', candidate: null }]]);
    });
    await page.locator('button:not([disabled])', { hasText: 'Do it free' }).waitFor();
    assert.equal(await message().inputValue(), 'Change header to blue', 'a discarded edit keeps the draft');
    host.taken = true;
    await message().press('Alt+Enter');
    await eventually(async () => {
      assert.equal(host.callsOf('applyFreeEdit').length, 2);
      assert.equal(await message().inputValue(), '');
    });
    assert.equal(host.callsOf('send').length, 0);
  });

  it('asks which of several places is meant', async () => {
    const { host, page } = await open('empty');
    host.offer = () => ({
      kind: 'choose',
      candidates: [
        { id: 0, label: 'header.site', path: 'styles.css', line: 3 },
        { id: 1, label: '.card header', path: 'styles.css', line: 40 },
      ],
      saves: SAVING,
    });
    await message().fill('Change header to blue');
    await page.getByText('Which header?').first().waitFor();
    const place = button('.card header (styles.css line 40)');
    await place.hover();
    await message().hover();
    await eventually(() => {
      assert.deepEqual(host.callsOf('revealCandidate'), [[1], [null]]);
    });
    await place.click();
    await eventually(() => {
      assert.deepEqual(host.callsOf('applyFreeEdit'), [[{ text: 'Change header to blue', candidate: 1 }]]);
    });
  });

  it('says each state in words', async () => {
    const expected: [keyof typeof chatScenes, string, string?][] = [
      ['starting', 'Starting Tokenfare…'],
      ['away', 'The balance is as of 14:02'],
      ['unreachable', 'The backend can’t be reached.', 'Show Log'],
      ['signedOut', 'You are signed out.', 'Use the backend on this machine'],
      ['keyRefused', 'This key was refused by tokens.example.com.', 'Change key'],
      ['failed', 'Tokenfare couldn’t start: port 4141 is in use.', 'Show Log'],
      ['noFolder', 'Open a folder so I can create files.', 'Open Folder'],
      ['restricted', 'Restricted Mode'],
      ['readOnly', 'This folder is read-only'],
      ['low', '58.2 of 300 tokens left. They reset 1 Dec, 09:14.', 'Upgrade'],
      ['unpaid', 'The renewal of Pro is unpaid. Pay by 4 Dec, 09:14, or the plan becomes Free.', 'Pay'],
      ['onHold', 'This account is on hold: a payment was disputed.'],
      ['modelSilent', 'The model didn’t answer. 0 tokens.', 'Retry'],
      ['brokeOff', 'The answer broke off. 0 tokens.', 'Retry'],
      ['needsModel', 'This needs an AI model.', 'Use Ollama (3 models found)'],
      ['needsModel', 'I can’t translate a README.'],
      ['projectLimit', 'Free has one project, and it is shop. 0 tokens.', 'Use Free here instead'],
      ['stopped', 'Stopped. 0.42 for what arrived.', 'Retry'],
    ];
    for (const [scene, text, action] of expected) {
      await open(scene);
      await chat.page.getByText(text).first().waitFor();
      if (action !== undefined) await button(action).first().waitFor();
      await chat.close();
    }
  });

  it('tries again only what is last, and prices only what can be sent', async () => {
    const { host } = await open('stopped');
    await button('Retry').waitFor();
    const { thread } = host.snapshot;
    host.thread({ ...thread, messages: [...thread.messages, prompt('later', 'Something else')] });
    await button('Retry').waitFor({ state: 'detached' });
    const failure = { kind: 'stepFailed', step: 5, charged: millitokens(1_120) } as const;
    host.thread(usersTableThread({ state: 'failed', failure }));
    await button('Continue').click();
    await eventually(() => {
      assert.deepEqual(host.callsOf('retry'), [['g1']]);
    });
    await message().fill('x'.repeat(1_000_001));
    await chat.page.getByText('This message is 1.1 MB; the limit is 1 MB.').waitFor();
    assert.equal(await price().innerText(), '');
  });

  it('pauses the chat without tokens, but not the draft', async () => {
    const { host, page } = await open('noTokens');
    await page.getByText('All 300 tokens are used. Chat is back on 1 Dec, 09:14.').waitFor();
    assert.equal(await button('Send').isDisabled(), true);
    await message().fill('Create a dashboard with charts');
    await message().press('Enter');
    await button('Upgrade').click();
    await eventually(() => {
      assert.equal(host.callsOf('upgrade').length, 1);
    });
    assert.equal(host.callsOf('send').length, 0);
    host.status(status());
    await eventually(async () => {
      assert.equal(await button('Send').isEnabled(), true);
    });
  });

  it('says before sending that the balance may not be enough', async () => {
    const { host, page } = await open('notEnough');
    await page.getByText(/You have 1\.2 left; this usually takes \d\.\d–\d\.\d and may stop part-way\./).waitFor();
    await button('Send anyway').click();
    await eventually(() => {
      assert.equal(host.callsOf('send').length, 1);
    });
  });

  it('says when the extension fails at something, and goes on', async () => {
    const { host, page } = await open('answered');
    host.broken.add('keep');
    await button('Keep').click();
    await page.getByText('That didn’t work.').waitFor();
    const kept = host.callsOf('savePlace').length;
    await page.locator('.thread').evaluate((thread) => thread.dispatchEvent(new Event('scroll')));
    await eventually(() => {
      assert.ok(host.callsOf('savePlace').length > kept);
    });
    await button('Show Log').click();
    await eventually(() => {
      assert.equal(host.callsOf('showLog').length, 1);
    });
    chat.errors.length = 0;
  });
});

/** The page may read 400 KB of script; what it has now leaves room for what later work adds. */
const LARGEST_SCRIPT_BYTES = 345_000;
const SAVING = millitokens(500);
