import assert from 'node:assert/strict';
import path from 'node:path';
import { projectRoot } from '../../scripts/projectRoot.ts';
import type { Composer } from '../../src/protocol/chat.ts';
import { axeProblems } from '../support/axeProblems.ts';
import type { OpenChat } from '../support/chatPageAlone.ts';
import { composer, status, usersTableThread } from '../support/chatSnapshots.ts';
import { eventually } from '../support/eventually.ts';
import type { View } from '../support/pageAlone.ts';
import { useChatPageAlone } from '../support/useChatPageAlone.ts';

describe('the batch tray', () => {
  const alone = useChatPageAlone();
  const { message, button } = alone;
  let chat: OpenChat;

  async function open(batch: Composer['batch'] = three, view: View = {}): Promise<OpenChat> {
    chat = await alone.open({ thread: usersTableThread(), status: status(), composer: composer({ batch }) }, view);
    return chat;
  }
  const tray = () => chat.page.getByRole('region', { name: 'Batch', exact: true });
  const show = (batch: Composer['batch']) => {
    chat.host.composer(composer({ batch }));
  };
  const lastSet = () => (chat.host.callsOf('setBatch').at(-1)?.[0] as Composer['batch'] | undefined) ?? [];

  it('takes the draft by button and by key, and frees the box', async () => {
    const { host } = await open([]);
    assert.equal(await button('Add to Batch').isDisabled(), true);
    await message().fill('Add a phone column');
    await button('Add to Batch').click();
    await eventually(async () => {
      assert.equal(await message().inputValue(), '');
    });
    await message().fill('Sort by name');
    await message().press('Alt+Shift+Enter');
    await eventually(() => {
      assert.deepEqual(host.callsOf('addToBatch'), [['Add a phone column'], ['Sort by name']]);
    });
    assert.equal(host.callsOf('send').length, 0);
  });

  it('shows each with its price or as free, one price against the sum, and sends', async () => {
    const { host } = await open();
    await tray().getByText('Batch · 3 requests').waitFor();
    const lines = await tray().locator('.tray-line').allInnerTexts();
    assert.match(lines[0] ?? '', /^Add a phone column\s+\d\.\d–\d\.\d/);
    assert.match(lines[1] ?? '', /^Make the header blue\s+free, done first/);
    await tray()
      .getByText(/^Together \d\.\d–\d\.\d · one by one \d\.\d–\d\.\d$/)
      .waitFor();
    await button('Send batch').click();
    await eventually(() => {
      assert.equal(host.callsOf('sendBatch').length, 1);
    });
    show(three.filter(({ free }) => free));
    await tray().getByText('All free: 0 tokens').waitFor();
  });

  it('is reordered with the focus on the button that was pressed, edited and thinned out', async () => {
    await open();
    await button('Move down: Add a phone column').press('Enter');
    await eventually(() => {
      assert.deepEqual(
        lastSet().map(({ id }) => id),
        ['b2', 'b1', 'b3'],
      );
    });
    const [first, second, third] = three;
    assert.ok(first && second && third);
    show([second, first, third]);
    await eventually(async () => {
      const focused = await chat.page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
      assert.equal(focused, 'Move down: Add a phone column');
    });
    await button('Edit: Sort by name').click();
    await chat.page.getByRole('textbox', { name: 'Request', exact: true }).fill('Sort by email');
    await chat.page.keyboard.press('Enter');
    await eventually(() => {
      assert.deepEqual(lastSet().at(-1), { id: 'b3', text: 'Sort by email' });
    });
    await button('Edit: Sort by name').click();
    await chat.page.keyboard.type('nothing');
    await chat.page.keyboard.press('Escape');
    await button('Drop: Make the header blue').click();
    await eventually(() => {
      assert.deepEqual(
        lastSet().map(({ text }) => text),
        ['Add a phone column', 'Sort by name'],
      );
    });
    assert.equal(chat.host.callsOf('stop').length, 0);
  });

  it('is cleared, and brought back by Undo until something new is collected', async () => {
    await open();
    await button('Clear').click();
    show([]);
    await chat.page.getByText('Batch cleared.').waitFor();
    assert.deepEqual(lastSet(), []);
    await button('Undo').click();
    await eventually(() => {
      assert.deepEqual(
        lastSet().map(({ id }) => id),
        ['b1', 'b2', 'b3'],
      );
    });
    show(three);
    await tray().waitFor();
    assert.equal(await chat.page.getByText('Batch cleared.').count(), 0);
  });

  it('is suggested for a small draft beside what is collected', async () => {
    const { host } = await open();
    await message().fill('Add a city column');
    await chat.page.getByText(/^3 small requests fit into one message, saves about \d\.\d\./).waitFor();
    await chat.page.locator('tokenfare-advice').getByRole('button', { name: 'Add to Batch' }).click();
    await eventually(() => {
      assert.deepEqual(host.callsOf('addToBatch'), [['Add a city column']]);
    });
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const width of [250, 1200]) {
      it(`is readable and accessible in ${theme} at ${width} px`, async () => {
        const { page } = await open(three, { theme, width });
        await page.screenshot({ path: path.join(SCREENSHOTS, `batch-${theme}-${width}.png`) });
        assert.deepEqual(await axeProblems(page, { theme }), []);
        await button('Edit: Sort by name').click();
        await page.screenshot({ path: path.join(SCREENSHOTS, `batch-editing-${theme}-${width}.png`) });
        assert.deepEqual(await axeProblems(page, { theme }), []);
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0);
      });
    }
  }
});

const three: Composer['batch'] = [
  { id: 'b1', text: 'Add a phone column', free: false },
  { id: 'b2', text: 'Make the header blue', free: true },
  { id: 'b3', text: 'Sort by name', free: false },
];
const SCREENSHOTS = path.join(projectRoot, 'test', 'e2e', 'screenshots');
