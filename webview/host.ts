import { createBirpc } from 'birpc';
import { extensionCalls, pageCalls, type ExtensionCalls, type PageCalls } from '../src/protocol/chat.ts';
import { checkedAnswers, checkedCalls } from '../src/protocol/checkedCalls.ts';

/**
 * Connects a page with the extension: what the extension says is parsed before `page` hears it, what it answers is
 * parsed before the caller does. Calls wait for their answer without a limit: the extension may be asking the person
 * something.
 */
export function connectHost(editor: EditorApi, page: PageCalls): ExtensionCalls {
  const remote = createBirpc<ExtensionCalls, PageCalls>(checkedCalls(pageCalls, page), {
    post: (message: unknown) => {
      editor.postMessage(message);
    },
    on: (receive) => {
      window.addEventListener('message', (event: MessageEvent<unknown>) => {
        if (isCall(event.data)) receive(event.data);
      });
    },
    timeout: -1,
  });
  return checkedAnswers<ExtensionCalls>(extensionCalls, remote);
}

/** What VS Code gives to a page, once. */
export interface EditorApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** The editor posts messages of its own into pages; ours are birpc's questions and answers. */
function isCall(data: unknown): boolean {
  return typeof data === 'object' && data !== null && 't' in data && (data.t === 'q' || data.t === 's');
}
