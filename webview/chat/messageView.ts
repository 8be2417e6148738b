import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../src/protocol/chat.ts';
import type { RollbackPreview } from '../../src/protocol/rollbackPreview.ts';
import { iconButton } from '../components/iconButton.ts';
import { LightElement } from '../components/lightElement.ts';
import { answerView } from './answerView.ts';
import type { Ask } from './ask.ts';
import { editWords } from './editWords.ts';
import { localEditView } from './localEditView.ts';
import { messageWords } from './messageWords.ts';
import type { RollbackView } from './rollbackView.ts';
import { textDirection } from './textDirection.ts';
import { words } from './words.ts';

/** One message. It renders anew only when its own message object, or the dry run under it, is another one. */
export class MessageView extends LightElement {
  static override properties = {
    message: { attribute: false },
    preview: { attribute: false },
    isLast: { attribute: false },
    ask: { attribute: false },
  };
  declare message: Message;
  declare preview: RollbackPreview | null;
  declare isLast: boolean;
  declare ask: Ask;

  constructor() {
    super();
    this.preview = null;
    this.isLast = false;
  }

  protected override render(): TemplateResult {
    const rollback =
      this.preview === null
        ? nothing
        : html`<tokenfare-rollback
            .preview=${this.preview}
            .compareOf=${this.#compareOf}
            .ask=${this.ask}
          ></tokenfare-rollback>`;
    return html`${this.#content()}${rollback}`;
  }

  readonly #compareOf: RollbackView['compareOf'] = (path) => {
    const { message, ask } = this;
    if (message.role !== 'assistant' || !message.changes.some((file) => file.path === path)) return null;
    return () => {
      ask((extension) => extension.reviewChanges(message.id, path));
    };
  };

  #content(): TemplateResult {
    switch (this.message.role) {
      case 'user':
        return userView(this.message, this.ask);
      case 'assistant':
        return answerView(this.message, this.ask, this.isLast);
      case 'localEdit':
        return localEditView(this.message, this.ask);
    }
  }
}

function userView(message: Extract<Message, { role: 'user' }>, ask: Ask): TemplateResult {
  return html`<article class="message user ${message.rolledBack ? 'rolled-back' : ''}">
    <h2 class="sr-only">${words.you}</h2>
    ${
      message.attachments.length === 0
        ? nothing
        : html`<ul class="chips" aria-label=${words.attachments}>
            ${message.attachments.map((each) => html`<li class="chip">${each.label}</li>`)}
          </ul>`
    }
    <div class="prompt" dir=${textDirection(message.text)}>${message.text}</div>
    ${
      message.rolledBack
        ? html`<p class="aside">${messageWords.rolledBack}</p>`
        : iconButton('edit', editWords.edit, () => {
            ask((extension) => extension.editMessage(message.id));
          })
    }
  </article>`;
}
