import assert from 'node:assert/strict';
import { ChatPageAlone, type OpenChat } from '../support/chatPageAlone.ts';
import { account, answer, composer, prompt, status, thread, usersTableThread } from '../support/chatSnapshots.ts';
import { eventually } from '../support/eventually.ts';

describe('the conversation’s end', () => {
  let alone: ChatPageAlone;
  let chat: OpenChat;
  const long = Array.from({ length: 20 }, (_, at) => [
    prompt(`p${at}`, `Ask ${at}`),
    answer(`a${at}`, { parts: [{ kind: 'text', text: `Answer ${at} ${'of several lines '.repeat(at % 9)}` }] }),
  ]).flat();

  before(async () => {
    alone = await ChatPageAlone.start();
  });

  beforeEach(async () => {
    chat = await alone.open({ thread: thread(), status: status(), composer: composer() }, { height: 420 });
    chat.host.thread(usersTableThread());
    await chat.page.getByRole('group', { name: 'Receipt', exact: true }).waitFor();
  });

  afterEach(() => chat.close());
  after(() => alone.stop());

  function fromEnd(): Promise<number> {
    return chat.page.locator('.thread').evaluate((view) => view.scrollHeight - view.scrollTop - view.clientHeight);
  }

  async function staysInSight(): Promise<void> {
    await eventually(async () => {
      assert.ok((await fromEnd()) < 2);
    });
  }

  it('is shown as it grows, until one scrolls up to read, and again at a press', async () => {
    await staysInSight();
    await chat.page.locator('.thread').evaluate((view) => (view.scrollTop = 0));
    await chat.page.getByRole('button', { name: 'Latest', exact: true }).click();
    await staysInSight();
    chat.host.thread({ ...thread(), session: 'session-2' });
    await chat.page.getByText('What should we build?').waitFor();
  });

  it('gives way to where one read before, once that chat is shown again', async () => {
    await staysInSight();
    const view = chat.page.locator('.thread');
    await view.evaluate((element) => (element.scrollTop = 90));
    const saved = () => chat.host.callsOf('savePlace').at(-1)?.[0] as { message: string; offset: number } | null;
    await eventually(() => {
      assert.ok(saved());
    });
    const place = saved();
    const top = await view.evaluate((element) => element.scrollTop);
    assert.ok(place && top > 0);
    chat.host.thread({ ...thread(), session: 'session-2' });
    await chat.page.getByText('What should we build?').waitFor();
    chat.host.thread({ ...usersTableThread(), place });
    await eventually(async () => {
      assert.equal(await view.evaluate((element) => element.scrollTop), top);
    });
    await view.press('End');
    await eventually(() => {
      assert.deepEqual(chat.host.callsOf('savePlace').at(-1), [null]);
    });
  });

  it('is there with the composer first where a long chat is opened, and what is above it bit by bit', async () => {
    const counts = chat.page.evaluate(
      (all) =>
        new Promise<number[]>((resolve) => {
          const seen = new Array<number>();
          new MutationObserver(() => {
            const shown = document.querySelectorAll('tokenfare-message').length;
            if (seen.at(-1) !== shown) seen.push(shown);
            if (shown === all) resolve(seen);
          }).observe(document.querySelector('tokenfare-chat') ?? document, { childList: true, subtree: true });
        }),
      long.length,
    );
    chat.host.thread({ ...thread(long), session: 'session-2' });
    assert.deepEqual((await counts).slice(-3), [8, 20, 40]);
    await staysInSight();
  });

  it('gives way to where one read in a long chat, far above what comes first', async () => {
    const view = chat.page.locator('.thread');
    chat.host.thread({ ...thread(long), session: 'session-2', place: { message: 'user p3', offset: 4 } });
    await eventually(async () => {
      const above = await view.evaluate((element) => {
        const asked = element.querySelector('[data-key="user p3"]')?.getBoundingClientRect();
        return element.getBoundingClientRect().top - (asked?.top ?? 0);
      });
      assert.equal(Math.round(above), 4);
      assert.ok((await view.evaluate((element) => element.scrollTop)) > 100 && (await fromEnd()) > 100);
    });
  });

  it('stays in sight when a notice takes room from it', async () => {
    await staysInSight();
    const room = () => chat.page.locator('.thread').evaluate((view) => view.clientHeight);
    const before = await room();
    chat.host.status(status({ account: account(0, { warning: 'empty' }) }));
    await chat.page.getByText('All 300 tokens are used.').waitFor();
    await eventually(async () => {
      assert.ok((await room()) < before);
    });
    await staysInSight();
  });
});
