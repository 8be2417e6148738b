import { html, nothing, type TemplateResult } from 'lit';
import type { KeyBody, KeysBody, NewKeyBody } from '../../src/protocol/api.ts';
import { button } from '../components/button.ts';
import { linkButton } from '../components/linkButton.ts';
import { AccountSection } from './accountSection.ts';
import { accountWords } from './accountWords.ts';
import { keyWords } from './keyWords.ts';

/** The account's API keys: made here, shown once, revoked here. */
export class KeyList extends AccountSection<KeysBody> {
  static override properties = { made: { state: true }, address: { attribute: false } };
  /** Where other clients reach the backend. */
  declare address: string;
  declare copy: (text: string) => Promise<unknown>;
  /** The key that was just made; gone with the page. */
  declare made: NewKeyBody | null;

  constructor() {
    super();
    this.made = null;
  }

  protected override get heading(): string {
    return keyWords.title;
  }

  protected override load(): Promise<KeysBody> {
    return this.api.keys();
  }

  protected override content({ keys }: KeysBody): TemplateResult {
    return html`<p class="aside">${keyWords.what}</p>
      <p>
        ${keyWords.address} <code>${this.address}</code> ${linkButton(accountWords.copy, this.#copying(this.address))}
      </p>
      ${keys.length === 0 ? html`<p class="aside">${keyWords.none}</p>` : nothing}
      <ul class="rows-list">
        ${keys.map((key) => this.#row(key))}
      </ul>
      ${this.made === null ? nothing : this.#newKey(this.made)}
      <form class="actions" @submit=${this.#create}>
        <label>${keyWords.name} <input name="name" required maxlength="80" autocomplete="off" /></label>
        ${button(keyWords.create, () => this.querySelector('form')?.requestSubmit())}
      </form>`;
  }

  #row({ id, name, prefix, ...key }: KeyBody): TemplateResult {
    const revoke = async (): Promise<void> => {
      await this.api.revokeKey(id);
      if (this.made?.id === id) this.made = null;
      this.said = keyWords.revoked(name);
    };
    return html`<li>
      <span class="name">${name}</span> <code>${prefix}…</code>
      <span class="aside">${keyWords.used({ id, name, prefix, ...key })}</span>
      ${this.afterAsking({
        ...{ id, press: keyWords.revoke, title: keyWords.revokeLabel(name) },
        ...{ question: keyWords.revokeAsked(name), deed: revoke },
      })}
    </li>`;
  }

  #newKey({ key }: NewKeyBody): TemplateResult {
    return html`<div class="new-key" role="group" aria-label=${keyWords.newKey}>
      <p>${keyWords.shownOnce}</p>
      <p><code>${key}</code> ${linkButton(accountWords.copy, this.#copying(key))}</p>
    </div>`;
  }

  #copying(text: string): () => void {
    return () => void this.copy(text).then(() => (this.said = accountWords.copied));
  }

  readonly #create = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.currentTarget;
    if (!(form instanceof HTMLFormElement)) return;
    const name = new FormData(form).get('name');
    void this.act(async () => {
      this.made = await this.api.createKey(typeof name === 'string' ? name : '');
      form.reset();
    });
  };
}
