import assert from 'node:assert/strict';
import { millitokens } from '../../src/core/tokens.ts';
import type { OpenChat } from '../support/chatPageAlone.ts';
import { chatScenes } from '../support/chatScenes.ts';
import { composer, usersTableThread } from '../support/chatSnapshots.ts';
import { eventually } from '../support/eventually.ts';
import { useChatPageAlone } from '../support/useChatPageAlone.ts';
import type { ExtensionCalls } from '../../src/protocol/chat.ts';

describe('the conversation on the chat page', () => {
  let chat: OpenChat;
  const page = useChatPageAlone();
  const { message, button } = page;

  async function open(scene: keyof typeof chatScenes): Promise<void> {
    const snapshot = chatScenes[scene];
    assert.ok(snapshot, scene);
    chat = await page.open(snapshot);
  }

  async function asked(name: keyof ExtensionCalls, ...args: unknown[]): Promise<void> {
    await eventually(() => {
      assert.deepEqual(chat.host.callsOf(name).at(-1), args);
    });
  }

  it('has a menu at its title, all by keyboard, and the history beside it', async () => {
    await open('answered');
    const title = button('Create a users table');
    await title.focus();
    await title.press('Enter');
    const items = chat.page.getByRole('menuitem');
    assert.deepEqual(await items.allInnerTexts(), ['Rename…', 'Pin or unpin', 'Export as Markdown', 'Delete']);
    await chat.page.keyboard.press('Escape');
    assert.equal(await items.count(), 0);
    await title.press('Enter');
    await chat.page.keyboard.press('ArrowDown');
    await chat.page.keyboard.press('ArrowDown');
    await chat.page.keyboard.press('Enter');
    await asked('exportChat');
    assert.equal(await items.count(), 0);
    await button('History').click();
    await asked('chatHistory');
  });

  it('inserts a code block at the cursor, or opens it as a file in its language', async () => {
    await open('answered');
    const code = "button.addEventListener('click', () => sortBy(column, direction(column)));";
    await button('Insert at the cursor').click();
    await asked('useCode', { action: 'insert', code, language: 'js' });
    await button('Open as a new file').click();
    await asked('useCode', { action: 'newFile', code, language: 'js' });
  });

  it('shows for a moment that code, or an answer, is copied, and says so', async () => {
    await open('answered');
    const { page: shown, host } = chat;
    const ticks = shown.locator('.copied');
    const [code, answer] = [button('Copy code').locator('.codicon'), button('Copy')];
    const drawn = (): Promise<string[]> =>
      Promise.all([code, answer].map((part) => part.evaluate((at) => getComputedStyle(at, '::before').content)));
    const before = await drawn();
    // The moment lasts until all of it has been looked at.
    await shown.clock.install();
    await shown.clock.pauseAt(Date.now() + 60_000);
    await code.click();
    await answer.click();
    await ticks.nth(1).waitFor();
    for (const content of await drawn()) assert.match(content, /\ueab2/);
    await shown.locator('.spoken p', { hasText: 'Copied.' }).nth(1).waitFor({ state: 'attached' });
    await shown.clock.resume();
    await eventually(async () => assert.equal(await ticks.count(), 0));
    assert.deepEqual(await drawn(), before);
    host.broken.add('copy');
    await answer.click();
    await shown.getByText('That didn’t work.').waitFor();
    assert.equal(await ticks.count(), 0);
    chat.errors.length = 0;
  });

  it('opens a place in a file that an answer names in code, and nothing else in code', async () => {
    await open('answered');
    const text = 'See `styles.css:12` in `src/app.ts`, not `console.log` or [`README.md`](https://example.com/).';
    chat.host.thread(usersTableThread({ parts: [{ kind: 'text', text }] }));
    await button('styles.css:12').click();
    await asked('openFile', { path: 'styles.css', line: 12 });
    await button('src/app.ts').click();
    await asked('openFile', { path: 'src/app.ts' });
    assert.equal(await chat.page.locator('.markdown .file-link').count(), 2);
    const ground = await button('src/app.ts')
      .locator('code')
      .evaluate((code) => getComputedStyle(code).backgroundColor);
    assert.equal(ground, 'rgba(0, 0, 0, 0)', 'the colour of a link is made for the ground of the page');
  });

  it('begins no line with the comma behind a place that was changed', async () => {
    const snapshot = chatScenes['localEdit'];
    assert.ok(snapshot);
    const [message] = snapshot.thread.messages;
    assert.ok(message?.role === 'localEdit');
    const places = [7, 42].map((line) => ({ path: `${'some-folder/'.repeat(line)}styles.css`, line }));
    const thread = { ...snapshot.thread, messages: [{ ...message, places }] };
    chat = await page.open({ ...snapshot, thread }, { width: 250 });
    const behind = await chat.page.locator('.place').evaluateAll((all) =>
      all.map((place) => {
        const mark = document.createRange();
        mark.selectNodeContents(place);
        const rects = [...mark.getClientRects()];
        return (rects.at(-1)?.left ?? 0) - place.getBoundingClientRect().left;
      }),
    );
    assert.equal(behind.length, 2);
    assert.ok(
      behind.every((distance) => distance > 20),
      behind.join(),
    );
  });

  it('applies a code block to the file that its fence or the text before it names', async () => {
    await open('code');
    await button('Apply to a file').first().click();
    await eventually(() => {
      const [use] = chat.host.callsOf('useCode').at(-1) as [{ path: string; isCertain: boolean; code: string }];
      assert.deepEqual([use.path, use.isCertain], ['users.js', false]);
      assert.match(use.code, /^\/\/ Sorted by one column\.\nexport function sortBy[^]*\}$/);
    });
    chat.host.thread(usersTableThread({ parts: [{ kind: 'text', text: 'See a.js:\n```ts src/b.ts\nlet a;\n```' }] }));
    await chat.page.getByText('let a;').waitFor();
    await button('Apply to a file').last().click();
    await asked('useCode', { action: 'apply', code: 'let a;', path: 'src/b.ts', isCertain: true });
  });

  it('warns once a day of the person’s own budget, and pauses the chat once it is used', async () => {
    await open('budgetLow');
    const low = chat.page.getByText('3.9 of your 20.0 tokens for today are left.');
    await low.waitFor();
    await button('Dismiss').click();
    assert.equal(await low.count(), 0);
    const { snapshot } = chat.host;
    const { budget } = snapshot.status;
    assert.ok(budget);
    chat.host.status({ ...snapshot.status, budget: { ...budget, left: millitokens(0), warning: 'used' } });
    await chat.page.getByText(/^Your budget of 20\.0 for today is used\. Chat is back tomorrow\./).waitFor();
    await message().fill('Create a table');
    assert.ok(await button('Send').isDisabled());
    await message().press('Enter');
    assert.equal(chat.host.callsOf('send').length, 0);
    await button('Change budget').click();
    await asked('changeBudget');
    await message().fill('/batch Create a table');
    await message().press('Enter');
    await asked('addToBatch', 'Create a table');
  });

  it('colours code once it is whole, and leaves its text as it is', async () => {
    await open('streaming');
    const code = "const a = '<img src=x onerror=alert(1)>';";
    chat.host.page.delta({ message: 'g1', text: `\n\n\`\`\`js\n${code}\n` });
    const block = chat.page.locator('.code pre').last();
    await block.getByText('const a').waitFor();
    chat.host.page.delta({ message: 'g1', text: `let b;\n\`\`\`\n\nThen` });
    await block.locator('.hljs-keyword').first().waitFor();
    assert.equal(await block.textContent(), `${code}\nlet b;\n`);
    const ground = await block.locator('code').evaluate((shown) => getComputedStyle(shown).backgroundColor);
    assert.equal(ground, 'rgba(0, 0, 0, 0)', 'the editor’s own ground for words in code shows through');
    assert.equal(await block.locator('img').count(), 0);
    chat.host.page.delta({ message: 'g1', text: ' this:\n\n```py\ndef f(): pass\n```' });
    const last = chat.page.locator('.code pre').last();
    await last.getByText('def f').waitFor();
    assert.equal(await last.locator('span').count(), 0, 'it may still grow');
    chat.host.thread(usersTableThread({ parts: [{ kind: 'text', text: 'See\n```py\ndef f(): pass\n```' }] }));
    await last.locator('.hljs-keyword').first().waitFor();
  });

  it('counts down to the next try while the provider is busy, which is said once', async () => {
    await open('empty');
    const { page: shown, host } = chat;
    const busyUntil = (at: number): void => {
      const retryAt = new Date(at).toISOString();
      const failure = { kind: 'providerBusy', retryInSeconds: 20, retryAt } as const;
      host.thread(usersTableThread({ state: 'streaming', failure }));
    };
    const left = async (): Promise<number> => {
      const said = await shown.locator('.failure').innerText();
      return Number(/^The provider is busy\. Retrying in (\d+) s, nothing charged\./.exec(said)?.[1]);
    };
    busyUntil(Date.now() + 20_000);
    await eventually(async () => assert.ok((await left()) < 20));
    const [said, ...more] = await shown.locator('.spoken p').allTextContents();
    assert.match(said ?? '', /^The provider is busy\. Retrying in \d+ s, nothing charged\.$/);
    assert.deepEqual(more, []);
    busyUntil(Date.now());
    await eventually(async () => assert.equal(await left(), 1));
    // The clock of another machine goes before.
    busyUntil(Date.now() + 3_600_000);
    await eventually(async () => assert.equal(await left(), 20));
  });

  it('moves Free here, or upgrades and tries again, where the plan has another project', async () => {
    await open('projectLimit');
    await button('Use Free here instead').click();
    await asked('useFreeHere', 'g1');
    await button('Upgrade').click();
    await asked('upgrade');
    await button('Retry').click();
    await asked('retry', 'g1');
  });

  it('sends an earlier message again in other words, with its files or without', async () => {
    await open('answered');
    await button('Edit and send again').focus();
    await chat.page.keyboard.press('Enter');
    await asked('editMessage', 'm1');
    chat.host.composer(composer({ draft: 'Create a table', editing: { message: 'm1', later: 2, files: 3 } }));
    const bar = chat.page.getByRole('group', { name: 'Instead of an earlier message' });
    await bar.getByText('2 later messages go').waitFor();
    const [box, cross] = [await bar.boundingBox(), await bar.getByRole('button').boundingBox()];
    assert.ok(box && cross && cross.y < box.y + 6, 'the way out stands at the top');
    const files = bar.getByRole('checkbox', { name: 'Roll back 3 files' });
    assert.ok(await files.isChecked());
    await message().press('Enter');
    await eventually(() => {
      const [sent] = chat.host.callsOf('send').at(-1) as [{ text: string; rollsBackFiles?: boolean }];
      assert.deepEqual([sent.text, sent.rollsBackFiles], ['Create a table', true]);
    });
    await message().fill('Create a list');
    await files.uncheck();
    chat.host.sendAnswer = { kind: 'conflicts' };
    await message().press('Enter');
    await chat.page.getByText('You changed files since in the same places.').waitFor();
    const [sent] = chat.host.callsOf('send').at(-1) as [{ rollsBackFiles?: boolean }];
    assert.equal(sent.rollsBackFiles, undefined);
    assert.equal(await message().inputValue(), 'Create a list');
    await bar.getByRole('button', { name: 'Don’t edit' }).click();
    await asked('cancelEdit');
  });

  it('lists what an @ can stand for as it is typed, and makes a chip of what is chosen', async () => {
    await open('empty');
    chat.host.mentions = (query) =>
      ['src/app.ts', 'src/'].map((path) => ({
        kind: path.endsWith('/') ? 'folder' : 'file',
        label: path + query,
        path,
      }));
    await message().pressSequentially('Explain @s please', { delay: 0 });
    for (let step = 0; step < ' please'.length; step += 1) await message().press('ArrowLeft');
    await message().press('a');
    const options = chat.page.getByRole('option');
    await eventually(async () => {
      assert.deepEqual(
        (await options.allInnerTexts()).map((text) => text.split(/\s+/)),
        [
          ['app.tssa', 'src'],
          ['sa', 'src'],
        ],
      );
    });
    assert.equal(await message().getAttribute('aria-activedescendant'), 'completion-0');
    await message().press('ArrowDown');
    await chat.page.getByRole('option', { name: 'sa src', selected: true }).waitFor();
    await message().press('Enter');
    await asked('mention', { kind: 'folder', label: 'src/sa', path: 'src/' });
    assert.equal(await message().inputValue(), 'Explain please');
    assert.equal(chat.host.callsOf('send').length, 0);
    await message().fill('@');
    await options.first().waitFor();
    await message().press('Escape');
    assert.equal(await options.count(), 0);
  });

  it('lists its commands as a / is typed at the beginning, by keyboard, and prices what would really be sent', async () => {
    await open('empty');
    const price = () => chat.page.locator('.price').innerText();
    await message().pressSequentially('/');
    const options = chat.page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
    await eventually(async () => {
      assert.match((await options.allInnerTexts()).join(' '), /\/fix[^]*\/explain[^]*\/tests[^]*\/clear/);
    });
    await message().press('e');
    await eventually(async () => {
      assert.equal(await options.count(), 1);
    });
    assert.equal(await message().getAttribute('aria-activedescendant'), 'completion-0');
    await message().press('Tab');
    assert.equal(await message().inputValue(), '/explain ');
    assert.match(await price(), /\d tokens · stops at/);
    await message().fill('/batch Add a footer');
    assert.equal(await price(), '0 tokens');
    await message().fill('Say /');
    assert.equal(await options.count(), 0);
    await message().fill('/usr is full');
    await message().press('Enter');
    await eventually(() => {
      const [sent] = chat.host.callsOf('send').at(-1) as [{ text: string }];
      assert.equal(sent.text, '/usr is full');
    });
  });

  it('shows whole, however narrow, what each command does, and which one is meant', async () => {
    chat = await page.open(chatScenes['empty'] ?? assert.fail(), { width: 250, theme: 'highContrast' });
    await message().fill('/');
    const options = chat.page.getByRole('listbox', { name: 'Commands' }).getByRole('option');
    await options.first().waitFor();
    const cut = await options.locator('span').evaluateAll((all) => {
      return all.filter((part) => part.scrollWidth > part.clientWidth).map((part) => part.textContent);
    });
    assert.deepEqual(cut, []);
    const outlines = await options.evaluateAll((all) => all.map((option) => getComputedStyle(option).outlineColor));
    assert.equal(new Set(outlines).size, 2);
  });

  it('carries out here what needs no model, also without a balance, and keeps the draft of what can’t be', async () => {
    await open('noTokens');
    await message().fill('/batch Add a footer');
    await button('Send').click();
    await asked('addToBatch', 'Add a footer');
    await message().fill('/free Make the header blue');
    chat.host.freeEdit = { kind: 'refused', reason: 'It is like that already.' };
    await message().press('Enter');
    await chat.page.getByText('It is like that already.').waitFor();
    assert.equal(await message().inputValue(), '/free Make the header blue');
    chat.host.freeEdit = { kind: 'done' };
    await message().press('Enter');
    await eventually(async () => {
      assert.equal(await message().inputValue(), '');
    });
    await message().fill('/rollback header');
    await message().press('Enter');
    await asked('findRollback', 'header');
    await message().fill('/clear Now the footer');
    await message().press('Enter');
    await asked('newChat');
    await eventually(async () => {
      assert.equal(await message().inputValue(), 'Now the footer');
    });
    assert.equal(chat.host.callsOf('send').length, 0);
  });

  it('says what each thing that goes along weighs and costs, and how full the context is', async () => {
    await open('attached');
    const chips = chat.page.getByRole('list', { name: 'Attachments' }).getByRole('listitem');
    assert.deepEqual(
      (await chips.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ').trim()),
      ['app.js 1.3k · 0.03', 'styles.css:12-40 310 · 0.01', 'Pasted text 1 4.2k · 0.08'],
    );
    await chat.page.getByRole('meter', { name: 'Context: 21,003 of 65,536 model tokens' }).waitFor();
    await chat.page.getByRole('button', { name: 'app.js: send the file in the editor along', exact: true }).click();
    await asked('includeOpenEditor', true);
    await chat.page.getByRole('button', { name: /^Summarize this chat · about \d\.\d$/ }).click();
    await asked('compact');
  });

  it('attaches long text, pictures and files that are pasted or dropped, and types the rest', async () => {
    await open('empty');
    const paste = (type: string, text: string) =>
      message().evaluate(
        (box, [kind, data]) => {
          const transfer = new DataTransfer();
          transfer.setData(kind, data);
          const event = new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true });
          return box.dispatchEvent(event);
        },
        [type, text] as const,
      );
    assert.equal(await paste('text/plain', 'short'), true, 'the field itself takes it');
    assert.equal(await paste('text/plain', 'x'.repeat(5_000)), false);
    await asked('attachPasted', { kind: 'text', data: 'x'.repeat(5_000) });
    assert.equal(await paste('text/uri-list', 'file:///work/app.js\r\n# a comment'), false);
    await asked('attachDropped', ['file:///work/app.js']);
    const drag = (name: 'dragover' | 'drop', type: string) =>
      chat.page.locator('.composer-bar').evaluate(
        (bar, [event, kind]) => {
          const transfer = new DataTransfer();
          transfer.setData(kind, 'vscode-remote://host/work/src');
          return bar.dispatchEvent(new DragEvent(event, { dataTransfer: transfer, bubbles: true, cancelable: true }));
        },
        [name, type] as const,
      );
    assert.equal(await drag('dragover', 'application/vnd.code.uri-list'), false, 'the whole box takes what is dropped');
    assert.equal(await drag('dragover', 'text/plain'), true);
    assert.equal(await drag('drop', 'application/vnd.code.uri-list'), false);
    await asked('attachDropped', ['vscode-remote://host/work/src']);
    await message().evaluate(async (box) => {
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [3_000, 30];
      const blob = await new Promise<Blob | null>((resolve) => {
        canvas.toBlob(resolve, 'image/png');
      });
      const transfer = new DataTransfer();
      transfer.items.add(new File([blob ?? ''], 'shot.png', { type: 'image/png' }));
      box.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true }));
    });
    await eventually(() => {
      const [picture] = chat.host.callsOf('attachPasted').at(-1) as [{ kind: string; data: string }];
      assert.equal(picture.kind, 'image');
      assert.match(picture.data, /^data:image\/webp;base64,/);
    });
  });
});
