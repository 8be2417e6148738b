import { createBirpc } from 'birpc';
import {
  extensionCalls,
  pageCalls,
  type Composer,
  type ExtensionCalls,
  type FileDiff,
  type PageCalls,
  type SendAnswer,
  type Status,
  type Thread,
} from '../../src/protocol/chat.ts';
import type { FreeEditAnswer, FreeEditOffer } from '../../src/protocol/freeEdit.ts';
import type { Mention } from '../../src/protocol/mention.ts';
import { checkedCalls } from '../../src/protocol/checkedCalls.ts';

/** The extension's side of the chat page: answers as told, remembers what was asked, says what a test says. */
export class FakeChatHost {
  readonly asked: { name: keyof ExtensionCalls; args: unknown[] }[] = [];
  snapshot: Snapshot;
  sendAnswer: SendAnswer | Promise<SendAnswer> = { kind: 'accepted' };
  offer: (text: string) => FreeEditOffer | Promise<FreeEditOffer> = () => ({ kind: 'none' });
  freeEdit: FreeEditAnswer = { kind: 'done' };
  /** Whether the person takes a free edit that they are shown first. */
  taken = true;
  mentions: (query: string) => Mention[] = () => [];
  diff: (path: string) => FileDiff = () => ({ kind: 'gone' });
  /** Calls that fail, as with a fault in the extension. */
  readonly broken = new Set<keyof ExtensionCalls>();
  readonly page: PageCalls;
  #receive: (message: unknown) => void = () => undefined;

  constructor(snapshot: Snapshot, post: (message: unknown) => Promise<void>) {
    this.snapshot = snapshot;
    const remote = createBirpc<PageCalls, ExtensionCalls>(checkedCalls(extensionCalls, this.#calls()), {
      post,
      on: (receive) => {
        this.#receive = receive;
      },
      eventNames: Object.keys(pageCalls) as (keyof PageCalls)[],
    });
    this.page = remote;
  }

  /** Hears what the page posted. */
  hear(message: unknown): void {
    this.#receive(message);
  }

  /** The arguments of every call of one name so far. */
  callsOf(name: keyof ExtensionCalls): unknown[][] {
    return this.asked.filter((call) => call.name === name).map((call) => call.args);
  }

  status(status: Status): void {
    this.snapshot = { ...this.snapshot, status };
    this.page.status(status);
  }

  composer(composer: Composer): void {
    this.snapshot = { ...this.snapshot, composer };
    this.page.composer(composer);
  }

  thread(thread: Thread): void {
    this.snapshot = { ...this.snapshot, thread };
    this.page.thread(thread);
  }

  #calls(): ExtensionCalls {
    const quiet = Object.fromEntries(
      (Object.keys(extensionCalls) as (keyof ExtensionCalls)[]).map((name) => [name, () => Promise.resolve(null)]),
    ) as unknown as ExtensionCalls;
    const calls: ExtensionCalls = {
      ...quiet,
      ready: () => Promise.resolve(this.snapshot),
      send: async () => this.sendAnswer,
      saveDraft: (draft) => {
        this.snapshot = { ...this.snapshot, composer: { ...this.snapshot.composer, draft } };
        return Promise.resolve(null);
      },
      planFreeEdit: async (text) => this.offer(text),
      freeEdit: () => Promise.resolve(this.freeEdit),
      revealCandidate: () => Promise.resolve(),
      applyFreeEdit: () => Promise.resolve(this.taken),
      findMentions: (query) => Promise.resolve(this.mentions(query)),
      fileDiff: (_, path) => Promise.resolve(this.diff(path)),
    };
    return new Proxy(calls, {
      get: (target, name: keyof ExtensionCalls) =>
        this.#recorded(name, target[name] as (...args: unknown[]) => unknown),
    });
  }

  #recorded(name: keyof ExtensionCalls, call: (...args: unknown[]) => unknown): (...args: unknown[]) => unknown {
    return (...args) => {
      this.asked.push({ name, args });
      if (this.broken.has(name)) throw new Error('a fault in the extension');
      return call(...args);
    };
  }
}

export interface Snapshot {
  readonly thread: Thread;
  readonly status: Status;
  readonly composer: Composer;
}
