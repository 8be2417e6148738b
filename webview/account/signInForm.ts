import { html, nothing, type TemplateResult } from 'lit';
import { LightElement } from '../components/lightElement.ts';
import { button } from '../components/button.ts';
import { l10n } from '../l10n.ts';
import { AccountRefusal } from './accountRefusal.ts';
import type { PortalHost } from './portalHost.ts';
import { accountWords } from './accountWords.ts';

/** Signing in on the web: through the company or GitHub where that was set up, else with a key of the account. */
export class SignInForm extends LightElement {
  static override properties = { problem: { state: true } };
  declare portal: PortalHost;
  declare provider: 'oidc' | 'github' | null;
  /** Whether an editor waits for it, with a code of its own. */
  declare isForEditor: boolean;
  declare done: () => void;
  declare problem: string;

  constructor() {
    super();
    // A sign-in that failed at the company comes back with its error in the address.
    this.problem = new URLSearchParams(location.search).has('error') ? signInWords.failed : '';
  }

  protected override render(): TemplateResult {
    return html`<main class="account-page sign-in">
      <h1>${signInWords.title}</h1>
      ${this.isForEditor ? html`<p>${signInWords.forEditor}</p>` : nothing}
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      ${this.provider === null ? this.#key() : this.#elsewhere(this.provider)}
    </main>`;
  }

  #elsewhere(provider: 'oidc' | 'github'): TemplateResult {
    return html`<div class="actions">
      ${button(
        provider === 'oidc' ? signInWords.company : signInWords.gitHub,
        () => {
          this.#follow(this.portal.signInWith(provider), () => undefined);
        },
        { primary: true },
      )}
    </div>`;
  }

  #key(): TemplateResult {
    return html`<p>${signInWords.how}</p>
      <form class="actions" @submit=${this.#submit}>
        <label>${signInWords.key} <input name="key" type="password" required autocomplete="current-password" /></label>
        ${button(signInWords.signIn, () => this.querySelector('form')?.requestSubmit(), { primary: true })}
      </form>`;
  }

  readonly #submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const key = this.querySelector('input')?.value.trim() ?? '';
    this.#follow(this.portal.signIn(key), this.done);
  };

  #follow(attempt: Promise<void>, done: () => void): void {
    this.problem = '';
    attempt.then(done, (error: unknown) => {
      this.problem = problemOf(error);
    });
  }
}

const signInWords = {
  title: l10n('Tokenfare account'),
  forEditor: l10n('Sign in here first. Then you are asked about the code that your editor shows.'),
  how: l10n('Sign in with an API key of your account. It is kept by nobody; this browser gets a session for 30 days.'),
  company: l10n('Sign in with your company'),
  gitHub: l10n('Sign in with GitHub'),
  key: l10n('API key'),
  signIn: l10n('Sign in'),
  failed: l10n('The sign-in didn’t work. Try again, or ask whoever runs this server.'),
  refused: l10n('This key was refused.'),
};

function problemOf(error: unknown): string {
  if (!(error instanceof AccountRefusal)) return accountWords.failed(null);
  return error.code === 'unauthenticated' ? signInWords.refused : accountWords.failed(error);
}
