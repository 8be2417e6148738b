import assert from 'node:assert/strict';
import path from 'node:path';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { millitokens } from '../../src/core/tokens.ts';
import type { FreeEditOffer } from '../../src/protocol/freeEdit.ts';
import { axeProblems } from '../support/axeProblems.ts';
import type { OpenChat, View } from '../support/chatPageAlone.ts';
import { account, composer, status, thread, usersTableThread } from '../support/chatSnapshots.ts';
import { eventually } from '../support/eventually.ts';
import type { Snapshot } from '../support/fakeChatHost.ts';
import { useChatPageAlone } from '../support/useChatPageAlone.ts';

describe('the line of advice', () => {
  const alone = useChatPageAlone();
  const { message, button } = alone;
  let chat: OpenChat;

  async function open(changes: Partial<Snapshot> = {}, view: View = {}): Promise<OpenChat> {
    chat = await alone.open({ thread: thread(), status: status(), composer: composer(), ...changes }, view);
    return chat;
  }
  const line = () => chat.page.locator('tokenfare-advice');
  const keep = (name: string) => chat.page.screenshot({ path: path.join(SCREENSHOTS, `advice-${name}.png`) });
  const blue: FreeEditOffer = {
    kind: 'edit',
    places: [{ path: 'css/styles.css', line: 12 }],
    saves: millitokens(500),
  };

  it('offers chips for what is missing, the cursor where the person goes on, and keeps the others', async () => {
    await open();
    await message().fill('Create a users table');
    await button('+ columns').click();
    assert.equal(await message().inputValue(), 'Create a users table with columns: ');
    await chat.page.keyboard.type('name, email');
    await button('+ sorting').click();
    assert.equal(
      await message().inputValue(),
      'Create a users table with columns: name, email. Add sorting on all columns.',
    );
    assert.equal(await button('+ columns').count(), 0);
    await button('+ types').waitFor();
    await message().fill('Hello');
    assert.equal(await button('+ types').count(), 0);
  });

  it('puts the cursor into the gap that an earlier chip left', async () => {
    await open();
    await message().fill('Create a users table');
    await button('+ columns').click();
    await button('+ sorting').click();
    await chat.page.keyboard.type('name');
    assert.equal(await message().inputValue(), 'Create a users table with columns: name\nAdd sorting on all columns.');
  });

  it('opens the others with their reasons', async () => {
    await open({ status: status({ account: account(9_000) }) });
    await message().fill('Create a users table');
    await line().getByText('Say it now').waitFor();
    assert.equal(await line().getByText('This leaves about').count(), 0);
    await button('1 more').click();
    await line()
      .getByText(/This leaves about \d\.\d tokens\./)
      .waitFor();
    await line().getByText('What isn’t said is guessed').waitFor();
    await keep('opened');
    assert.deepEqual(await axeProblems(chat.page), []);
    await button('Upgrade').click();
    await button('More').click();
    await button('Fewer').click();
    assert.equal(await line().getByText('This leaves about').count(), 0);
    await eventually(() => {
      assert.equal(chat.host.callsOf('upgrade').length, 1);
      assert.equal(chat.host.callsOf('promptingGuide').length, 1);
    });
  });

  it('is put away for this draft at a press, and the extension hears of it', async () => {
    const { host } = await open();
    await message().fill('Create a users table');
    await button('+ columns').waitFor();
    await button('Dismiss this advice').click();
    assert.equal(await line().locator('.advice-item').count(), 0);
    await eventually(() => {
      assert.deepEqual(host.callsOf('dismissAdvice'), [['add-detail']]);
    });
    assert.equal(await message().evaluate((box) => box === document.activeElement), true);
    await message().fill('');
    await message().fill('Create a clients table');
    await button('+ columns').waitFor();
  });

  it('asks for the roll back of what is complained about', async () => {
    const { host } = await open({ thread: usersTableThread() });
    await message().fill("That's not what I wanted");
    await line().getByText('Rolling back is free; a fix takes about').waitFor();
    await button('Roll back and retry').click();
    await eventually(() => {
      const [asked] = host.callsOf('rollBackInstead').flat();
      assert.match(JSON.stringify(asked), /^\{"generation":"g1","insteadOf":\d+\}$/);
    });
  });

  it('prices both ways, the cheaper first, once there are receipts of fixes', async () => {
    const ways = () => line().locator('.advice-action').getByRole('button').allInnerTexts();
    const usualFix = { each: millitokens(700), messages: 3 };
    const { host } = await open({ thread: usersTableThread(), composer: composer({ usualFix }) });
    await message().fill("That's not what I wanted");
    await line().getByText('Roll back or fix?').waitFor();
    const [first, second] = await ways();
    assert.match(first ?? '', /^Roll back and retry · about \d\.\d$/);
    assert.equal(second, 'Ask for a fix · about 0.7, your last fixes took 3');
    await keep('rollBackOrFix');
    await line().getByRole('button', { name: second }).click();
    await eventually(() => {
      assert.equal(host.callsOf('send').length, 1);
    });
    host.composer(composer({ usualFix: { each: millitokens(100), messages: 1 } }));
    await message().fill('undo that');
    await line().getByText('Roll back or fix?').waitFor();
    await eventually(async () => assert.match((await ways())[0] ?? '', /^Ask for a fix · about 0\.1/));
  });

  it('offers to start fresh where the history is dear', async () => {
    const { host } = await open({ composer: composer({ contextTokens: 60_000, historyTokens: 58_000 }) });
    await message().fill('Sort by name');
    await line()
      .getByText(/starting fresh saves about 1\.\d/)
      .waitFor();
    await button('Start fresh').click();
    await eventually(() => {
      assert.equal(host.callsOf('startFresh').length, 1);
    });
  });

  it('is said once a draft, politely', async () => {
    await open();
    await message().fill('Create a users table');
    const said = chat.page.locator('.spoken p', { hasText: 'Advice: Say it now, saves about' });
    await said.waitFor({ state: 'attached' });
    await said.evaluateAll((all) => {
      for (const each of all) each.remove();
    });
    await message().fill('Create a clients table');
    await button('+ columns').waitFor();
    assert.equal(await said.count(), 0);
  });

  it('says nothing where advice is set off, and takes no room', async () => {
    const { host } = await open({ composer: composer({ adviceKinds: [] }) });
    host.offer = () => blue;
    await message().fill('Change header to blue');
    await chat.page.getByRole('status', { name: 'Estimated cost', exact: true }).getByText('tokens').waitFor();
    assert.equal(await chat.page.locator('.offer').count(), 0);
    assert.equal(host.callsOf('planFreeEdit').length, 0);
  });

  it('cuts off no chip, however narrow the view is', async () => {
    const { page } = await open({ thread: usersTableThread() }, { width: 250 });
    for (const draft of ['Create a table', 'Create a form', 'Create a dashboard']) {
      await message().fill(draft);
      await eventually(async () => assert.ok((await line().locator('.detail-chip').count()) > 2));
      for (const width of [250, 270, 285, 300, 396, 456, 500]) {
        await page.setViewportSize({ width, height: 700 });
        const cut = await line()
          .locator('.advice-item')
          .evaluate((item) => item.scrollHeight - item.clientHeight);
        assert.equal(cut, 0, `${draft} at ${String(width)} px`);
      }
    }
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const width of theme === 'dark' ? [250, 400, 1200] : [250]) {
      it(`moves nothing when it comes, in ${theme} at ${width} px`, async () => {
        const { host, page } = await open({ thread: usersTableThread() }, { theme, width });
        host.offer = (text) => (text.includes('blue') ? blue : text.includes('header') ? which : { kind: 'none' });
        const top = () => message().evaluate((box) => box.getBoundingClientRect().top);
        await message().fill('x');
        const before = await top();
        for (const [name, draft] of Object.entries(DRAFTS)) {
          await message().fill(draft);
          await line().locator('.advice-item').waitFor();
          assert.equal(await top(), before, `${name} moves the box`);
          await keep(`${name}-${theme}-${width}`);
          assert.deepEqual(await axeProblems(page, { theme }), [], name);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, name);
        }
      });
    }
  }
});

const SCREENSHOTS = path.join(projectRoot, 'test', 'e2e', 'screenshots');
const which: FreeEditOffer = {
  kind: 'choose',
  candidates: [
    { id: 0, label: 'header.site', path: 'styles.css', line: 3 },
    { id: 1, label: '.card header', path: 'styles.css', line: 40 },
    { id: 2, label: '.modal header', path: 'modal.css', line: 7 },
  ],
  saves: millitokens(500),
};
/** One short line each, so that the box itself keeps its height. */
const DRAFTS = { free: 'header blue', which: 'header red', detail: 'Create a table', rollBack: 'undo that' };
