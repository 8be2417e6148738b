import assert from 'node:assert/strict';
import path from 'node:path';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { millitokens } from '../../src/core/tokens.ts';
import { axeProblems } from '../support/axeProblems.ts';
import type { OpenChat, View } from '../support/chatPageAlone.ts';
import { composer, status, usersTableThread } from '../support/chatSnapshots.ts';
import { eventually } from '../support/eventually.ts';
import { useChatPageAlone } from '../support/useChatPageAlone.ts';

describe('messages that wait', () => {
  const alone = useChatPageAlone();
  const { message, button } = alone;
  let chat: OpenChat;

  async function open(view: View = {}): Promise<OpenChat> {
    const thread = usersTableThread({ state: 'streaming', changes: [], changesState: 'none' });
    chat = await alone.open({ thread, status: status({ running }), composer: composer() }, view);
    return chat;
  }
  const tray = () => chat.page.getByRole('region', { name: 'Sends next', exact: true });
  const show = (held: boolean, ...texts: string[]) => {
    const messages = texts.map((text, index) => ({ id: `w${String(index)}`, text }));
    chat.host.composer(composer({ waiting: { held, messages } }));
  };

  it('are taken by Enter while an answer runs, and the box is free for the next', async () => {
    const { host } = await open();
    host.sendAnswer = { kind: 'waits' };
    await message().fill('Add a phone column');
    await message().press('Enter');
    await eventually(async () => {
      assert.equal(host.callsOf('send').length, 1);
      assert.equal(await message().inputValue(), '');
    });
    await message().fill('Sort by name');
    // What it will cost is known before it is sent, also while something else costs.
    assert.match(
      await chat.page.locator('.price').innerText(),
      /^\d\.\d\d so far · stops at \d\.\d · next \d\.\d–\d\.\d$/,
    );
    await button('Why?').click();
    await chat.page.locator('#estimate-reasons').getByText('your words').waitFor();
    await button('Send when this answer is done').click();
    await eventually(() => {
      assert.equal(host.callsOf('send').length, 2);
    });
    await button('Stop').waitFor();
  });

  it('are shown with their price, can be edited, dropped and merged', async () => {
    const { host } = await open();
    show(false, 'Add a phone column');
    await tray().getByText('Add a phone column').waitFor();
    assert.match(await tray().innerText(), /\d\.\d–\d\.\d/);
    assert.equal(await tray().getByText('Merge into one').count(), 0);
    show(false, 'Add a phone column', 'Sort by name');
    await tray()
      .getByRole('button', { name: /^Merge into one · saves about \d\.\d$/ })
      .click();
    await button('Edit: Sort by name').click();
    await button('Drop: Add a phone column').click();
    await eventually(() => {
      assert.equal(host.callsOf('mergeWaiting').length, 1);
      assert.deepEqual(host.callsOf('editWaiting'), [['w1']]);
      assert.deepEqual(host.callsOf('dropWaiting'), [['w0']]);
    });
    assert.equal(await message().evaluate((box) => box === document.activeElement), true);
  });

  it('say so when they stay, and go at a press', async () => {
    const { host } = await open();
    host.status(status());
    show(true, 'Add a phone column');
    await tray().getByText('Not sent: the last message didn’t finish.').waitFor();
    await button('Send now').click();
    await eventually(() => {
      assert.equal(host.callsOf('sendWaiting').length, 1);
    });
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const width of [250, 1200]) {
      it(`are readable and accessible in ${theme} at ${width} px`, async () => {
        const { page } = await open({ theme, width });
        for (const held of [false, true]) {
          show(held, 'Add a phone column after the email, with a country code', 'Sort by name', 'Add a status filter');
          await tray()
            .getByText(held ? 'Not sent' : 'Sends next')
            .waitFor();
          await message().fill('And export as CSV');
          await page.screenshot({ path: path.join(SCREENSHOTS, `waiting-${String(held)}-${theme}-${width}.png`) });
          assert.deepEqual(await axeProblems(page, { theme }), []);
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
        }
      });
    }
  }
});

const running = {
  generation: 'g1',
  spent: millitokens(420),
  stopsAt: millitokens(4_000),
  budget: null,
  usedBefore: millitokens(12_600),
};
const SCREENSHOTS = path.join(projectRoot, 'test', 'e2e', 'screenshots');
