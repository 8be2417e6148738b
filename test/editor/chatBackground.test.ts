import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { millitokens } from '../../src/core/tokens.ts';
import { settings } from '../../src/extension/contributions.ts';
import type { ChatRoom } from '../../src/extension/chat/chatRoom.ts';
import { sendFromPage } from '../../src/extension/chat/sendFromPage.ts';
import { ChatRoomAlone } from '../support/chatRoomAlone.ts';
import { eventually } from '../support/eventually.ts';
import { toolCallDelta, type ScriptedAnswer } from '../support/scriptedBackend.ts';

const done: ScriptedAnswer = { kind: 'stream', deltas: [{ content: 'Done.' }], end: 'stop', charged: 300 };
const hangs: ScriptedAnswer = { kind: 'stream', deltas: [{ content: 'Half' }], end: 'hang' };

describe('an answer in a chat that was left', () => {
  const alone = new ChatRoomAlone();
  let folder: string;
  let room: ChatRoom;

  before(async () => {
    folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    await alone.start();
    room = await alone.open();
  });

  after(() => alone.stop());

  beforeEach(() => room.newChat());

  afterEach(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    rmSync(path.join(folder, 'made.txt'), { force: true });
  });

  /** Sends a message and leaves its chat as soon as it is taken. Answers the chat's id. */
  async function sendAndLeave(text: string): Promise<string> {
    assert.deepEqual(await room.generations.send({ id: randomUUID(), text }), { kind: 'accepted' });
    const { session } = room.session.state.thread;
    room.newChat();
    return session;
  }

  function lastAnswer() {
    const last = room.session.state.thread.messages.at(-1);
    assert.ok(last?.role === 'assistant');
    return last;
  }

  it('goes on, writes its files, and is there when its chat is shown again', async () => {
    const command = 'true';
    await room.allowedCommands.add(command);
    const calls = [
      toolCallDelta('t1', 'write_file', { path: 'made.txt', content: 'made\n' }, 0),
      toolCallDelta('t2', 'run_command', { command }, 1),
    ];
    alone.backend.script({ kind: 'stream', deltas: calls, end: 'tool_calls', charged: 200 }, done);
    const left = await sendAndLeave('Make it');
    assert.ok(room.session.find(left)?.isRunning);
    assert.equal(room.status.running, null, 'nothing runs in the chat that is shown');
    assert.equal(room.generations.isRunning, false);
    await eventually(() => assert.equal(room.session.find(left), null));
    assert.equal(readFileSync(path.join(folder, 'made.txt'), 'utf8'), 'made\n');
    await room.history.show(left);
    const { state, changes, receipt } = lastAnswer();
    assert.deepEqual([state, changes.length, receipt?.charged], ['done', 1, 500]);
    await room.rollBack({ generation: lastAnswer().id, what: 'files', onConflict: 'stop' });
    assert.equal(existsSync(path.join(folder, 'made.txt')), false);
  });

  describe('has what it may still cost set aside of the budget of the day', () => {
    const set = (tokens?: number) =>
      vscode.workspace.getConfiguration().update(settings.budgetPerDay, tokens, vscode.ConfigurationTarget.Global);
    const tell = (balance: { held?: number; used?: number }) => {
      const { held = 0, used = 0 } = balance;
      alone.backend.tell({ held: millitokens(held), used: millitokens(used) });
    };
    const cap = () => Number(alone.backend.requests.at(-1)?.headers['tokenfare-max-charge']);

    const step: ScriptedAnswer = {
      ...{ kind: 'stream', end: 'tool_calls', charged: 1_000 },
      deltas: [toolCallDelta('t1', 'list_files', {})],
    };

    beforeEach(async () => {
      tell({});
      await set(5);
      await eventually(() => assert.equal(room.status.budget?.left, 5_000));
    });

    afterEach(() => set());

    /** Answers the most that its call may cost. */
    async function asked(scripted: readonly ScriptedAnswer[], send: () => Promise<unknown>): Promise<number> {
      alone.backend.script(...scripted);
      const all = alone.backend.requests.length + scripted.length;
      await send();
      await eventually(() => assert.equal(alone.backend.requests.length, all));
      return cap();
    }

    it('by the others, and not by its own chat', async () => {
      let left = '';
      const first = await asked([hangs], async () => (left = await sendAndLeave('Slow')));
      assert.ok(first > 0 && first < 4_500, String(first));
      assert.deepEqual([room.status.budget?.left, room.composer.budgetLeft], [5_000 - first, 5_000 - first]);
      alone.backend.script({ ...done, charged: 0 });
      assert.deepEqual(await room.generations.send({ id: randomUUID(), text: 'Fast' }), { kind: 'accepted' });
      await room.generations.settled();
      assert.equal(cap(), 5_000 - first);
      await set((first + 400) / 1_000);
      await eventually(() => assert.equal(room.status.budget?.warning, 'setAside'));
      assert.deepEqual(await room.generations.send({ id: randomUUID(), text: 'More' }), { kind: 'overBudget' });
      await room.history.show(left);
      assert.equal(room.status.budget?.left, first + 400, 'its own is not set aside of what it may cost');
      room.generations.stop();
      await room.generations.settled();
      assert.notEqual(room.status.budget.warning, 'setAside');
    });

    it('also once a call of it is charged, until the account knows of that', async () => {
      let left = '';
      const second = await asked([step, hangs], async () => (left = await sendAndLeave('Two steps')));
      assert.equal(room.status.budget?.left, 5_000 - second - 1_000);
      await room.history.show(left);
      room.generations.stop();
      await room.generations.settled();
    });

    it('by another window too, and the most that its own hold may be is not counted with that', async () => {
      const send = () => room.generations.send({ id: randomUUID(), text: 'Slow' });
      tell({ held: 4_000 });
      await eventually(() => assert.deepEqual([room.status.budget?.left, room.composer.budgetLeft], [1_000, 1_000]));
      assert.equal(await asked([hangs], send), 1_000);
      tell({ held: 5_000 });
      await eventually(() => assert.equal(room.deps.connection.account?.balance.held, 5_000));
      assert.equal(room.status.budget?.left, 1_000);
      tell({ held: 5_600 });
      await eventually(() => assert.equal(room.status.budget?.left, 400));
      room.generations.stop();
      await room.generations.settled();
      tell({ held: 4_600 });
      await eventually(() => assert.equal(room.status.budget?.warning, 'setAside'));
      assert.deepEqual(await send(), { kind: 'overBudget' });
    });

    it('once it ended only what is charged, also while the account still tells of its hold', async () => {
      const most = await asked([step, hangs], () => room.generations.send({ id: randomUUID(), text: 'Two steps' }));
      tell({ held: most });
      await eventually(() => assert.equal(room.deps.connection.account?.balance.held, most));
      assert.equal(room.status.budget?.left, 5_000);
      room.generations.stop();
      await room.generations.settled();
      assert.equal(room.status.budget.left, 4_000);
    });

    it('but not for what takes its place', async () => {
      const first = await asked([hangs], () => room.generations.send({ id: randomUUID(), text: 'Slow' }));
      await set((first + 400) / 1_000);
      await eventually(() => assert.equal(room.status.budget?.left, first + 400));
      const message = room.session.state.thread.messages[0]?.id ?? '';
      room.session.dispatch({ kind: 'editing', message });
      alone.backend.script({ ...done, charged: 0 });
      assert.deepEqual(await sendFromPage(room, { id: randomUUID(), text: 'Slower' }), { kind: 'accepted' });
      await room.generations.settled();
      assert.equal(lastAnswer().state, 'done');
    });

    it('which is named where it is what stops an answer', async () => {
      for (const [perDay, budget] of [
        [5, null],
        [1.5, 1_500],
      ] as const) {
        await set(perDay);
        await eventually(() => assert.equal(room.status.budget?.left, perDay * 1_000));
        const most = await asked([hangs], () => room.generations.send({ id: randomUUID(), text: 'Slow' }));
        assert.deepEqual([room.status.running?.stopsAt, room.status.running?.budget], [most, budget]);
        room.generations.stop();
        await room.generations.settled();
      }
    });

    it('as it was when a message was judged, where it is not known any more while that starts', async () => {
      const { connection } = room.deps;
      const stayUnknown = (): void => {
        if (connection.account !== null) connection.restart();
      };
      const listening: vscode.Disposable[] = [];
      const unlisten = room.session.onDidChangeAny((_before, _state, { kind }) => {
        if (kind === 'sent') listening.push(connection.onDidChange(stayUnknown));
        if (kind === 'sent') stayUnknown();
      });
      await set(1.5);
      await eventually(() => assert.equal(room.status.budget?.left, 1_500));
      const send = () => room.generations.send({ id: randomUUID(), text: 'Now' });
      const most = await asked([{ ...done, charged: 0 }], send).finally(() => {
        unlisten();
        vscode.Disposable.from(...listening).dispose();
      });
      assert.equal(most, 1_500);
      await room.generations.settled();
    });
  });

  it('leaves the chat that is shown free to be used meanwhile', async () => {
    alone.backend.script(hangs);
    const asked = alone.backend.requests.length;
    const left = await sendAndLeave('Slow');
    await eventually(() => assert.equal(alone.backend.requests.length, asked + 1));
    alone.backend.script(done);
    assert.deepEqual(await room.generations.send({ id: randomUUID(), text: 'Fast' }), { kind: 'accepted' });
    await room.generations.settled();
    assert.equal(lastAnswer().state, 'done');
    assert.ok(room.session.find(left)?.isRunning);
    const { spent = 0, usedBefore } = room.status.live ?? {};
    assert.ok(spent > 300, 'the balance is without what both have spent');
    assert.equal(usedBefore, room.deps.liveSpend.current?.usedBefore);
    await room.history.show(left);
    assert.equal(lastAnswer().state, 'streaming');
    assert.equal(room.status.running?.generation, lastAnswer().id);
    room.generations.stop();
    await room.generations.settled();
    assert.equal(lastAnswer().state, 'stopped');
    assert.deepEqual([room.status.running, room.status.live], [null, undefined]);
  });

  it('is renamed, and stopped when its chat is deleted', async () => {
    alone.backend.script(hangs);
    const left = await sendAndLeave('Slow');
    assert.equal(await room.history.rename(left, 'Another name'), 'done');
    assert.equal((await room.history.thread(left))?.title, 'Another name');
    assert.equal(await room.history.delete(left), 'done');
    assert.equal(room.session.find(left), null);
    assert.equal(await room.history.thread(left), null);
  });

  it('is seen to when the next window starts, though its chat is not shown', async () => {
    alone.backend.script(hangs);
    const left = await sendAndLeave('Slow');
    await eventually(() => assert.match(JSON.stringify(room.session.find(left)?.state), /"Half"/));
    room.dispose();
    await room.session.close();
    room = await alone.open();
    await eventually(async () => {
      const last = (await room.history.thread(left))?.messages.at(-1);
      assert.equal(last?.role === 'assistant' && last.state, 'interrupted');
    });
    await eventually(() => assert.equal(room.session.find(left), null, 'any window may have it now'));
    assert.notEqual(room.session.state.thread.session, left);
  });

  it('goes on to its end when the next window starts, though its chat is not shown', async () => {
    alone.backend.script(hangs);
    const asked = alone.backend.requests.length;
    const left = await sendAndLeave('Long');
    await eventually(() => assert.equal(alone.backend.requests.length, asked + 1));
    await eventually(() => assert.match(JSON.stringify(room.session.find(left)?.state), /"Half"/));
    room.dispose();
    await room.session.close();
    const key = String(alone.backend.requests.at(-1)?.headers['idempotency-key']);
    const write = toolCallDelta('t1', 'write_file', { path: 'made.txt', content: 'resumed\n' });
    alone.backend.kept.set(key, {
      key,
      answer: { kind: 'stream', deltas: [write], end: 'tool_calls', charged: 200 },
    });
    alone.backend.script(done);
    const heard: string[] = [];
    room = await alone.open();
    const unlisten = room.session.onDidChangeAny((_before, { thread }, { kind }) => {
      if (kind === 'ended') heard.push(thread.session);
    });
    await eventually(async () => {
      const last = (await room.history.thread(left))?.messages.at(-1);
      assert.ok(last?.role === 'assistant');
      assert.deepEqual([last.state, last.changes.length, last.receipt?.charged], ['done', 1, 500]);
    });
    unlisten();
    assert.deepEqual(heard, [left]);
    assert.equal(readFileSync(path.join(folder, 'made.txt'), 'utf8'), 'resumed\n');
    assert.notEqual(room.session.state.thread.session, left);
    assert.equal(room.status.running, null);
    await eventually(() => assert.equal(room.session.find(left), null));
  });
});
