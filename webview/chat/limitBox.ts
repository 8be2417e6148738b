import { html, type TemplateResult } from 'lit';
import { MILLITOKENS_PER_TOKEN, millitokens, type Millitokens } from '../../src/core/tokens.ts';
import { button } from '../components/button.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import type { Ask } from './ask.ts';
import './limit.css';
import { limitWords } from './limitWords.ts';

/** The most that one message may cost, to be set or left to Tokenfare; the price above it opens it. */
export class LimitBox extends LightElement {
  static override properties = {
    stopsAt: { attribute: false },
    maxCharge: { attribute: false },
    ask: { attribute: false },
  };
  /** Where the draft stops now. */
  declare stopsAt: Millitokens;
  /** The person's own limit; null where there is none. */
  declare maxCharge: Millitokens | null;
  declare ask: Ask;

  protected override render(): TemplateResult {
    const { stopsAt, maxCharge } = this;
    return html`<form
      id="message-limit"
      popover
      aria-label=${limitWords.title}
      @submit=${this.#set}
      @keydown=${stopEscape}
      @toggle=${this.#opened}
    >
      <label
        >${limitWords.title}<input
          type="number"
          name="limit"
          required
          min=${LEAST_TOKENS}
          step="any"
          .value=${String((maxCharge ?? stopsAt) / MILLITOKENS_PER_TOKEN)}
      /></label>
      <p class="aside">${maxCharge === null ? limitWords.usual : limitWords.own}</p>
      <div class="actions">
        ${button(limitWords.set, () => this.querySelector('form')?.requestSubmit(), { primary: true })}
        ${linkButton(limitWords.leave, () => {
          this.#tell(null);
        })}
      </div>
    </form>`;
  }

  readonly #opened = (event: ToggleEvent): void => {
    if (event.newState === 'open') this.querySelector('input')?.select();
  };

  readonly #set = (event: SubmitEvent): void => {
    event.preventDefault();
    const tokens = this.querySelector('input')?.valueAsNumber ?? NaN;
    if (tokens >= LEAST_TOKENS) this.#tell(millitokens(Math.round(tokens * MILLITOKENS_PER_TOKEN)));
  };

  #tell(limit: Millitokens | null): void {
    this.querySelector('form')?.hidePopover();
    this.ask((extension) => extension.setMaxCharge(limit));
  }
}

/** As the setting has it: below this hardly a message gets an answer. */
const LEAST_TOKENS = 0.5;

/** Closes the box, and stops nothing. */
function stopEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape') event.stopPropagation();
}
