import { html, nothing, type TemplateResult } from 'lit';
import type { Composer } from '../../src/protocol/chat.ts';
import { button } from '../components/button.ts';
import { icon } from '../components/icon.ts';
import { iconButton } from '../components/iconButton.ts';
import type { Ask } from './ask.ts';
import { batchWords } from './batchWords.ts';
import type { SendState } from './sendState.ts';
import { waitingWords } from './waitingWords.ts';
import { words } from './words.ts';

/**
 * Send, or Stop while an answer runs, beside a way to let a draft wait for its end. With less than the usual price left
 * the button says what sending means.
 */
export function sendView(
  state: SendState & { readonly hasText: boolean },
  busy: boolean,
  send: () => void,
  stop: () => void,
): TemplateResult {
  if (state.kind === 'running')
    return html`<span class="send running"
      >${state.hasText ? iconButton('arrow-up', waitingWords.sendLater, send) : nothing}${button(words.stop, stop)}</span
    >`;
  const label = state.kind === 'mayStop' ? words.sendAnyway : words.send;
  const disabled = busy || !['ready', 'here', 'mayStop'].includes(state.kind);
  return button(label, send, { primary: true, disabled, className: 'send' });
}

/** Collects the draft instead of sending it. Always there, so that nothing moves when a draft begins. */
export function batchButton(disabled: boolean, add: () => void): TemplateResult {
  return html`<button
    type="button"
    class="icon-button"
    aria-label=${batchWords.add}
    title=${batchWords.addHint}
    ?disabled=${disabled}
    @click=${add}
  >
    ${icon('layers')}
  </button>`;
}

/** The switch between asking and letting files be written. */
export function modeView({ mode }: Composer, ask: Ask): TemplateResult {
  const option = (value: Composer['mode'], label: string, hint: string): TemplateResult =>
    html`<label title=${hint}
      ><input
        type="radio"
        name="mode"
        .checked=${value === mode}
        @change=${() => {
          ask((extension) => extension.setMode(value));
        }}
      /><span>${label}</span></label
    >`;
  return html`<fieldset class="mode">
    <legend class="sr-only">${words.mode}</legend>
    ${option('ask', words.ask, words.askHint)}${option('agent', words.agent, words.agentHint)}
  </fieldset>`;
}

/** The model's name, once it is known; a press chooses another. */
export function modelView({ model }: Composer, ask: Ask): TemplateResult | typeof nothing {
  if (model.name === '') return nothing;
  const label = words.model(model.name, model.multiplier);
  return html`<button
    type="button"
    class="model"
    title=${label}
    aria-label=${label}
    @click=${() => {
      ask((extension) => extension.chooseModel());
    }}
  >
    <span>${model.name}</span>${icon('chevron-down')}
  </button>`;
}
