import { html, nothing, type TemplateResult } from 'lit';
import type { Composer } from '../../src/protocol/chat.ts';
import { iconButton } from '../components/iconButton.ts';
import type { Ask } from './ask.ts';
import { editWords } from './editWords.ts';

/** Above the text, while it is to take the place of an earlier message: what goes with that message, and a way out. */
export function editingView(
  editing: Composer['editing'],
  rollsBackFiles: boolean,
  choose: (rollsBackFiles: boolean) => void,
  ask: Ask,
): TemplateResult | typeof nothing {
  if (editing === null) return nothing;
  return html`<div class="editing" role="group" aria-label=${editWords.editing}>
    <span>${editWords.editing}${editing.later === 0 ? nothing : html` · ${editWords.later(editing.later)}`}</span>
    ${
      editing.files === 0
        ? nothing
        : html`<label
            ><input
              type="checkbox"
              .checked=${rollsBackFiles}
              @change=${(event: Event) => {
                choose(event.target instanceof HTMLInputElement && event.target.checked);
              }}
            />${editWords.rollBackFiles(editing.files)}</label
          >`
    }
    ${iconButton('close', editWords.cancel, () => {
      ask((extension) => extension.cancelEdit());
    })}
  </div>`;
}
