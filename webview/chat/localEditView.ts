import { html, type TemplateResult } from 'lit';
import type { Message } from '../../src/protocol/chat.ts';
import { icon } from '../components/icon.ts';
import { linkButton } from '../components/linkButton.ts';
import type { Ask } from './ask.ts';
import { messageWords } from './messageWords.ts';
import { textDirection } from './textDirection.ts';
import { words } from './words.ts';

type LocalEdit = Extract<Message, { role: 'localEdit' }>;

/** "Changed styles.css line 12. 0 tokens. Undo works as usual." Each place opens its file. */
export function localEditView(message: LocalEdit, ask: Ask): TemplateResult {
  const { before, after } = messageWords.localEdit(message.places);
  const last = message.places.length - 1;
  return html`<article class="message user ${message.rolledBack ? 'rolled-back' : ''}">
      <h2 class="sr-only">${words.you}</h2>
      <div class="prompt" dir=${textDirection(message.prompt)}>${message.prompt}</div>
    </article>
    <article class="message local-edit">
      <h2 class="sr-only">${words.tokenfare}</h2>
      ${icon('check')}
      <p>
        ${before} ${message.places.map((place, index) => placeView(place, index === last ? '.' : ',', ask))} ${after}
        ${message.rolledBack ? html`<span class="aside">${messageWords.rolledBack}</span>` : rollBackButton(message, ask)}
      </p>
    </article>`;
}

/** `mark`: what stands behind it, on the same line. */
function placeView(place: LocalEdit['places'][number], mark: string, ask: Ask): TemplateResult {
  const open = linkButton(messageWords.place(place), () => {
    ask((extension) => extension.openFile(place));
  });
  return html`<span class="place">${open}${mark}</span> `;
}

function rollBackButton(message: LocalEdit, ask: Ask): TemplateResult {
  return linkButton(
    messageWords.rollBack,
    () => {
      ask((extension) => extension.previewRollback(message.id));
    },
    { className: 'roll-back' },
  );
}
