import assert from 'node:assert/strict';
import path from 'node:path';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { axeProblems } from '../support/axeProblems.ts';
import { eventually } from '../support/eventually.ts';
import { FakeReviewHost, type ReviewScene } from '../support/fakeReviewHost.ts';
import { PageAlone, type OpenPage, type View } from '../support/pageAlone.ts';
import { tabStops } from '../support/tabStops.ts';
import { edited, reviewedFile, reviewScenes, scene, usersTable } from '../support/reviewScenes.ts';

describe('the review page alone', () => {
  let alone: PageAlone;
  let review: OpenPage<FakeReviewHost>;

  before(async () => {
    alone = await PageAlone.start('review');
  });
  after(() => alone.stop());
  afterEach(async () => {
    const { errors } = review;
    await review.close();
    assert.deepEqual(errors, [], 'the page logged errors');
  });

  async function open(shown: ReviewScene | undefined, view: View = {}): Promise<void> {
    assert.ok(shown);
    review = await alone.open((post) => new FakeReviewHost(shown, post), { width: 1200, height: 800, ...view });
  }
  const button = (name: string) => review.page.getByRole('button', { name, exact: true });
  const bar = (number: number) => review.page.getByRole('group', { name: new RegExp(`^Change ${number} of `) });
  const asked = (name: Parameters<FakeReviewHost['callsOf']>[0]) => review.host.callsOf(name);

  it('shows the first file’s diff, coloured, with a bar at each hunk and what came since named as such', async () => {
    await open(usersTable());
    await bar(3).waitFor();
    assert.equal(await bar(1).getByRole('button').count(), 2);
    assert.equal(await bar(2).innerText(), 'Edited since');
    await review.page.locator('.modified-in-monaco-diff-editor .mtk6').first().waitFor();
    assert.deepEqual(asked('sides'), [['app.js']]);
  });

  it('undoes by hunk, and the last hunk of a file as the file', async () => {
    await open(usersTable());
    await bar(3).getByRole('button', { name: 'Undo' }).click();
    await eventually(() => assert.equal(asked('undo').length, 1));
    await button('users.html')
      .or(review.page.locator('.file', { hasText: 'users.html' }))
      .click();
    // Until then the first bar is still one of the other file.
    await bar(3).waitFor({ state: 'detached' });
    await bar(1).getByRole('button', { name: 'Undo' }).click();
    await eventually(() => {
      assert.deepEqual(asked('undo'), [
        [{ files: [], hunks: { path: 'app.js', positions: [1] }, decisions: {} }],
        [{ files: ['users.html'], hunks: null, decisions: {} }],
      ]);
    });
  });

  it('keeps by hunk and by file, and goes on to the next file that waits', async () => {
    await open(usersTable());
    await bar(1).getByRole('button', { name: 'Keep' }).click();
    await eventually(() => assert.deepEqual(asked('keepHunks'), [['app.js', [0]]]));
    await button('Keep file').click();
    await eventually(() => assert.deepEqual(asked('keepFiles'), [[['app.js']]]));
    await review.page.getByRole('heading', { level: 2, name: 'users.html' }).waitFor();
    await button('Keep all').click();
    await eventually(() => assert.deepEqual(asked('keepFiles').at(-1), [null]));
  });

  it('goes by keys from change to change and from file to file, and decides by keys', async () => {
    await open(usersTable());
    await bar(1).waitFor();
    await review.page.keyboard.press('F7');
    await review.page.getByText('2 of 3', { exact: true }).waitFor();
    await review.page.keyboard.press('F7');
    await review.page.keyboard.press('Shift+F7');
    await review.page.keyboard.press('Shift+F7');
    await review.page.getByText('1 of 3', { exact: true }).waitFor();
    await review.page.keyboard.press('Alt+u');
    await eventually(() => assert.equal(asked('undo').length, 1));
    await review.page.keyboard.press('Alt+ArrowDown');
    await review.page.getByRole('heading', { level: 2, name: 'users.html' }).waitFor();
    await review.page.keyboard.press('Alt+ArrowUp');
    await review.page.getByRole('heading', { level: 2, name: 'app.js' }).waitFor();
  });

  it('asks at every overlap with the texts of both, and undoes only once all are decided', async () => {
    const sides = edited('old 1\nsame\nold 2\n', 'new 1\nsame\nnew 2\n', 'mine 1\nsame\nmine 2\n');
    await open(scene([reviewedFile('app.js')], () => sides));
    review.host.outcome = { kind: 'conflicts', paths: ['app.js'] };
    await button('Undo file').click();
    await review.page.getByText('2 places to decide').waitFor();
    assert.ok(await button('Undo like this').isDisabled());
    await review.page.getByRole('radio', { name: 'Keep mine mine 1' }).check();
    await review.page.getByRole('radio', { name: 'Take both mine 2 old 2' }).check();
    review.host.outcome = { kind: 'done', files: 1, damaged: [] };
    await button('Undo like this').click();
    await eventually(() => {
      const decisions = { 'app.js': ['mine', 'both'] };
      assert.deepEqual(asked('undo').at(-1), [{ files: ['app.js'], hunks: null, decisions }]);
    });
    await review.page.getByText('Nothing is undone until you decide.').waitFor({ state: 'detached' });
  });

  it('offers both only where there are two to take', async () => {
    const sides = edited('same\n', 'new\nsame\n', 'mine\nsame\n');
    await open(scene([reviewedFile('app.js')], () => sides));
    review.host.outcome = { kind: 'conflicts', paths: ['app.js'] };
    await button('Undo file').click();
    await review.page.getByRole('radio', { name: 'Take the old (nothing)' }).waitFor();
    assert.equal(await review.page.getByRole('radio').count(), 2);
  });

  it('asks for the whole file where it is no text', async () => {
    await open(reviewScenes['binary']);
    await review.page.getByText('binary, 2.3 MB').waitFor();
    review.host.outcome = { kind: 'conflicts', paths: ['logo.png'] };
    await button('Undo file').click();
    await review.page.getByRole('radio', { name: 'Take the old binary, 1.5 kB' }).check();
    assert.equal(await review.page.getByRole('radio').count(), 2);
    await button('Undo like this').click();
    await eventually(() => {
      assert.deepEqual(asked('undo').at(-1), [
        { files: ['logo.png'], hunks: null, decisions: { 'logo.png': ['old'] } },
      ]);
    });
  });

  it('rolls back the message whole, after the same dry run as in the chat, and redoes', async () => {
    await open(usersTable({ canRedo: true }));
    await button('Roll back').first().click();
    const dryRun = review.page.getByRole('group', { name: 'Roll back preview' });
    await dryRun.getByText('You can redo it').waitFor();
    assert.deepEqual(await axeProblems(review.page, { exclude: CODE }), []);
    await dryRun.getByRole('button', { name: 'Cancel' }).click();
    await dryRun.waitFor({ state: 'detached' });
    await button('Roll back').first().click();
    await dryRun.getByRole('button', { name: 'Roll back' }).click();
    await dryRun.waitFor({ state: 'detached' });
    await eventually(() => {
      assert.deepEqual([asked('previewRollback').at(0), asked('rollBack').length], [['since'], 1]);
    });
    await button('Redo').click();
    await eventually(() => assert.equal(asked('redo').length, 1));
  });

  it('renews a dry run when something changes, and offers none of what is rolled back', async () => {
    await open(usersTable());
    await button('Roll back').first().click();
    const dryRun = review.page.getByRole('group', { name: 'Roll back preview' });
    await dryRun.getByText('styles.css').waitFor();
    review.host.preview = { files: [] };
    review.host.show(scene([reviewedFile('app.js', { state: 'undone' })], () => edited('a\n', 'b\n')));
    await dryRun.getByText('styles.css').waitFor({ state: 'detached' });
    await dryRun.getByRole('button', { name: 'Cancel' }).click();
    await dryRun.waitFor({ state: 'detached' });
    assert.equal(await button('Roll back').count(), 0);
  });

  it('shows anew what has changed while it is open, and stays at its file', async () => {
    await open(usersTable());
    await bar(3).waitFor();
    const files = [reviewedFile('other.js'), reviewedFile('app.js', { version: 2, state: 'partly' })];
    review.host.show(scene(files, () => edited('a\n', 'b\n')));
    await bar(3).waitFor({ state: 'detached' });
    assert.equal(await review.page.getByRole('heading', { level: 2 }).innerText(), 'app.js');
    await eventually(() => assert.deepEqual(asked('sides'), [['app.js'], ['app.js']]));
    assert.equal(await review.page.locator('.lines').count(), 1, 'only those of the file that stands are known');
    const moved = { ...files[1], path: 'app.js', kind: 'renamed', from: 'old.js', version: 3 } as const;
    review.host.show(scene([reviewedFile('app.js', moved)], () => edited('a\n', 'b\n')));
    await eventually(() => assert.equal(asked('sides').length, 3));
    await bar(1).getByRole('button', { name: 'Undo' }).click();
    await eventually(() =>
      assert.deepEqual(
        asked('undo').at(-1),
        [{ files: [], hunks: { path: 'app.js', positions: [0] }, decisions: {} }],
        'its place too',
      ),
    );
  });

  it('says why hunks can’t be undone one by one where something else changed the file in between', async () => {
    await open(reviewScenes['continued']);
    await bar(1).waitFor();
    await review.page.getByText('Undo file takes all back').waitFor();
    assert.equal(await bar(1).getByRole('button', { name: 'Undo' }).count(), 0);
    await review.page.keyboard.press('Alt+u');
    await button('Undo file').click();
    await eventually(() => assert.deepEqual(asked('undo'), [[{ files: ['app.js'], hunks: null, decisions: {} }]]));
  });

  it('says a problem, and what the extension could not do', async () => {
    await open(usersTable());
    review.host.outcome = { kind: 'problem', message: 'app.js has unsaved changes and could not be saved.' };
    await button('Undo all').click();
    await review.page.getByRole('alert').getByText('could not be saved').waitFor();
    review.host.broken.add('undo');
    await button('Undo all').click();
    await review.page.getByRole('alert').getByText('That didn’t work. Your files are as they were.').waitFor();
    review.errors.splice(0);
  });

  it('lets nothing be decided while the answer is written, or where nothing may be written', async () => {
    for (const name of ['running', 'restricted']) {
      await open(reviewScenes[name]);
      await bar(1).waitFor();
      assert.equal(await review.page.getByRole('button', { name: /^(Keep|Undo)/ }).count(), 0, name);
      await review.page.keyboard.press('Alt+u');
      assert.deepEqual(asked('undo'), []);
      if (name === 'running') await review.close();
    }
  });

  it('remembers how the person likes diffs, and hides changes of blanks alone when asked to', async () => {
    await open(scene([reviewedFile('app.js')], () => edited('a\nb\nc\n', 'a\n  b\nc\n')));
    await bar(1).waitFor();
    await review.page.getByRole('checkbox', { name: 'Ignore blanks' }).check();
    await review.page.getByText('1 change of blanks alone is hidden.').waitFor();
    await eventually(() => assert.deepEqual(asked('setLayout'), [[{ sideBySide: true, ignoresBlanks: true }]]));
  });

  it('is at once usable with 200 files and with a file of 20,000 rewritten lines', async () => {
    const files = Array.from({ length: 200 }, (_, index) => reviewedFile(`src/part${index}/file${index}.ts`));
    const long = (word: string): string => Array.from({ length: 20_000 }, (_, at) => `${word} ${at}\n`).join('');
    const [old, fresh] = [long('old'), long('new')];
    await open(scene(files, (name) => (name.endsWith('file199.ts') ? edited(old, fresh) : edited('a\n', 'b\n'))));
    await bar(1).waitFor();
    assert.deepEqual(asked('sides'), [['src/part0/file0.ts']], 'texts were read that nobody looks at');
    await review.page.locator('.file').last().click();
    await review.page.locator('.modified-in-monaco-diff-editor').getByText('new 3', { exact: true }).waitFor();
    await bar(1).getByRole('button', { name: 'Undo' }).click();
    await eventually(() => assert.equal(asked('undo').length, 1));
  });

  it('lets one reach all that can be used by Tab, and shows where one is', async () => {
    await open(reviewScenes['pending']);
    await bar(1).waitFor();
    const { names, missed, unmarked } = await tabStops(review.page);
    assert.deepEqual([missed, unmarked], [[], []]);
    assert.ok(names.includes('Keep'));
  });

  for (const theme of ['dark', 'light', 'highContrast'] as const) {
    for (const width of [400, 1200]) {
      it(`is accessible and fits in ${theme} at ${width} px`, async () => {
        await open(reviewScenes['nothing'], { theme, width, height: 800 });
        for (const [name, shown] of Object.entries(reviewScenes)) {
          // What another theme changes are the colours: the fullest scenes have them all.
          if (theme !== 'dark' && !FULLEST.has(name)) continue;
          await show(name, shown);
          await review.page.screenshot({ path: path.join(SCREENSHOTS, `review-${name}-${theme}-${width}.png`) });
          assert.equal(await review.page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, name);
          if (width === 400 || FULLEST.has(name))
            assert.deepEqual(await axeProblems(review.page, { exclude: CODE, theme }), [], name);
        }
      });
    }
  }

  /** Puts another state onto the open page and waits until it is drawn. */
  async function show(name: string, shown: ReviewScene): Promise<void> {
    const isGeneration = shown.review.kind === 'generation';
    review.host.show(isGeneration ? { ...shown, review: { ...shown.review, id: name, prompt: name } } : shown);
    if (isGeneration) await review.page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
    await review.page.locator('.hunk-bar, p.plain, div.plain').first().waitFor();
    await review.page.locator('.codicon-loading').waitFor({ state: 'detached' });
  }
});

/** The code is in the colours of the person's own theme. */
const CODE = ['.view-lines', '.margin-view-overlays'];
const FULLEST = new Set(['decided', 'restricted', 'binary']);
const SCREENSHOTS = path.join(projectRoot, 'test', 'e2e', 'screenshots');
