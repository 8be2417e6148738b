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
          if (width === 250 || FULLEST.has(name)) assert.deepEqual(await axeProblems(chat.page), [], name);
        }
      });
    }
  }

  /** Puts another state onto the open page, everything that can be opened opened, and waits until it is drawn. */
  async function show(name: string, { thread: shown, status: now, composer: box }: Snapshot): Promise<void> {
    const { host, page } = chat;
    host.thread({ ...shown, session: name, title: name });
    host.status(now);
    host.composer(box);
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
const FULLEST = new Set(['empty', 'answered', 'conflict', 'noTokens']);
