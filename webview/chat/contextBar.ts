import { html, nothing, type TemplateResult } from 'lit';
import { formatLimit } from '../../src/core/formatTokens.ts';
import { charge } from '../../src/core/rateCard.ts';
import { millitokens, type Millitokens } from '../../src/core/tokens.ts';
import type { Composer } from '../../src/protocol/chat.ts';
import { icon } from '../components/icon.ts';
import { iconButton } from '../components/iconButton.ts';
import { linkButton } from '../components/linkButton.ts';
import type { Ask } from './ask.ts';
import './context.css';
import { contextGauge, type ContextGauge } from './contextGauge.ts';
import { contextWords } from './contextWords.ts';
import { draftPrice } from './draftPrice.ts';
import { words } from './words.ts';

/** What goes along with the message, each with its weight and price; the open editor first, as a switch. */
export function chipsView(composer: Composer, ask: Ask): TemplateResult | typeof nothing {
  const { attachments, commandAttachments, openEditor } = composer;
  if (attachments.length + commandAttachments.length === 0 && openEditor === null) return nothing;
  return html`<ul class="chips" aria-label=${words.attachments}>
    ${openEditor === null ? nothing : openEditorView(openEditor, composer, ask)}
    ${attachments.map(
      ({ id, label, modelTokens }) =>
        html`<li class="chip" title=${hint(label, modelTokens, composer)}>
          <span class="chip-label">${label}</span>${weightView(modelTokens, composer)}
          ${iconButton('close', words.removeAttachment(label), () => {
            ask((extension) => extension.removeAttachment(id));
          })}
        </li>`,
    )}
    ${commandAttachments.map(
      ({ label, modelTokens }) =>
        html`<li class="chip" title=${hint(label, modelTokens, composer)}>
          <span class="chip-label">${label}</span>${weightView(modelTokens, composer)}
        </li>`,
    )}
  </ul>`;
}

/** How full the context window is, and with what: on hover, and at a press for who has no pointer. */
export function gaugeView(composer: Composer, draft: string, ask: Ask): TemplateResult | typeof nothing {
  const gauge = contextGauge(composer, draft);
  if (gauge === null) return nothing;
  const { used, window } = gauge;
  const parts = partsOf(gauge);
  return html`<span class="gauge" @keydown=${closeParts}>
    <meter
      min="0"
      max=${window}
      .value=${used}
      .high=${window * NEARLY_FULL}
      aria-label=${contextWords.gaugeLabel(used, window)}
      title=${parts.join('\n')}
    ></meter>
    <button type="button" class="link" popovertarget="context-parts" title=${parts.join('\n')}>
      ${contextWords.gauge(used, window)}
    </button>
    <ul id="context-parts" popover>
      ${parts.map((part) => html`<li>${part}</li>`)}
    </ul>
    ${compactView(composer, ask)}
  </span>`;
}

/** From here on answers may not fit any more. */
const NEARLY_FULL = 0.8;
/** Below this a summary costs more than it saves in the next messages. */
const WORTH_COMPACTING_MODEL_TOKENS = 4_000;

function openEditorView(open: NonNullable<Composer['openEditor']>, composer: Composer, ask: Ask): TemplateResult {
  const { label, modelTokens, isIncluded } = open;
  return html`<li class="chip open-editor ${isIncluded ? '' : 'off'}" title=${hint(label, modelTokens, composer)}>
    <button
      type="button"
      aria-pressed=${isIncluded}
      aria-label=${contextWords.includeOpen(label)}
      @click=${() => {
        ask((extension) => extension.includeOpenEditor(!isIncluded));
      }}
    >
      ${icon(isIncluded ? 'eye' : 'eye-closed')}<span class="chip-label">${label}</span></button
    >${weightView(modelTokens, composer)}
  </li>`;
}

function weightView(modelTokens: number, composer: Composer): TemplateResult | typeof nothing {
  const price = priceOf(modelTokens, composer);
  return price === null ? nothing : html`<span class="weight">${contextWords.weight(modelTokens, price)}</span>`;
}

function hint(label: string, modelTokens: number, composer: Composer): string {
  const price = priceOf(modelTokens, composer);
  return price === null ? label : contextWords.weightHint(label, modelTokens, price);
}

/** Null while no rate card is known: never 0 for that. */
function priceOf(contextTokens: number, { rateCard, model }: Composer): Millitokens | null {
  if (rateCard === null) return null;
  const usage = { promptTokens: 0, contextTokens, cachedTokens: 0, responseTokens: 0, firstCall: false };
  return millitokens(charge(usage, model.multiplier, rateCard).total);
}

function partsOf({ parts }: ContextGauge): string[] {
  const { fixed, history, attached, draft } = contextWords.parts;
  return [
    contextWords.gaugePart(fixed, parts.fixed),
    ...parts.own.map(({ label, modelTokens, isCut }) => {
      return contextWords.gaugePart(isCut ? contextWords.cut(label) : label, modelTokens);
    }),
    contextWords.gaugePart(history, parts.history),
    contextWords.gaugePart(attached, parts.attached),
    contextWords.gaugePart(draft, parts.draft),
  ];
}

/** Escape closes the list, and stops nothing. */
function closeParts(event: KeyboardEvent): void {
  const list = document.getElementById('context-parts');
  if (event.key === 'Escape' && list?.matches(':popover-open') === true) event.stopPropagation();
}

function compactView(composer: Composer, ask: Ask): TemplateResult | typeof nothing {
  if (composer.historyTokens < WORTH_COMPACTING_MODEL_TOKENS) return nothing;
  const price = draftPrice(composer, composer.compactPrompt);
  if (price === null) return nothing;
  return linkButton(
    contextWords.compact(formatLimit(price.likely)),
    () => {
      ask((extension) => extension.compact());
    },
    { title: contextWords.compactHint },
  );
}
