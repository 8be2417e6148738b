import assert from 'node:assert/strict';
import path from 'node:path';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { axeProblems } from '../support/axeProblems.ts';
import { ChatPageAlone, type OpenChat } from '../support/chatPageAlone.ts';
import { chatScenes } from '../support/chatScenes.ts';
import { eventually } from '../support/eventually.ts';
import type { Snapshot } from '../support/fakeChatHost.ts';

describe('the looks of the chat page', () => {
  let alone: ChatPageAlone;
  let chat: OpenChat;

  before(async () => {
    alone = await ChatPageAlone.start();
  });
  after(() => alone.stop());
  afterEach(() => chat.close());

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const width of [250, 1200]) {
      it(`is accessible and fits in ${theme} at ${width} px`, async () => {
        chat = await alone.open(chatScenes['empty'] ?? assert.fail(), { theme, width, height: 900 });
        for (const [name, snapshot] of Object.entries(chatScenes)) {
          await show(name, snapshot);
          await chat.page.screenshot({ path: path.join(SCREENSHOTS, `chat-${name}-${theme}-${width}.png`) });
          assert.deepEqual(await overflow(), [0, 0, 0], `${name} overflows`);
          // What is wide differs from what is narrow by its layout alone: the fullest scenes tell it.
          if (width === 250 || FULLEST.has(name)) assert.deepEqual(await axeProblems(chat.page, { theme }), [], name);
        }
      });
    }
  }

  it('shows a gauge that is mostly empty as that in the dark too', async () => {
    chat = await alone.open(chatScenes['attached'] ?? assert.fail(), { theme: 'dark' });
    const gauge = chat.page.getByRole('meter', { name: 'Context: 21,003 of 65,536 model tokens' });
    const picture = `data:image/png;base64,${(await gauge.screenshot()).toString('base64')}`;
    const lightness = await chat.page.evaluate(async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
      canvas?.drawImage(image, 0, 0);
      const at = [image.width * 0.75, image.height / 2].map(Math.floor);
      return Math.max(...(canvas?.getImageData(at[0] ?? 0, at[1] ?? 0, 1, 1).data.slice(0, 3) ?? []));
    }, picture);
    assert.ok(lightness < 100, `behind its value it is as light as ${lightness} of 255`);
  });

  it('stands still for who asked that of the system, or of the editor', async () => {
    chat = await alone.open(chatScenes['streaming'] ?? assert.fail(), { context: { reducedMotion: 'no-preference' } });
    const { page } = chat;
    const moving = () => page.evaluate(() => document.getAnimations().length);
    await eventually(async () => assert.ok((await moving()) > 0));
    await page.evaluate(() => {
      document.body.classList.add('vscode-reduce-motion');
    });
    assert.equal(await moving(), 0);
    await page.evaluate(() => {
      document.body.classList.remove('vscode-reduce-motion');
    });
    assert.ok((await moving()) > 0);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await eventually(async () => assert.equal(await moving(), 0));
  });

  it('leaves room for the conversation, the box and its button at 200 %', async () => {
    // As many pixels of the page as a side bar 500 wide and 760 high has then.
    chat = await alone.open(chatScenes['empty'] ?? assert.fail(), { width: 250, height: 380 });
    for (const name of TALLEST) {
      await show(name, chatScenes[name] ?? assert.fail(name));
      assert.deepEqual(await overflow(), [0, 0, 0], `${name} overflows`);
      const { page } = chat;
      const height = await page.locator('.thread').evaluate((thread) => thread.clientHeight);
      assert.ok(height > 80, `${name} leaves ${height} pixels for the conversation`);
      for (const needed of [page.getByRole('textbox', { name: 'Message', exact: true }), page.locator('.send')]) {
        await needed.scrollIntoViewIfNeeded();
        const { y = -1, height: high = 0 } = (await needed.boundingBox()) ?? {};
        assert.ok(y >= 0 && y + high <= 380, `${name} shows no ${String(needed)}`);
      }
    }
  });

  /** Puts another state onto the open page, everything that can be opened opened, and waits until it is drawn. */
  async function show(name: string, { thread: shown, status: now, composer: box }: Snapshot): Promise<void> {
    const { host, page } = chat;
    // What is waited for comes last.
    host.status(now);
    host.composer(box);
    host.thread({ ...shown, session: name, title: name });
    await page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await eventually(async () => {
      assert.equal(await chat.page.getByRole('textbox', { name: 'Message', exact: true }).inputValue(), box.draft);
    });
    await page.locator('details').evaluateAll((all) => {
      for (const each of all) each.setAttribute('open', '');
    });
  }

  function overflow(): Promise<number[]> {
    return chat.page.evaluate(() => {
      const inside = ['.thread', '.notices'].map((each) => {
        const inner = document.querySelector(each);
        return inner === null ? 0 : inner.scrollWidth - inner.clientWidth;
      });
      return [document.documentElement.scrollWidth - innerWidth, ...inside];
    });
  }
});

const SCREENSHOTS = path.join(projectRoot, 'test', 'e2e', 'screenshots');
/** What takes most room around the box. */
const TALLEST = ['paused', 'budgetUsed', 'attached', 'editing', 'noTokens', 'notEnough'];
const FULLEST = new Set(['empty', 'answered', 'conflict', 'noTokens']);
