import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { sendFromPage } from '../../src/extension/chat/sendFromPage.ts';
import { toolCallDelta, type ScriptedAnswer } from '../support/scriptedBackend.ts';
import { useChatRoomAlone } from '../support/useChatRoomAlone.ts';

const done: ScriptedAnswer = { kind: 'stream', deltas: [{ content: 'Done.' }], end: 'stop', charged: 300 };

describe('the chat in the editor', () => {
  const { alone, room, reopen, at, read, answer } = useChatRoomAlone(['made.txt', 'other.txt']);

  const writes = (args: object, tool = 'write_file'): ScriptedAnswer => {
    return { kind: 'stream', deltas: [toolCallDelta('t1', tool, args)], end: 'tool_calls', charged: 200 };
  };

  async function send(text: string): Promise<string> {
    assert.deepEqual(await room().generations.send({ id: randomUUID(), text }), { kind: 'accepted' });
    await room().generations.settled();
    const last = room().session.state.thread.messages.at(-1);
    assert.ok(last?.role === 'assistant');
    return last.id;
  }

  it('writes a file, shows it as changed, opens it and gives the receipt', async () => {
    alone.backend.script(writes({ path: 'made.txt', content: 'one\ntwo\n' }), done);
    const id = await send('Make it');
    assert.equal(read('made.txt'), 'one\ntwo\n');
    const { state, changes, changesState, receipt } = answer(id);
    assert.equal(state, 'done');
    assert.deepEqual(changes, [{ path: 'made.txt', kind: 'created', added: 2, removed: 0 }]);
    assert.equal(changesState, 'pending');
    assert.equal(receipt?.charged, 500);
    assert.equal(receipt.estimate?.kind !== undefined, true);
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    assert.deepEqual(tabs, ['made.txt']);
  });

  it('takes the same message once, and no other while one runs', async () => {
    alone.backend.script(done);
    const message = { id: randomUUID(), text: 'Once' };
    const answers = await Promise.all([
      room().generations.send(message),
      room().generations.send(message),
      room().generations.send({ id: randomUUID(), text: 'Other' }),
    ]);
    assert.deepEqual(
      answers.map(({ kind }) => kind),
      ['accepted', 'accepted', 'busy'],
    );
    await room().generations.settled();
    assert.equal(room().session.state.thread.messages.length, 2);
  });

  it('sends nothing when Stop or New Chat comes before the message is taken', async () => {
    const calls = alone.backend.requests.length;
    const taken = room().generations.send({ id: randomUUID(), text: 'Too late' });
    room().generations.stop();
    assert.deepEqual(await taken, { kind: 'notReady' });
    await room().generations.settled();
    assert.equal(alone.backend.requests.length, calls);
    assert.deepEqual(room().session.state.thread.messages, []);
  });

  it('refuses what is empty or over a megabyte before anything is sent', async () => {
    const before = alone.backend.requests.length;
    const text = 'é'.repeat(600_000);
    assert.deepEqual(await room().generations.send({ id: 'x', text: ' ' }), { kind: 'empty' });
    assert.deepEqual(await room().generations.send({ id: 'x', text }), {
      kind: 'tooLarge',
      bytes: 1_200_000,
      limit: 1_000_000,
    });
    assert.equal(alone.backend.requests.length, before);
  });

  it('edits an open document with unsaved text, and rolls back to exactly that text', async () => {
    writeFileSync(at('other.txt'), 'a\r\nb\r\n');
    const document = await vscode.workspace.openTextDocument(at('other.txt'));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'mine\r\n'));
    assert.ok(document.isDirty);
    alone.backend.script(writes({ path: 'other.txt', find: 'b', replace: 'B' }, 'edit_file'), done);
    const id = await send('Change b');
    assert.equal(read('other.txt'), 'mine\r\na\r\nB\r\n', JSON.stringify(answer(id).parts));
    assert.equal(document.isDirty, false);
    await room().rollBack({ generation: id, what: 'both', onConflict: 'stop' });
    assert.equal(read('other.txt'), 'mine\r\na\r\nb\r\n');
    assert.equal(room().session.state.draft, 'Change b');
  });

  it('rolls back and redoes files, messages and prompt; later edits of the person stay', async () => {
    writeFileSync(at('other.txt'), 'one\ntwo\nthree\nfour\nfive\n');
    alone.backend.script(
      writes({ path: 'other.txt', find: 'one', replace: 'ONE' }, 'edit_file'),
      writes({ path: 'made.txt', content: 'x' }),
      done,
    );
    const id = await send('Do both');
    writeFileSync(at('other.txt'), read('other.txt').replace('five', 'FIVE'));
    const preview = await room().rollbacks.preview(id);
    assert.deepEqual(preview?.files.map(({ path: name, kind, keepsLine }) => [name, kind, keepsLine]).sort(), [
      ['made.txt', 'deleted', undefined],
      ['other.txt', 'restored', 5],
    ]);
    await room().rollBack({ generation: id, what: 'both', onConflict: 'stop' });
    assert.equal(read('other.txt'), 'one\ntwo\nthree\nfour\nFIVE\n');
    assert.equal(existsSync(at('made.txt')), false);
    assert.equal(answer(id).changesState, 'rolledBack');
    assert.equal(room().session.state.draft, 'Do both');
    assert.ok(await room().redo());
    assert.equal(read('other.txt'), 'ONE\ntwo\nthree\nfour\nFIVE\n');
    assert.equal(read('made.txt'), 'x');
    assert.equal(answer(id).changesState, 'pending');
    assert.equal(room().session.state.draft, '');
  });

  it('shows a conflict instead of deciding it', async () => {
    writeFileSync(at('other.txt'), 'one\ntwo\n');
    alone.backend.script(writes({ path: 'other.txt', find: 'two', replace: 'TWO' }, 'edit_file'), done);
    const id = await send('Shout');
    writeFileSync(at('other.txt'), 'one\ntwo and a half\n');
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop' });
    assert.equal(read('other.txt'), 'one\ntwo and a half\n');
    assert.equal(room().status.preview?.files[0]?.conflictLine, 2);
    await room().rollBack({ generation: id, what: 'files', onConflict: 'old' });
    assert.equal(read('other.txt'), 'one\ntwo\n');
  });

  it('comes back after a reload: messages, draft, and an answer that was cut off, which can be rolled back', async () => {
    const cut = toolCallDelta('t1', 'write_file', { path: 'made.txt', content: 'half' });
    alone.backend.script(
      { kind: 'stream', deltas: [cut], end: 'tool_calls', charged: 200 },
      {
        kind: 'stream',
        deltas: [{ content: 'Still wri' }],
        end: 'hang',
      },
    );
    await room().generations.send({ id: randomUUID(), text: 'Long one' });
    while (!existsSync(at('made.txt')) || !JSON.stringify(room().session.state).includes('Still wri')) {
      await new Promise((resolve) => setImmediate(resolve));
    }
    room().saveDraft('next thing');
    await room().session.flush();
    // The window is gone: nobody sees the end of the answer.
    const crashed = room();
    await reopen();
    await room().generations.settled();
    const reloaded = room();
    const { thread, draft } = reloaded.session.state;
    assert.equal(draft, 'next thing');
    const interrupted = thread.messages.at(-1);
    assert.ok(interrupted?.role === 'assistant');
    assert.equal(interrupted.state, 'interrupted');
    assert.deepEqual(interrupted.changes, [{ path: 'made.txt', kind: 'created', added: 1, removed: 0 }]);
    await reloaded.rollBack({ generation: interrupted.id, what: 'files', onConflict: 'stop' });
    assert.equal(existsSync(at('made.txt')), false);
    crashed.generations.stop();
    await crashed.generations.settled();
  });

  it('sends nothing that could not be kept first, says so, and goes on at the press of Retry', async () => {
    await room().session.flush();
    const file = path.join(alone.storage, 'chat', 'sessions', `${room().session.state.thread.session}.json`);
    rmSync(file);
    mkdirSync(path.join(file, 'in-the-way'), { recursive: true });
    const before = alone.backend.requests.length;
    alone.backend.script(done);
    const id = await send('Hello');
    assert.equal(answer(id).state, 'failed');
    const { failure } = answer(id);
    assert.match(failure?.kind === 'other' ? failure.message : '', /nothing was sent/);
    assert.equal(alone.backend.requests.length, before);
    rmSync(file, { recursive: true });
    await room().generations.retry(id);
    await room().generations.settled();
    const last = room().session.state.thread.messages.at(-1);
    assert.equal(last?.role === 'assistant' && last.state, 'done');
    assert.equal(alone.backend.requests.length, before + 1);
  });

  it('does a free edit as one undo step, without a call, and rolls it back like a generation', async () => {
    const original = read('styles.css');
    const before = alone.backend.requests.length;
    const offer = await room().freeEdits.offer('Change header to blue');
    assert.equal(offer.kind, 'edit');
    await room().freeEdits.apply('Change header to blue', null);
    assert.notEqual(read('styles.css'), original);
    assert.equal(alone.backend.requests.length, before);
    assert.ok(alone.savings.total > 0);
    const document = await vscode.workspace.openTextDocument(at('styles.css'));
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), original);
    await vscode.commands.executeCommand('redo');
    await document.save();
    const edit = room().session.state.thread.messages.at(-1);
    assert.ok(edit?.role === 'localEdit');
    await room().rollBack({ generation: edit.id, what: 'files', onConflict: 'stop' });
    assert.equal(read('styles.css'), original);
    const now = room().session.state.thread.messages.at(-1);
    assert.equal(now?.role === 'localEdit' && now.rolledBack, true);
  });

  it('keeps the mode bits of a file that it writes', async () => {
    writeFileSync(at('other.txt'), 'x');
    chmodSync(at('other.txt'), 0o755);
    alone.backend.script(writes({ path: 'other.txt', content: 'y' }), done);
    await send('Rewrite');
    assert.equal(read('other.txt'), 'y');
    assert.equal(statSync(at('other.txt')).mode & 0o777, 0o755);
  });

  it('tells the model what lies in the workspace, and sends attachments before the message', async () => {
    await room().attach(vscode.Uri.file(at('styles.css')));
    alone.backend.script(done);
    await send('Explain');
    const sent = alone.backend.requests.at(-1)?.body.messages ?? [];
    assert.match(String(sent[0]?.content), /Workspace files:\n[^]*styles\.css/);
    assert.match(JSON.stringify(sent.at(-2)?.content), /File: styles\.css\\n```/);
    assert.deepEqual(sent.at(-1), { role: 'user', content: 'Explain' });
  });

  it('answers in Ask mode without any tool that writes', async () => {
    room().session.dispatch({ kind: 'change', change: { mode: 'ask' } });
    alone.backend.script(done);
    await send('What is this?');
    const tools = JSON.stringify(alone.backend.requests.at(-1)?.body.tools);
    assert.match(tools, /read_file/);
    assert.doesNotMatch(tools, /write_file/);
    room().session.dispatch({ kind: 'change', change: { mode: 'agent' } });
  });

  it('tells the model nothing of what a link leads to outside', async () => {
    const outside = mkdtempSync(path.join(tmpdir(), 'tokenfare-outside-'));
    writeFileSync(path.join(outside, 'private.txt'), 'mine');
    symlinkSync(outside, at('linked'));
    try {
      alone.backend.script(writes({ path: 'linked' }, 'list_files'), done);
      await send('What is there?');
      const told = JSON.stringify(alone.backend.requests.at(-1)?.body.messages.at(-1));
      assert.match(told, /No files/);
      assert.doesNotMatch(told, /private/);
    } finally {
      rmSync(at('linked'));
      rmSync(outside, { recursive: true });
    }
  });

  it('gives the prompt back after a refusal of the builder', async () => {
    alone.backend.script({ kind: 'stream', deltas: [{ refusal: 'No.' }], end: 'stop', charged: 0 });
    const id = await send('Think hard');
    assert.equal(answer(id).state, 'refused');
    assert.equal(answer(id).failure?.kind, 'needsModel');
    assert.equal(room().session.state.draft, 'Think hard');
  });

  it('rolls back what was done before a failed step, also when nothing was written after it', async () => {
    alone.backend.script(writes({ path: 'made.txt', content: 'x' }), {
      kind: 'error',
      status: 502,
      error: { code: 'upstream_failed' },
    });
    const id = await send('Two steps');
    alone.backend.script(done);
    await room().generations.retry(id);
    await room().generations.settled();
    assert.equal(answer(id).state, 'done');
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop' });
    assert.equal(existsSync(at('made.txt')), false);
  });

  it('goes on at the press of Continue after the model’s output limit', async () => {
    alone.backend.script(
      { kind: 'stream', deltas: [{ content: 'The first half' }], end: 'length', charged: 100 },
      done,
    );
    const id = await send('Write a lot');
    assert.equal(answer(id).state, 'cutOff');
    await room().generations.retry(id);
    await room().generations.settled();
    const sent = alone.backend.requests.at(-1)?.body.messages.slice(-2);
    assert.deepEqual(
      sent?.map(({ content }) => content),
      ['The first half', 'Continue.'],
    );
  });

  it('sends an earlier message again in other words, with the files rolled back to that point', async () => {
    alone.backend.script(done);
    await send('First');
    alone.backend.script(writes({ path: 'made.txt', content: 'x' }), done);
    await send('Second');
    alone.backend.script(writes({ path: 'other.txt', content: 'y' }), done);
    await send('Third');
    const [first] = room().session.state.thread.messages;
    room().saveDraft('for later');
    room().session.dispatch({ kind: 'editing', message: first?.id ?? '' });
    assert.deepEqual(room().composer.editing, { message: first?.id, later: 2, files: 2 });
    assert.equal(room().composer.draft, 'First');
    alone.backend.script(done);
    const sent = await sendFromPage(room(), { id: randomUUID(), text: 'First, but better', rollsBackFiles: true });
    assert.deepEqual(sent, { kind: 'accepted' });
    await room().generations.settled();
    assert.deepEqual([existsSync(at('made.txt')), existsSync(at('other.txt'))], [false, false]);
    const contents = alone.backend.requests
      .at(-1)
      ?.body.messages.slice(1)
      .map(({ content }) => content);
    assert.deepEqual(contents, ['First, but better']);
    assert.equal(room().session.state.draft, 'for later');
    const { banner } = room().status;
    assert.deepEqual(banner?.kind === 'rolledBack' && banner.promptRestored, false);
    assert.ok(await room().redo());
    assert.deepEqual([read('made.txt'), read('other.txt')], ['x', 'y']);
  });

  it('goes on after a failed step under the same generation', async () => {
    alone.backend.script(writes({ path: 'made.txt', content: 'x' }), {
      kind: 'error',
      status: 502,
      error: { code: 'upstream_failed' },
    });
    const id = await send('Two steps');
    assert.deepEqual(answer(id).failure, { kind: 'stepFailed', step: 2, charged: 200 });
    alone.backend.script(writes({ path: 'other.txt', content: 'y' }), done);
    const sent = alone.backend.requests.length;
    const twice = [room().generations.retry(id), room().generations.retry(id)];
    assert.deepEqual(await room().generations.send({ id: randomUUID(), text: 'Another' }), { kind: 'busy' });
    await Promise.all(twice);
    await room().generations.settled();
    assert.equal(answer(id).state, 'done');
    assert.equal(alone.backend.requests.length, sent + 2);
    assert.deepEqual(
      answer(id)
        .changes.map(({ path: name }) => name)
        .sort(),
      ['made.txt', 'other.txt'],
    );
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop' });
    assert.equal(existsSync(at('made.txt')), false);
    assert.equal(existsSync(at('other.txt')), false);
  });
});
