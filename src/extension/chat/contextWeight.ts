import type { Attachment } from './chatAttachment.ts';
import { commandAttachments } from './commandAttachments.ts';
import { attachedWith, openEditor } from './openEditor.ts';
import { beforeEdit } from './editReducer.ts';
import { FreshReading } from './freshReading.ts';
import type { OwnInstruction } from './ownInstructions.ts';
import { messageContext } from './messageContext.ts';
import type { ChatSession } from './chatSession.ts';
import type { WorkspaceAccess } from './tools/toolFiles.ts';

/** What would go along with a message now, in model tokens, so that the composer can price a draft by itself. */
export class ContextWeight {
  readonly #session: ChatSession;
  readonly #changed: () => void;
  readonly #reading = new FreshReading(() => this.#read());
  #known = '';
  #weights: ReadonlyMap<string, number> = new Map();
  contextTokens = 0;
  historyTokens = 0;
  /** What goes along because of the command that the draft begins with. */
  command: readonly Attachment[] = [];
  /** What the person and the project tell every model. */
  own: readonly OwnInstruction[] = [];
  /** The file that the person looks at. */
  open: Attachment | null = null;
  access: WorkspaceAccess = 'open';

  constructor(session: ChatSession, changed: () => void) {
    this.#session = session;
    this.#changed = changed;
  }

  /** Before it was read once nothing can be priced. */
  get isRead(): boolean {
    return this.#known !== '';
  }

  /** All that is attached: by the person, by the command, and the open editor. */
  get attachedTokens(): number {
    return [...this.#weights.values()].reduce((sum, weight) => sum + weight, 0);
  }

  /** What an attachment weighs now: what it was read as last, also if it is gone since. */
  of({ id, modelTokens }: Attachment): number {
    return this.#weights.get(id) ?? modelTokens;
  }

  /** Reads it anew. */
  refresh(): Promise<void> {
    return this.#reading.refresh();
  }

  async #read(): Promise<void> {
    const open = await openEditor();
    const state = beforeEdit(this.#session.state);
    const command = await commandAttachments(state.draft, state.attachments);
    const attachments = attachedWith([...state.attachments, ...command], open);
    const { contextTokens, historyTokens, access, own, weights } = await messageContext({ ...state, attachments }, '');
    const read = JSON.stringify({ contextTokens, historyTokens, access, own, weights: [...weights], open, command });
    if (read === this.#known) return;
    this.#known = read;
    this.contextTokens = contextTokens;
    this.historyTokens = historyTokens;
    this.open = open;
    this.command = command;
    this.own = own;
    this.access = access;
    this.#weights = weights;
    this.#changed();
  }
}
