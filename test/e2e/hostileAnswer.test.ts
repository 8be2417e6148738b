import assert from 'node:assert/strict';
import { chatScenes } from '../support/chatScenes.ts';
import { answer, prompt, thread } from '../support/chatSnapshots.ts';
import { eventually } from '../support/eventually.ts';
import { useChatPageAlone } from '../support/useChatPageAlone.ts';

describe('a hostile answer', () => {
  const chat = useChatPageAlone();

  it('is shown, and runs, loads and hides nothing', async () => {
    const asked: string[] = [];
    const { host, page } = await chat.open(chatScenes['hostile'] ?? assert.fail());
    page.on('request', (request) => asked.push(request.url()));
    await page.locator('.markdown .block').first().waitFor();
    const answer = page.locator('.markdown');
    assert.equal(await answer.locator('script, style, iframe, form, [onerror], [onmouseover]').count(), 0);
    const links = await answer.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href')));
    assert.deepEqual(links, ['https://example.com/a?b=c']);
    const pictures = await answer.locator('img').evaluateAll((all) => all.map((image) => image.getAttribute('src')));
    assert.equal(pictures.length, 1);
    assert.match(pictures[0] ?? '', /^data:image\/png/);
    const text = await answer.innerText();
    assert.match(text, /\[picture: beacon\]/);
    assert.match(text, /safe\[U\+202E\]gpj\.exe \[U\+2066\]hidden\[U\+2069\] bell\[U\+0007\]/);
    assert.match(text, /<script>window\.ran = 1<\/script>/);
    await chat.button('file').click();
    await eventually(() => {
      assert.deepEqual(host.callsOf('openFile'), [[{ path: 'src/app.ts', line: 12 }]]);
    });
    assert.equal(await page.evaluate(() => 'ran' in window), false);
    // What colours code is the page's own, and comes when it is needed.
    const colours = new URL('/chat/codeColours-', page.url()).href;
    assert.deepEqual(
      asked.filter((url) => !url.startsWith(colours)),
      [],
    );
  });

  it('shows the pictures of the workspace, in whichever of its folders they are, and asks for no others', async () => {
    const asked: string[] = [];
    const { host, page } = await chat.open(chatScenes['empty'] ?? assert.fail());
    page.on('request', (request) => asked.push(request.url()));
    const others = ['../up.png', '%2e%2e/up.png', '//example.com/a.png', 'https://example.com/a.png', 'src/a.ts'];
    const sources = ['media/logo.png', ...others, 'file:///etc/a.png', 'media/logo.png?told'];
    const text = sources.map((source, at) => `![p${String(at)}](${source})`).join(' ');
    host.thread(thread([prompt('m1', 'Show me'), answer('g1', { parts: [{ kind: 'text', text }] })]));
    const picture = page.locator('.markdown img');
    await eventually(async () => {
      assert.ok((await picture.evaluateAll((all) => all.map((each) => each.clientWidth)))[0], 'it is not drawn');
    });
    assert.deepEqual(await picture.evaluateAll((all) => all.map((each) => each.getAttribute('alt'))), ['p0']);
    assert.match(await page.locator('.markdown').innerText(), /\[picture: p1\] .*\[picture: p7\]/);
    const folders = ['/first', '/workspace'].map((folder) => new URL(`${folder}/media/logo.png`, page.url()).href);
    assert.deepEqual(asked, folders);
  });

  it('leaves the page usable with a line of 5 MB', async () => {
    const { host, page } = await chat.open(chatScenes['empty'] ?? assert.fail());
    const line = 'x'.repeat(5_000_000);
    host.thread(thread([prompt('m1', 'Hello'), answer('g1', { parts: [{ kind: 'text', text: line }] })]));
    await page.locator('.markdown .block').first().waitFor();
    await chat.message().fill('Still here');
    await eventually(async () => assert.match((await page.locator('.price').textContent()) ?? '', /stops at/));
    const [wide, shown] = await page.evaluate(() => [
      document.documentElement.scrollWidth - innerWidth,
      document.querySelector('.markdown')?.textContent.length ?? 0,
    ]);
    assert.deepEqual([wide, shown >= 100_000], [0, true]);
  });
});
