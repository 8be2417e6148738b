import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { button } from '../components/button.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import { spinner } from '../components/spinner.ts';
import type { AccountApi } from './accountApi.ts';
import { AccountRefusal } from './accountRefusal.ts';
import { accountWords } from './accountWords.ts';

/** One part of the account page: loads what it shows, again whenever `revision` rises, and says what went wrong. */
export abstract class AccountSection<Shown> extends LightElement {
  static override properties: PropertyDeclarations = {
    revision: { attribute: false },
    shown: { state: true },
    problem: { state: true },
    said: { state: true },
    asked: { state: true },
  };
  declare api: AccountApi;
  /** Raised whenever the account is another than before. */
  declare revision: number;
  declare shown: Shown | null;
  declare problem: string;
  declare said: string;
  /** What of this section the person is asked about before it is done; empty where nothing is. */
  declare asked: string;
  /** Calls that were overtaken by later ones are forgotten. */
  #loads = 0;
  /** Whether the last load failed. */
  #isUnloaded = false;

  constructor() {
    super();
    this.revision = 0;
    this.shown = null;
    this.problem = '';
    this.said = '';
    this.asked = '';
  }

  /** What stands over it. */
  protected abstract get heading(): string;
  /** Null leaves the section out. */
  protected abstract load(): Promise<Shown | null>;
  protected abstract content(shown: Shown): TemplateResult;

  /** Loads once more; what is shown stays until then. */
  protected async reload(): Promise<void> {
    this.#loads += 1;
    const load = this.#loads;
    try {
      const shown = await this.load();
      if (load !== this.#loads) return;
      [this.shown, this.hidden] = [shown, shown === null];
      if (this.#isUnloaded) this.problem = '';
      this.#isUnloaded = false;
    } catch (error) {
      if (load !== this.#loads) return;
      this.#isUnloaded = true;
      this.#fail(error);
    }
  }

  /** Loads what could not be loaded, once there is somebody to ask again. */
  loadAnew(): void {
    if (this.#isUnloaded) void this.reload();
  }

  /** Does something that was asked for, and says so if it fails. */
  protected async attempt(deed: () => Promise<unknown>): Promise<void> {
    [this.problem, this.said] = ['', ''];
    try {
      await deed();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Does something that changes what is shown. */
  protected act(deed: () => Promise<unknown>): Promise<void> {
    return this.attempt(async () => {
      await deed();
      await this.reload();
    });
  }

  /** A button for what can't be taken back: it asks first, in its own place. `id` is this section's name for it. */
  protected afterAsking({ id, press, title, question, deed }: AskedDeed): TemplateResult {
    if (this.asked !== id) return linkButton(press, () => void this.#ask(id), { title });
    const yes = (): void => {
      this.asked = '';
      void this.act(deed);
    };
    return html`<span class="asked" role="group" aria-label=${question}>
      <span>${question}</span> ${button(press, yes, { title })}
      ${linkButton(accountWords.keepIt, () => (this.asked = ''))}
    </span>`;
  }

  async #ask(id: string): Promise<void> {
    this.asked = id;
    await this.updateComplete;
    this.querySelector<HTMLElement>('.asked vscode-button')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('revision')) void this.reload();
  }

  protected override render(): TemplateResult {
    return html`<section aria-label=${this.heading}>
      <h2>${this.heading}</h2>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      ${this.shown === null ? this.#waiting() : this.content(this.shown)}
      <p class="said" role="status">${this.said}</p>
    </section>`;
  }

  #waiting(): TemplateResult | typeof nothing {
    return this.problem === '' ? html`<p class="aside">${spinner()} ${accountWords.loading}</p>` : nothing;
  }

  #fail(error: unknown): void {
    if (!(error instanceof AccountRefusal)) reportError(error);
    this.problem = accountWords.failed(error instanceof AccountRefusal ? error : null);
  }
}

interface AskedDeed {
  readonly id: string;
  /** The button's word, and what it means for those who hear it alone. */
  readonly press: string;
  readonly title: string;
  /** What would be lost. */
  readonly question: string;
  readonly deed: () => Promise<unknown>;
}
