import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { decideChange } from '../../src/extension/chat/decideChange.ts';
import { eventually } from '../support/eventually.ts';
import { toolCallDelta, type ScriptedAnswer } from '../support/scriptedBackend.ts';
import { useChatRoomAlone } from '../support/useChatRoomAlone.ts';

describe('what is kept of an answer’s changes', () => {
  const { alone, room, at, read, generate, answer } = useChatRoomAlone(['rb.txt', 'rb2.txt']);

  it('is decided by file and hunk in the chat; all that is left is undone at once, and redone', async () => {
    const lines = Array.from({ length: 20 }, (_, n) => `${String(n + 1)}\n`).join('');
    writeFileSync(at('rb.txt'), lines);
    const changed = lines.replace('\n3\n', '\nthree\n').replace('\n12\n', '\ntwelve\n');
    const id = await generate('Change both', { 'rb.txt': changed, 'rb2.txt': 'new\n' });
    const decide = (path: string, keeps: boolean, hunks: number[] | null = null) =>
      decideChange(room(), { generation: id, path, hunks, keeps });
    const states = () =>
      answer(id)
        .changes.map(({ path: name, state }) => [name, state])
        .sort();
    await decide('rb.txt', true, [0]);
    await decide('rb.txt', false, [1]);
    assert.equal(read('rb.txt'), lines.replace('\n3\n', '\nthree\n'));
    const diff = await room().rollbacks.fileDiff(id, 'rb.txt');
    assert.deepEqual(diff.kind === 'lines' && [diff.kept, diff.undone], [[0], [1]]);
    await decide('rb.txt', true);
    assert.deepEqual(states(), [
      ['rb.txt', 'kept'],
      ['rb2.txt', undefined],
    ]);
    const preview = await room().rollbacks.preview(id, 'pending');
    assert.deepEqual(
      preview?.files.map(({ path: name, kind }) => [name, kind]),
      [['rb2.txt', 'deleted']],
    );
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop', scope: 'pending' });
    assert.equal(existsSync(at('rb2.txt')), false);
    assert.equal(read('rb.txt'), lines.replace('\n3\n', '\nthree\n'));
    assert.ok(await room().redo());
    assert.equal(read('rb2.txt'), 'new\n');
    await decide('rb2.txt', true);
    assert.equal(answer(id).changesState, 'kept');
  });

  describe('is as it was once it is redone', () => {
    const lines = Array.from({ length: 20 }, (_, n) => `${String(n + 1)}\n`).join('');
    let id: string;

    beforeEach(async () => {
      writeFileSync(at('rb.txt'), lines);
      const changed = lines.replace('\n3\n', '\nthree\n').replace('\n12\n', '\ntwelve\n');
      id = await generate('Change both', { 'rb.txt': changed, 'rb2.txt': 'new\n' });
    });

    const decide = (path: string, keeps: boolean, hunks: number[] | null = null) =>
      decideChange(room(), { generation: id, path, hunks, keeps });

    /** What becomes of the files in the chat and on the review page, and the hunks that are kept of the first. */
    async function decided() {
      const { review } = await alone.review(room(), id).calls().ready();
      const diff = await room().rollbacks.fileDiff(id, 'rb.txt');
      const inChat = answer(id).changes.map(({ path, state }) => [path, state ?? 'pending']);
      const onPage = review.kind === 'generation' ? review.files.map(({ path, state }) => [path, state]) : [];
      return {
        state: answer(id).changesState,
        chat: Object.fromEntries(inChat) as Record<string, string>,
        page: Object.fromEntries(onPage) as Record<string, string>,
        hunks: diff.kind === 'lines' ? diff.kept : [],
      };
    }

    async function afterRollBack(redo: () => Promise<unknown>) {
      await room().rollBack({ generation: id, what: 'both', onConflict: 'stop' });
      assert.equal(read('rb.txt'), lines);
      assert.deepEqual((await decided()).chat, { 'rb.txt': 'undone', 'rb2.txt': 'undone' });
      await redo();
      return decided();
    }

    it('where the whole answer was rolled back', async () => {
      await decide('rb.txt', true, [1]);
      await decide('rb2.txt', true);
      const files = { 'rb.txt': 'pending', 'rb2.txt': 'kept' };
      assert.deepEqual(await decided(), { state: 'pending', chat: files, page: files, hunks: [1] });
      const redone = await afterRollBack(() => room().redo());
      assert.deepEqual(redone, { state: 'pending', chat: files, page: files, hunks: [1] });
    });

    it('where all of it was kept, and another roll back was the last', async () => {
      room().session.dispatch({ kind: 'kept', generation: id });
      const kept = await decided();
      const redone = await afterRollBack(async () => {
        const other = await generate('Another', { 'rb2.txt': 'other\n' });
        await room().rollBack({ generation: other, what: 'files', onConflict: 'stop' });
        await alone.review(room(), id).calls().redo();
      });
      assert.deepEqual(redone, kept);
      assert.equal(redone.state, 'kept');
    });

    it('where it was undone by itself, and what was undone before all was kept is open again', async () => {
      await decide('rb.txt', true);
      await decide('rb.txt', false);
      assert.deepEqual((await decided()).chat, { 'rb.txt': 'undone', 'rb2.txt': 'pending' });
      assert.ok(await room().redo());
      assert.deepEqual((await decided()).chat, { 'rb.txt': 'kept', 'rb2.txt': 'pending' });
      await decide('rb2.txt', false);
      await alone.review(room(), id).calls().keepFiles(null);
      assert.equal(answer(id).changesState, 'kept');
      assert.ok(await room().redo());
      assert.deepEqual((await decided()).page, { 'rb.txt': 'kept', 'rb2.txt': 'pending' });
    });
  });

  it('is not forgotten when it is decided while an undo is on its way', async () => {
    const files = { 'rb.txt': 'a\n', 'rb2.txt': 'b\n' };
    const id = await generate('Undo one, keep the other', files);
    const decide = (path: string, keeps: boolean) => decideChange(room(), { generation: id, path, hunks: null, keeps });
    await Promise.all([decide('rb.txt', false), decide('rb2.txt', true)]);
    assert.deepEqual(Object.fromEntries(answer(id).changes.map(({ path: name, state }) => [name, state])), {
      'rb.txt': 'undone',
      'rb2.txt': 'kept',
    });
  });

  it('is all that there was where the last two files are kept at once', async () => {
    const id = await generate('Keep both', { 'rb.txt': 'a\n', 'rb2.txt': 'b\n' });
    const { keepFiles } = room().review.of(id);
    await Promise.all([keepFiles(['rb.txt']), keepFiles(['rb2.txt'])]);
    assert.equal(answer(id).changesState, 'kept');
  });

  it('is remembered while the answer goes on after a failed step, as is what is undone', async () => {
    const write = (name: string): ScriptedAnswer => {
      const delta = toolCallDelta('t1', 'write_file', { path: name, content: 'x\n' });
      return { kind: 'stream', deltas: [delta], end: 'tool_calls', charged: 200 };
    };
    const fails: ScriptedAnswer = { kind: 'error', status: 502, error: { code: 'upstream_failed' } };
    for (const keeps of [true, false]) {
      alone.backend.script(write('rb.txt'), fails);
      assert.deepEqual(await room().generations.send({ id: randomUUID(), text: 'Two steps' }), { kind: 'accepted' });
      await room().generations.settled();
      const id = room().session.state.thread.messages.at(-1)?.id ?? '';
      alone.backend.script(write('rb2.txt'), { kind: 'stream', deltas: [{ content: 'Half' }], end: 'hang' });
      await room().generations.retry(id);
      await eventually(() => assert.ok(existsSync(at('rb2.txt'))));
      await decideChange(room(), { generation: id, path: 'rb.txt', hunks: null, keeps });
      room().generations.stop();
      await room().generations.settled();
      const states = answer(id).changes.map(({ path: name, state }) => [name, state]);
      assert.deepEqual(Object.fromEntries(states), { 'rb.txt': keeps ? 'kept' : 'undone', 'rb2.txt': undefined });
      assert.equal(answer(id).changesState, keeps ? 'pending' : 'partly');
      await room().rollBack({ generation: id, what: 'both', onConflict: 'stop' });
    }
  });

  it('is remembered of a chat that was left while another of its answers runs', async () => {
    const id = await generate('Keep it behind', { 'rb.txt': 'a\n', 'rb2.txt': 'b\n' });
    const { session } = room().session.state.thread;
    alone.backend.script({ kind: 'stream', deltas: [{ content: 'Half' }], end: 'hang' });
    assert.deepEqual(await room().generations.send({ id: randomUUID(), text: 'And more' }), { kind: 'accepted' });
    room().newChat();
    await room().review.of(id).keepFiles(['rb.txt']);
    await room().history.show(session);
    assert.deepEqual(
      answer(id).changes.map(({ state }) => state),
      ['kept', undefined],
    );
    room().generations.stop();
  });

  it('is remembered of an earlier chat’s answer', async () => {
    const id = await generate('Keep it later', { 'rb.txt': 'a\n', 'rb2.txt': 'b\n' });
    const { session } = room().session.state.thread;
    room().newChat();
    await room().session.flush();
    const page = alone.review(room(), id);
    const told = new Promise<void>((resolve) => page.onDidDecide(resolve));
    await page.calls().keepFiles(['rb.txt']);
    await told;
    const { review } = await alone.review(room(), id).calls().ready();
    assert.deepEqual(review.kind === 'generation' && review.files.map(({ state }) => state), ['kept', 'pending']);
    await room().history.show(session);
    assert.deepEqual(
      answer(id).changes.map(({ state }) => state),
      ['kept', undefined],
    );
  });
});
