import { createBirpc } from 'birpc';
import { checkedAnswers, checkedCalls, type Calls } from '../src/protocol/checkedCalls.ts';

/**
 * Connects a page with the extension: what the extension says is parsed before `page` hears it, what it answers is
 * parsed before the caller does. Calls wait for their answer without a limit: the extension may be asking the person
 * something.
 */
export function connectHost<Extension extends object, Page extends object>(
  editor: EditorApi,
  page: Page,
  calls: { readonly extension: Calls<Extension>; readonly page: Calls<Page> },
): Extension {
  const remote = createBirpc<Extension, Page>(checkedCalls(calls.page, page), {
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
  return checkedAnswers<Extension>(calls.extension, remote);
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
