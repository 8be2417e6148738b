import { beforeEdit } from './editReducer.ts';
import { messageContext } from './messageContext.ts';
import type { ChatSession } from './chatSession.ts';
import type { WorkspaceAccess } from './tools/toolFiles.ts';

/** What would go along with a message now, in model tokens, so that the composer can price a draft by itself. */
export class ContextWeight {
  readonly #session: ChatSession;
  readonly #changed: () => void;
  contextTokens = 0;
  historyTokens = 0;
  access: WorkspaceAccess = 'open';

  constructor(session: ChatSession, changed: () => void) {
    this.#session = session;
    this.#changed = changed;
  }

  /** Reads it anew. */
  async refresh(): Promise<void> {
    const { contextTokens, historyTokens, access } = await messageContext(beforeEdit(this.#session.state), '');
    const same = contextTokens === this.contextTokens && historyTokens === this.historyTokens;
    if (same && access === this.access) return;
    this.contextTokens = contextTokens;
    this.historyTokens = historyTokens;
    this.access = access;
    this.#changed();
  }
}
