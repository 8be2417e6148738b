import { html, type TemplateResult } from 'lit';
import type { Decision } from '../../src/protocol/review.ts';
import { button } from '../components/button.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import { decided, undecidedPlaces, type Deciding, type Place } from './deciding.ts';
import { reviewWords } from './reviewWords.ts';

/** Where later edits overlap with an undo, place by place with the texts of both. Nothing is written before the end. */
export class DecidingView extends LightElement {
  static override properties = { deciding: { attribute: false } };
  declare deciding: Deciding;
  declare change: (deciding: Deciding) => void;
  declare undo: () => void;
  declare cancel: () => void;

  protected override firstUpdated(): void {
    this.querySelector<HTMLElement>('.deciding')?.focus();
  }

  protected override render(): TemplateResult {
    const left = undecidedPlaces(this.deciding);
    return html`<section class="deciding" role="group" tabindex="-1" aria-label=${reviewWords.decide}>
      <p class="alert">${reviewWords.decide}</p>
      <div class="deciding-places">
        ${this.deciding.files.map(
          ({ path, places }) =>
            html`<h2>${path}</h2>
              ${places.map((place, index) => this.#placeView(path, place, index))}`,
        )}
      </div>
      <div class="actions">
        ${button(reviewWords.decideUndo, this.undo, { primary: true, disabled: left > 0 })}
        ${linkButton(reviewWords.cancel, this.cancel)}
        <span class="aside">${left > 0 ? reviewWords.undecided(left) : ''}</span>
      </div>
    </section>`;
  }

  #placeView(path: string, place: Place, index: number): TemplateResult {
    const name = place.kind === 'file' ? reviewWords.wholeFile : reviewWords.overlap(place.line);
    const { mine, old } = place;
    // Where one side is empty, both together are the other one.
    const both = typeof mine === 'string' && typeof old === 'string' && mine !== '' && old !== '' ? [mine, old] : null;
    const choice = (value: Decision, label: string, texts: readonly Place['mine'][]): TemplateResult =>
      html`<label class="decision"
        ><span
          ><input
            type="radio"
            name="place ${index} of ${path}"
            .checked=${place.choice === value}
            @change=${() => {
              this.change(decided(this.deciding, path, index, value));
            }}
          />${label}</span
        >
        ${texts.map(textView)}</label
      >`;
    return html`<fieldset class="place-to-decide">
      <legend>${name}</legend>
      ${choice('mine', reviewWords.mine, [mine])} ${choice('old', reviewWords.old, [old])}
      ${both === null ? '' : choice('both', reviewWords.both, both)}
    </fieldset>`;
  }
}

function textView(text: Place['mine']): TemplateResult {
  if (typeof text !== 'string') return html`<span class="aside">${reviewWords.side(text)}</span>`;
  return text === '' ? html`<span class="aside">${reviewWords.emptyText}</span>` : html`<pre>${text}</pre>`;
}
