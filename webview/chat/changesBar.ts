import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../src/protocol/chat.ts';
import { linkButton } from '../components/linkButton.ts';
import { lineCounts } from '../components/lineCounts.ts';
import type { Ask } from './ask.ts';
import { changeWords } from './changeWords.ts';
import { pendingChanges } from './pendingChanges.ts';

/** Above the composer: what the chat has changed that is not yet kept, to be decided as a whole. */
export function changesBar(messages: readonly Message[], ask: Ask): TemplateResult | typeof nothing {
  const pending = pendingChanges(messages);
  if (pending === null) return nothing;
  const { files, lines, last } = pending;
  const counts = lines === null ? changeWords.partlyUndone : lineCounts(lines);
  return html`<section class="changes-bar" aria-label=${changeWords.bar}>
    <span>${changeWords.files(files)}, ${counts}</span>
    ${linkButton(changeWords.keepAll, () => {
      ask((extension) => extension.keepAll());
    })}
    ${linkButton(
      changeWords.undoAll,
      () => {
        ask((extension) => extension.previewRollback(last, 'pending'));
      },
      { title: changeWords.undoAllHint },
    )}
    <button
      type="button"
      class="link"
      aria-label=${changeWords.reviewLabel}
      @click=${() => {
        ask((extension) => extension.reviewChanges(last));
      }}
    >
      ${changeWords.review}
    </button>
  </section>`;
}
