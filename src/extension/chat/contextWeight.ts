import type { Attachment } from './chatAttachment.ts';
import { commandAttachments } from './commandAttachments.ts';
import { attachedWith, openEditor } from './openEditor.ts';
import { beforeEdit } from './editReducer.ts';
import type { OwnInstruction } from './ownInstructions.ts';
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
  /** What goes along because of the command that the draft begins with. */
  command: readonly Attachment[] = [];
  /** What the person and the project tell every model. */
  own: readonly OwnInstruction[] = [];
  /** The file that the person looks at. */
  open: Attachment | null = null;
  access: WorkspaceAccess = 'open';
  /** Before it was read once nothing can be priced. */
  isRead = false;

  constructor(session: ChatSession, changed: () => void) {
    this.#session = session;
    this.#changed = changed;
  }

  /** Reads it anew. */
  async refresh(): Promise<void> {
    const open = await openEditor();
    const state = beforeEdit(this.#session.state);
    const command = await commandAttachments(state.draft, state.attachments);
    const attachments = attachedWith([...state.attachments, ...command], open);
    const { contextTokens, historyTokens, access, own } = await messageContext({ ...state, attachments }, '');
    const attachedTokens = attachments.reduce((sum, { modelTokens }) => sum + modelTokens, 0);
    const same = contextTokens === this.contextTokens && historyTokens === this.historyTokens;
    const sameCommand = labelsOf(command) === labelsOf(this.command);
    if (this.isRead && same && sameCommand && access === this.access && open?.uri === this.open?.uri) return;
    this.isRead = true;
    this.contextTokens = contextTokens;
    this.historyTokens = historyTokens;
    this.attachedTokens = attachedTokens;
    this.open = open;
    this.command = command;
    this.own = own;
    this.access = access;
    this.#changed();
  }
}

function labelsOf(attachments: readonly Attachment[]): string {
  return attachments.map(({ label }) => label).join('\n');
}
