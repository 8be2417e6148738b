import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { compactChat } from '../../src/extension/chat/compactChat.ts';
import { pastedAttachment } from '../../src/extension/chat/pastedAttachment.ts';
import { sendFromPage } from '../../src/extension/chat/sendFromPage.ts';
import type { ScriptedAnswer } from '../support/scriptedBackend.ts';
import { useChatRoomAlone } from '../support/useChatRoomAlone.ts';

const done: ScriptedAnswer = { kind: 'stream', deltas: [{ content: 'Done.' }], end: 'stop', charged: 300 };
const cutOff: ScriptedAnswer = { kind: 'stream', deltas: [{ content: 'Half' }], end: 'length', charged: 300 };
const hangs: ScriptedAnswer = { kind: 'stream', deltas: [{ content: 'Half' }], end: 'hang' };

describe('what a person does while something else is on its way', () => {
  const { alone, room, at, read, generate } = useChatRoomAlone(['rb.txt', 'rb2.txt']);

  const note = () => pastedAttachment(randomUUID(), 'text', 'A note', 'note');
  const composed = () => {
    const { draft, attachments } = room().session.state;
    return [draft, ...attachments.map(({ label }) => label)];
  };
  const begin = async (text: string) => {
    assert.deepEqual(await room().generations.send({ id: randomUUID(), text }), { kind: 'accepted' });
  };

  it('keeps for the next message what is attached while one is being sent', async () => {
    alone.backend.script(done);
    const sent = begin('Hello');
    room().addAttachment(note());
    await sent;
    await room().generations.settled();
    assert.deepEqual(composed(), ['', 'note']);
  });

  it('keeps what stands in the composer at Continue, and at a summary', async () => {
    alone.backend.script(cutOff);
    await begin('Tell me much');
    await room().generations.settled();
    room().saveDraft('My next');
    room().addAttachment(note());
    alone.backend.script(done);
    await room().generations.retry(room().session.state.thread.messages.at(-1)?.id ?? '');
    await room().generations.settled();
    assert.equal(room().session.state.thread.messages.length, 4);
    assert.deepEqual(composed(), ['My next', 'note']);
    alone.backend.script(done);
    await compactChat(room());
    await room().generations.settled();
    assert.deepEqual(composed(), ['My next', 'note']);
  });

  it('puts a summary in its place, though it was asked for twice', async () => {
    await generate('Make it', { 'rb.txt': 'a\n' });
    alone.backend.script(done);
    const answers = await Promise.allSettled([compactChat(room()), compactChat(room())]);
    assert.deepEqual(
      answers.map(({ status }) => status),
      ['fulfilled', 'rejected'],
    );
    await room().generations.settled();
    const { thread, compactedAt } = room().session.state;
    assert.equal(compactedAt, thread.messages[2]?.id);
  });

  it('marks the chat that was rolled back or redone, though another is shown by then', async () => {
    const id = await generate('Make it', { 'rb.txt': 'a\n' });
    const { session } = room().session.state.thread;
    const isMarked = () => room().session.state.thread.messages.map((each) => each.role === 'user' && each.rolledBack);
    const undone = room().rollBack({ generation: id, what: 'both', onConflict: 'stop' });
    room().newChat();
    await undone;
    assert.equal(existsSync(at('rb.txt')), false);
    assert.deepEqual([room().session.state.draft, room().session.state.redo], ['', null]);
    await room().history.show(session);
    assert.deepEqual([isMarked(), room().session.state.draft], [[true, false], 'Make it']);
    const redone = room().redo();
    room().newChat();
    await redone;
    assert.equal(read('rb.txt'), 'a\n');
    await room().history.show(session);
    assert.deepEqual([isMarked(), room().session.state.redo], [[false, false], null]);
  });

  it('sends in the chat that was shown at Send, also what takes the place of an earlier message', async () => {
    await generate('First', { 'rb.txt': 'a\n' });
    const { session, messages } = room().session.state.thread;
    alone.backend.script(hangs);
    await begin('Second');
    room().session.dispatch({ kind: 'editing', message: messages[0]?.id ?? '' });
    alone.backend.script(done);
    const again = sendFromPage(room(), { id: randomUUID(), text: 'First, better', rollsBackFiles: true });
    room().newChat();
    assert.deepEqual(await again, { kind: 'accepted' });
    assert.equal(existsSync(at('rb.txt')), false);
    assert.deepEqual(room().session.state.thread.messages, []);
    await room().history.show(session);
    await room().generations.settled();
    alone.backend.script(done);
    const sent = sendFromPage(room(), { id: randomUUID(), text: 'Third' });
    room().newChat();
    assert.deepEqual(await sent, { kind: 'accepted' });
    await room().history.show(session);
    await room().generations.settled();
    const asked = room().session.state.thread.messages.filter((each) => each.role === 'user');
    assert.deepEqual(
      asked.map(({ text, rolledBack }) => [text, rolledBack]),
      [
        ['First', true],
        ['Second', true],
        ['First, better', false],
        ['Third', false],
      ],
    );
  });

  it('lets an answer go on while what an earlier chat did is rolled back', async () => {
    const id = await generate('Make it', { 'rb.txt': 'a\n' });
    room().newChat();
    alone.backend.script(hangs);
    await begin('Something else');
    await room().rollBack({ generation: id, what: 'files', onConflict: 'stop' });
    assert.equal(existsSync(at('rb.txt')), false);
    assert.equal(room().generations.isRunning, true);
    room().generations.stop();
    await room().generations.settled();
  });
});
