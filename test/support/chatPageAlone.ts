import { FakeChatHost, type Snapshot } from './fakeChatHost.ts';
import { PageAlone, type OpenPage, type View } from './pageAlone.ts';

/** The chat page by itself in Chromium, on a fake extension. */
export class ChatPageAlone {
  readonly #page: PageAlone;

  private constructor(page: PageAlone) {
    this.#page = page;
  }

  static async start(): Promise<ChatPageAlone> {
    return new ChatPageAlone(await PageAlone.start('chat'));
  }

  /** What the script weighs, minified, in bytes. */
  get scriptBytes(): number {
    return this.#page.scriptBytes;
  }

  open(snapshot: Snapshot, view: View = {}): Promise<OpenChat> {
    return this.#page.open((post) => new FakeChatHost(snapshot, post), view);
  }

  stop(): Promise<void> {
    return this.#page.stop();
  }
}

export type OpenChat = OpenPage<FakeChatHost>;
export type { View };
