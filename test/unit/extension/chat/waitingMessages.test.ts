import assert from 'node:assert/strict';
import type { ChatSession } from '../../../../src/extension/chat/chatSession.ts';
import type { OutgoingMessage } from '../../../../src/extension/chat/generations.ts';
import type { OpenConversation } from '../../../../src/extension/chat/openConversation.ts';
import { WaitingMessages } from '../../../../src/extension/chat/waitingMessages.ts';
import type { SendAnswer } from '../../../../src/protocol/chat.ts';
import { MemoryFiles } from '../../../support/memoryFiles.ts';
import { openSession } from '../../../support/openSession.ts';
import { prompt } from '../../../support/chatSnapshots.ts';

/** Sends one message at a time in the one conversation, as the real one does; a test says when and how it ends. */
class FakeSender {
  readonly sent: OutgoingMessage[] = [];
  refusal: SendAnswer | null = null;
  #running: OpenConversation | null = null;
  #ended = Promise.withResolvers<undefined>();
  #letGo: () => void = () => undefined;

  isRunningIn(conversation: OpenConversation): boolean {
    return this.#running === conversation;
  }

  send(message: OutgoingMessage, conversation: OpenConversation): Promise<SendAnswer> {
    if (conversation.state.thread.messages.some(({ id }) => id === message.id))
      return Promise.resolve({ kind: 'accepted' });
    if (this.isRunningIn(conversation)) return Promise.resolve({ kind: 'busy' });
    if (this.refusal) return Promise.resolve(this.refusal);
    this.#running = conversation;
    this.#letGo = conversation.retain();
    this.#ended = Promise.withResolvers();
    this.sent.push(message);
    const generation = `g${String(this.sent.length)}`;
    conversation.dispatch({ kind: 'sent', message: prompt(message.id, message.text), generation });
    return Promise.resolve({ kind: 'accepted' });
  }

  async settled(conversation: OpenConversation): Promise<void> {
    if (this.isRunningIn(conversation)) await this.#ended.promise;
    // What nobody retains is closed by now.
    await turns(2);
  }

  async end(state: 'done' | 'stopped' | 'failed' | 'paused' | 'ranOut'): Promise<void> {
    const generation = `g${String(this.sent.length)}`;
    const conversation = this.#running;
    this.#running = null;
    conversation?.dispatch({ kind: 'ended', generation, state, failure: null, changes: [] });
    this.#ended.resolve(undefined);
    this.#letGo();
    await turns(4);
  }

