import { readFileSync } from 'node:fs';
import type { CDPSession, JSHandle, Page } from 'playwright-core';
import type { Message } from '../src/protocol/chat.ts';
import { answer, composer, prompt, status, thread } from '../test/support/chatSnapshots.ts';
import { FakeChatHost } from '../test/support/fakeChatHost.ts';
import { PageAlone } from '../test/support/pageAlone.ts';

// The chat page by itself in Chromium, as it ships: how smoothly an answer streams into a long chat while its person
// types the next message, how long the page takes to show a chat, and what it keeps in memory.

const LONG_CHAT = 1_000;
const SHORT_CHAT = 50;
const SECONDS = 6;
const CHUNKS_PER_SECOND = 500;
/** Between two keys: a fast typist's. */
const KEY_MS = 60;

/** The answer that streams. */
const LAST = 'a-last';

const alone = await PageAlone.start('chat');
try {
  await measureOpening();
  await measureStreaming();
} finally {
  await alone.stop();
}

async function measureOpening(): Promise<void> {
  const times: number[] = [];
  for (let round = 0; round < 5; round += 1) {
    const { page, close } = await alone.open((post) => new FakeChatHost(snapshotOf(SHORT_CHAT, 'done'), post));
    await page.getByRole('textbox', { name: 'Message', exact: true }).waitFor();
    await page.locator('.message').last().waitFor();
    // Since the page began to load.
    times.push(await page.evaluate(() => performance.now()));
    await close();
  }
  figure(
    `from the page's beginning until ${SHORT_CHAT} messages and the composer are there, p50`,
    percentile(times, 0.5),
    'ms',
  );
}

async function measureStreaming(): Promise<void> {
  const sent: unknown[] = [];
  let isRecording = false;
  const { page, host, close } = await alone.open(
    (post) =>
      new FakeChatHost(snapshotOf(LONG_CHAT, 'streaming'), async (message) => {
        if (isRecording) sent.push(message);
        else await post(message);
      }),
  );
  const box = page.getByRole('textbox', { name: 'Message', exact: true });
  await box.waitFor();
  // The first one comes last.
  await page
    .locator('.message')
    .nth(LONG_CHAT - 1)
    .waitFor({ state: 'attached' });
  // The chunks are said inside the page, as VS Code does: a driver that says them is itself in the way.
  isRecording = true;
  for (const text of chunks()) host.page.delta({ message: LAST, text });
  isRecording = false;
  await box.focus();
  // Handed over first: the page takes a tenth of a second to read them, and a key would wait for that.
  const watched = watch(page, await page.evaluateHandle((messages) => messages, sent));
  const until = performance.now() + SECONDS * 1_000;
  for (let at = 0; performance.now() < until; at += 1) {
    await page.keyboard.press('abcdefghij '.charAt(at % 11));
    await page.waitForTimeout(KEY_MS);
  }
  const { frames, keys, said } = await watched;
  if (said < SECONDS * CHUNKS_PER_SECOND * 0.9) throw new Error(`only ${said} chunks were said`);
  figure(`${CHUNKS_PER_SECOND} chunks a second into ${LONG_CHAT} messages, frame p95`, percentile(frames, 0.95), 'ms');
  figure('a key in the composer meanwhile, until it is drawn, p50', percentile(keys, 0.5), 'ms');
  figure('a key in the composer meanwhile, until it is drawn, slowest', Math.max(...keys), 'ms');
  figure('memory of the page after it', await privateBytes(page), 'bytes');
  await close();
}

/** Says the chunks in the page at their pace; the times of the frames and of the keys in milliseconds. */
function watch(page: Page, sent: JSHandle<unknown[]>): Promise<{ frames: number[]; keys: number[]; said: number }> {
  return page.evaluate(
    ({ messages, perSecond, forMs }) =>
      new Promise((resolve) => {
        const frames: number[] = [];
        const keys: number[] = [];
        const started = performance.now();
        let said = 0;
        let last = started;
        document.addEventListener(
          'keydown',
          ({ timeStamp }) => {
            // The frame after the one that is being made has it on the screen.
            requestAnimationFrame(() => {
              const drawn = new MessageChannel();
              drawn.port1.onmessage = () => keys.push(performance.now() - timeStamp);
              drawn.port2.postMessage(null);
            });
          },
          true,
        );
        const say = setInterval(() => {
          const due = Math.min(messages.length, ((performance.now() - started) / 1_000) * perSecond);
          for (; said < due; said += 1) window.postMessage(messages[said], '*');
        }, 2);
        const frame = (now: number): void => {
          frames.push(now - last);
          last = now;
          if (now < started + forMs) {
            requestAnimationFrame(frame);
            return;
          }
          clearInterval(say);
          resolve({ frames: frames.slice(1), keys, said });
        };
        requestAnimationFrame(frame);
      }),
    { messages: sent, perSecond: CHUNKS_PER_SECOND, forMs: SECONDS * 1_000 },
  );
}

/**
 * What the page's own process has for itself alone, as Linux tells it. The browser's program in its memory, some 50 MB,
 * is not the page's: it counts as private while no other browser runs, and is left out.
 */
async function privateBytes(page: Page): Promise<number> {
  const browser = page.context().browser();
  if (browser === null) throw new Error('a page without its browser');
  const session: CDPSession = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const own = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => privateBytesOf(id));
  return Math.max(...own);
}

function privateBytesOf(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  const kilobytes = /^Anonymous:\s+(\d+) kB$/m.exec(rollup)?.[1];
  if (kilobytes === undefined) throw new Error('Linux tells no memory of its own for the page');
  return Number(kilobytes) * 1_024;
}

function snapshotOf(messages: number, state: 'done' | 'streaming') {
  const pairs = Array.from({ length: messages / 2 }, (_, at): Message[] => [
    prompt(`m${at}`, `Create a table of orders number ${at} with columns: name, email, role.`),
    answer(at === messages / 2 - 1 ? LAST : `a${at}`, {
      parts: [{ kind: 'text', text: at === messages / 2 - 1 ? 'I begin.\n\n' : prose(at) }],
      state: at === messages / 2 - 1 ? state : 'done',
    }),
  ]);
  return { thread: thread(pairs.flat()), status: status(), composer: composer() };
}

/** As answers are: a paragraph, a list and a block of code. */
function prose(at: number): string {
  const code = '```ts\nexport function total(rows: Row[]): number {\n  return rows.length;\n}\n```';
  return `The **table** ${at} has three columns and sorts by each.\n\n- name\n- email\n- role\n\n${code}\n\nThat is all.`;
}

/** Words of some letters, with paragraphs, lists and code on the way. */
function chunks(): string[] {
  const words = `${prose(0)}\n\n`.split(/(?<=\s)/);
  return Array.from({ length: SECONDS * CHUNKS_PER_SECOND }, (_, at) => words[at % words.length] ?? '');
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

function figure(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'chatPage', metric, value: Math.round(value * 10) / 10, unit }));
}
