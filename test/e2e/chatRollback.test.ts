import assert from 'node:assert/strict';
import path from 'node:path';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { axeProblems } from '../support/axeProblems.ts';
import type { OpenChat } from '../support/chatPageAlone.ts';
import { composer, rollbackPreview, status, thread, usersTableThread } from '../support/chatSnapshots.ts';
import { eventually } from '../support/eventually.ts';
import type { Snapshot } from '../support/fakeChatHost.ts';
import { useChatPageAlone } from '../support/useChatPageAlone.ts';

describe('the dry run and the small diffs of the chat page', () => {
  const alone = useChatPageAlone();
  const { button } = alone;
  let chat: OpenChat;

  async function open(changes: Partial<Snapshot> = {}): Promise<OpenChat> {
    chat = await alone.open({ thread: usersTableThread(), status: status(), composer: composer(), ...changes });
    return chat;
  }
  const box = (name: string) => chat.page.getByRole('checkbox', { name, exact: true });
  const radio = (name: string) => chat.page.getByRole('radio', { name, exact: true });
  const keep = (name: string) =>
    chat.page.screenshot({ path: path.join(projectRoot, 'test/e2e/screenshots', `rollback-${name}.png`) });
  const preview = (changes: Partial<ReturnType<typeof rollbackPreview>> = {}) =>
    status({ preview: { ...rollbackPreview(), ...changes } });

  it('rolls back the files that are chosen, and the chat alone where none is', async () => {
    const { host } = await open({ status: preview() });
    await box('users.html').uncheck();
    await keep('files');
    await button('Roll back').click();
    const files = rollbackPreview().files.map((file) => file.path);
    const chosen = files.filter((file) => file !== 'users.html' && file !== 'dist/app.js');
    const request = { generation: 'g1', what: 'both', onConflict: 'stop' };
    await eventually(() => assert.deepEqual(host.callsOf('rollBack'), [[{ ...request, files: chosen }]]));
    for (const file of chosen) await box(file).uncheck();
    await button('Roll back').click();
    await eventually(() => assert.deepEqual(host.callsOf('rollBack')[1], [{ ...request, what: 'chat', files: [] }]));
    await radio('Files').check();
    const rollBack = chat.page.locator('vscode-button', { hasText: 'Roll back' });
    await eventually(async () => assert.notEqual(await rollBack.getAttribute('disabled'), null));
  });

  it('asks for another dry run where this one alone, or all since, is to go', async () => {
    const { host } = await open({ status: preview({ hasLater: true, laterMessages: 2 }) });
    assert.equal(await radio('This and everything since').isChecked(), true);
    await box('users.html').uncheck();
    await radio('This one alone').check();
    await eventually(() => assert.deepEqual(host.callsOf('previewRollback'), [['g1', 'alone']]));
    host.status(preview({ hasLater: true, scope: 'alone' }));
    await chat.page.getByText('and 2 later messages').waitFor({ state: 'detached' });
    assert.equal(await radio('This one alone').isChecked(), true);
    assert.equal(await box('users.html').isChecked(), false);
    await keep('alone');
    await button('Roll back').click();
    await eventually(() => {
      const [request] = host.callsOf('rollBack')[0] ?? [];
      assert.equal((request as { scope?: string }).scope, 'alone');
    });
    assert.deepEqual(await axeProblems(chat.page), []);
  });

  it('leads from an overlap to the review of that file, where the answer changed it', async () => {
    const [file, ...rest] = rollbackPreview().files;
    assert.ok(file);
    const files = [{ ...file, conflictLine: 12 }, { ...file, path: 'later.html', conflictLine: 3 }, ...rest];
    const { host } = await open({ status: preview({ files }) });
    await button('Compare').click();
    await eventually(() => assert.deepEqual(host.callsOf('reviewChanges'), [['g1', file.path]]));
    await keep('compare');
    assert.deepEqual(await axeProblems(chat.page), []);
  });

  it('shows the whole name of a file beside what became of it, in a narrow view', async () => {
    const asked = usersTableThread();
    const messages = asked.messages.map((message) =>
      message.role === 'assistant'
        ? { ...message, changes: message.changes.map((file) => ({ ...file, state: 'partly' as const })) }
        : message,
    );
    const { page } = await open({ thread: { ...asked, messages } });
    await page.setViewportSize({ width: 250, height: 700 });
    const name = page.locator('.changes .path', { hasText: 'users.html' });
    assert.ok(await name.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth));
    assert.equal(await page.locator('.changes .lines').count(), 0, 'lines of what is partly undone are counted');
    await keep('partly');
  });

  it('rolls back only files of an earlier chat', async () => {
    const { host } = await open({ thread: thread(), status: preview({ inChat: false }) });
    await button('Roll back').waitFor();
    assert.equal(await radio('Chat').count(), 0);
    await button('Roll back').click();
    const request = { generation: 'g1', what: 'files', onConflict: 'stop' };
    await eventually(() => assert.deepEqual(host.callsOf('rollBack'), [[request]]));
  });

  it('opens what changed in a file in place, once asked for, and leads on to the review', async () => {
    const { host, page } = await open();
    host.diff = () => ({
      kind: 'lines',
      lines: [
        { kind: 'same', text: '  <body>' },
        { kind: 'removed', text: '    <p>old</p>' },
        { kind: 'added', text: '    <p>new</p>' },
        { kind: 'gap', text: '' },
      ],
      isCut: true,
      kept: [],
      undone: [],
    });
    await button('What changed in users.html').click();
    const diff = page.getByRole('group', { name: 'Changes of users.html' });
    await diff.getByText('<p>new</p>').waitFor();
    assert.match(await diff.innerText(), /−\s*<p>old<\/p>\s*\+\s*<p>new<\/p>/);
    await keep('diff');
    assert.deepEqual(await axeProblems(page), []);
    await button('Show all in Review').click();
    await button('What changed in users.html').click();
    await diff.waitFor({ state: 'detached' });
    await button('What changed in users.html').click();
    await diff.waitFor();
    await eventually(() => {
      assert.deepEqual(host.callsOf('reviewChanges'), [['g1', 'users.html']]);
    });
  });

  it('keeps and undoes single changes of a file, and the whole file with the last of them', async () => {
    const { host, page } = await open();
    const decided = { kept: [] as number[], undone: [] as number[] };
    host.diff = () => ({
      kind: 'lines',
      lines: [0, 1, 2].map((hunk) => ({ kind: 'added', text: `line ${String(hunk)}`, hunk })),
      isCut: false,
      ...decided,
    });
    await button('What changed in users.html').click();
    const undoing = page.getByRole('button', { name: 'Undo this change', exact: true });
    const keeping = page.getByRole('button', { name: 'Keep this change', exact: true });
    await undoing.nth(1).waitFor();
    decided.undone = [1];
    await undoing.nth(1).click();
    await eventually(async () => assert.equal(await undoing.count(), 2));
    await page.locator('.hunk-actions', { hasText: 'Undone' }).waitFor();
    decided.kept = [0];
    await keeping.nth(0).press('Enter');
    await eventually(async () => assert.equal(await keeping.count(), 1));
    await keeping.nth(0).press('Enter');
    const of = (hunks: number[] | null, keeps: boolean) => [{ generation: 'g1', path: 'users.html', hunks, keeps }];
    await eventually(() => {
      assert.deepEqual(host.callsOf('decide'), [of([1], false), of([0], true), of(null, true)]);
    });
  });

  it('keeps and undoes by file and as a whole, says what is left, and shows what an undo would do first', async () => {
    const { host, page } = await open();
    const bar = page.getByRole('region', { name: 'Changes that are not yet kept' });
    assert.match(await bar.innerText(), /3 files, \+214 −2\s+Keep all\s+Undo all\s+Review/);
    await button('Keep users.html').press('Enter');
    await button('Undo users.js').click();
    await button('Undo all').click();
    await button('Review all changes').click();
    await button('Keep all').click();
    const of = (path: string, keeps: boolean) => [{ generation: 'g1', path, hunks: null, keeps }];
    await eventually(() => {
      assert.deepEqual(host.callsOf('decide'), [of('users.html', true), of('users.js', false)]);
      assert.deepEqual(host.callsOf('previewRollback'), [['g1', 'pending']]);
      assert.deepEqual(host.callsOf('reviewChanges'), [['g1']]);
      assert.equal(host.callsOf('keepAll').length, 1);
    });
    const [asked, answered] = usersTableThread().messages;
    assert.ok(asked && answered?.role === 'assistant');
    const spoken = page.locator('.spoken');
    const [first, ...rest] = answered.changes;
    assert.ok(first);
    host.page.message({ ...answered, changes: [{ ...first, state: 'kept' }, ...rest] });
    await eventually(async () => assert.match(await spoken.innerText(), /2 files are not yet kept/));
    assert.equal(await page.getByRole('button', { name: 'Keep users.html' }).count(), 0);
    host.page.message({ ...answered, changesState: 'kept' });
    await bar.waitFor({ state: 'detached' });
    await eventually(async () => assert.match(await spoken.innerText(), /All changes are decided/));
  });

  it('shows the dry run of undoing all that is not kept, of files alone', async () => {
    const { host, page } = await open({
      thread: usersTableThread(),
      status: preview({ scope: 'pending', inChat: false, prompt: '' }),
    });
    await page.getByText('all changes that are not kept').waitFor();
    await button('Roll back').last().click();
    const request = { generation: 'g1', what: 'files', onConflict: 'stop', scope: 'pending' };
    await eventually(() => assert.deepEqual(host.callsOf('rollBack'), [[request]]));
  });

  it('says why there is nothing to show, and asks again for what could not be read', async () => {
    const { host, page } = await open();
    await button('What changed in users.html').click();
    await page.getByText('These changes are not kept any more').waitFor();
    host.diff = () => ({ kind: 'noText' });
    await button('What changed in users.html').click();
    await button('What changed in users.html').click();
    await page.getByText('This is no text').waitFor();
    assert.equal(host.callsOf('fileDiff').length, 2);
  });
});
