import { html, nothing, type TemplateResult } from 'lit';
import { LightElement } from '../components/lightElement.ts';
import { button } from '../components/button.ts';
import { l10n } from '../l10n.ts';
import { AccountRefusal } from './accountRefusal.ts';
import { accountWords } from './accountWords.ts';

/** Signing in on the web, with a key of the account. */
export class SignInForm extends LightElement {
  static override properties = { problem: { state: true } };
  /** Rejects with AccountRefusal. */
  declare signIn: (key: string) => Promise<void>;
  declare done: () => void;
  declare problem: string;

  constructor() {
    super();
    this.problem = '';
  }

  protected override render(): TemplateResult {
    return html`<main class="account-page sign-in">
      <h1>${signInWords.title}</h1>
      <p>${signInWords.how}</p>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      <form class="actions" @submit=${this.#submit}>
        <label>${signInWords.key} <input name="key" type="password" required autocomplete="current-password" /></label>
        ${button(signInWords.signIn, () => this.querySelector('form')?.requestSubmit(), { primary: true })}
      </form>
    </main>`;
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const key = this.querySelector('input')?.value.trim() ?? '';
    this.problem = '';
    this.signIn(key).then(this.done, (error: unknown) => {
      this.problem = problemOf(error);
    });
  };
}

const signInWords = {
  title: l10n('Tokenfare account'),
  how: l10n('Sign in with an API key of your account. It is kept by nobody; this browser gets a session for 30 days.'),
  key: l10n('API key'),
  signIn: l10n('Sign in'),
  refused: l10n('This key was refused.'),
};

function problemOf(error: unknown): string {
  if (!(error instanceof AccountRefusal)) return accountWords.failed(null);
  return error.code === 'unauthenticated' ? signInWords.refused : accountWords.failed(error);
}
