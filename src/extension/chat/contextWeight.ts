import type { Attachment } from './chatAttachment.ts';
import { attachedWith, openEditor } from './openEditor.ts';
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
  attachedTokens = 0;
  /** The file that the person looks at. */
  open: Attachment | null = null;
  access: WorkspaceAccess = 'open';

  constructor(session: ChatSession, changed: () => void) {
    this.#session = session;
    this.#changed = changed;
  }

  /** Reads it anew. */
  async refresh(): Promise<void> {
    const open = await openEditor();
    const state = beforeEdit(this.#session.state);
    const attachments = attachedWith(state.attachments, open);
    const { contextTokens, historyTokens, access } = await messageContext({ ...state, attachments }, '');
    const attachedTokens = attachments.reduce((sum, { modelTokens }) => sum + modelTokens, 0);
    const same = contextTokens === this.contextTokens && historyTokens === this.historyTokens;
    if (same && access === this.access && open?.uri === this.open?.uri) return;
    this.contextTokens = contextTokens;
    this.historyTokens = historyTokens;
    this.attachedTokens = attachedTokens;
    this.open = open;
    this.access = access;
    this.#changed();
  }
}