  get texts(): string[] {
    return this.sent.map(({ text }) => text);
  }
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

describe('waiting messages', () => {
  let files: MemoryFiles;
  let session: ChatSession;
  let sender: FakeSender;
  let waiting: WaitingMessages;

  async function open(): Promise<void> {
    session = await openSession(files);
    sender = new FakeSender();
    waiting = new WaitingMessages(
      session,
      sender,
      () => 'b1',
      (error) => {
        throw error;
      },
    );
  }
  beforeEach(async () => {
    files = new MemoryFiles();
    await open();
    await waiting.send({ id: 'm1', text: 'first' });
  });
  afterEach(() => session.flush());

  const texts = () => session.state.waiting.messages.map((message) => message.texts.join(' + '));
  const lets = async (id: string, text: string) => {
    assert.deepEqual(await waiting.send({ id, text }), { kind: 'waits' });
  };

  it('go one after the other, each when the answer before it is done', async () => {
    await lets('m2', 'second');
    await lets('m3', 'third');
    assert.deepEqual(sender.texts, ['first']);
    await sender.end('done');
    assert.deepEqual(sender.texts, ['first', 'second']);
    assert.deepEqual(texts(), ['third']);
    await sender.end('done');
    assert.deepEqual(sender.texts, ['first', 'second', 'third']);
    await sender.end('done');
    assert.equal(sender.sent.length, 3);
  });

  for (const state of ['paused', 'failed', 'ranOut', 'stopped'] as const) {
    it(`stay when the answer ${state}, until the person sends them`, async () => {
      await lets('m2', 'second');
      await sender.end(state);
      assert.deepEqual(sender.texts, ['first']);
      assert.deepEqual(session.state.waiting.held, true);
      waiting.sendNow();
      await turns(4);
      assert.deepEqual(sender.texts, ['first', 'second']);
      assert.deepEqual(session.state.waiting, { held: false, messages: [] });
    });
  }

  it('stay after a reload, and are sent once', async () => {
    await lets('m2', 'second');
    await session.close();
    waiting.dispose();
    await open();
    assert.equal(session.state.waiting.held, true);
    assert.deepEqual(texts(), ['second']);
    waiting.sendNow();
    waiting.sendNow();
    await turns(4);
    await session.close();
    waiting.dispose();
    await open();
    waiting.sendNow();
    await turns(4);
    assert.deepEqual(sender.texts, [], 'what was sent before the reload is sent again');
  });

  it('are the same message under the same id', async () => {
    await lets('m2', 'second');
    await lets('m2', 'second');
    assert.deepEqual(texts(), ['second']);
    assert.deepEqual(await waiting.send({ id: 'm1', text: 'first' }), { kind: 'accepted' });
    assert.deepEqual(texts(), ['second']);
  });

  it('take the draft and its attachments with them, and leave those of the next draft', async () => {
    const place = { uri: 'file:///a.css', path: 'a.css', lines: null };
    const file = { id: 'a', kind: 'file' as const, label: 'a.css', modelTokens: 10, ...place };
    session.dispatch({ kind: 'attached', attachment: file });
    await lets('m2', 'second');
    assert.deepEqual(session.state.attachments, []);
    session.dispatch({ kind: 'attached', attachment: { ...file, id: 'b', label: 'b.css' } });
    session.dispatch({ kind: 'change', change: { draft: 'third' } });
    await sender.end('done');
    assert.deepEqual(sender.sent[1]?.attachments, [file]);
    assert.equal(session.state.draft, 'third');
    assert.deepEqual(
      session.state.attachments.map(({ label }) => label),
      ['b.css'],
    );
  });

  it('can be dropped, and put back into the composer before what was typed since', async () => {
    await lets('m2', 'second');
    await lets('m3', 'third');
    waiting.drop('m3');
    session.dispatch({ kind: 'change', change: { draft: 'fourth' } });
    waiting.takeBack('m2');
    assert.deepEqual(texts(), []);
    assert.equal(session.state.draft, 'second\n\nfourth');
    await sender.end('done');
    assert.equal(sender.sent.length, 1);
  });

  it('can be merged into one message that has each of them whole', async () => {
    await lets('m2', 'second');
    await lets('m3', 'third');
    waiting.merge();
    await lets('m4', 'fourth');
    waiting.merge();
    await sender.end('done');
    assert.deepEqual(sender.texts, ['first', '1. second\n2. third\n3. fourth']);
    assert.deepEqual(texts(), []);
  });

  it('stay and are held when they cannot be taken', async () => {
    await lets('m2', 'second');
    sender.refusal = { kind: 'notReady' };
    await sender.end('done');
    assert.equal(session.state.waiting.held, true);
    assert.deepEqual(texts(), ['second']);
  });

  it('stay in a chat that is left while it is being answered, and go when their turn comes', async () => {
    const { session: left } = session.state.thread;
    await lets('m2', 'second');
    await lets('m3', 'third');
    session.dispatch({ kind: 'newChat', session: 's2' });
    assert.deepEqual(texts(), []);
    await sender.end('done');
    assert.deepEqual(sender.texts, ['first', 'second']);
    await sender.end('done');
    assert.deepEqual(sender.texts, ['first', 'second', 'third']);
    await session.show(left);
    assert.deepEqual(session.state.waiting, { held: false, messages: [] });
    await sender.end('done');
    assert.deepEqual(session.state.thread.messages.map(({ role }) => role).filter((role) => role === 'user').length, 3);
  });

  it('are not held by a look into the chat in which they wait', async () => {
    const { session: left } = session.state.thread;
    await lets('m2', 'second');
    session.dispatch({ kind: 'newChat', session: 's2' });
    await session.show(left);
    assert.deepEqual([texts(), session.state.waiting.held], [['second'], false]);
    await sender.end('done');
    assert.deepEqual(sender.texts, ['first', 'second']);
  });

  it('stay in the chat whose answer they follow, held, where nothing is being answered', async () => {
    const { session: left } = session.state.thread;
    await lets('m2', 'second');
    await sender.end('stopped');
    session.dispatch({ kind: 'newChat', session: 's2' });
    assert.deepEqual(texts(), []);
    await session.show(left);
    assert.deepEqual([texts(), session.state.waiting.held], [['second'], true]);
  });

  it('do not wait if they could not be sent at all', async () => {
    assert.deepEqual(await waiting.send({ id: 'm2', text: ' ' }), { kind: 'empty' });
    assert.equal((await waiting.send({ id: 'm2', text: 'é'.repeat(600_000) })).kind, 'tooLarge');
    assert.deepEqual(texts(), []);
  });
});
