import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../components/button.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import { l10n } from '../l10n.ts';
import type { PortalHost } from './portalHost.ts';

/** Asks whoever is signed in here whether an editor may sign in as well, by the code that it shows. */
export class DeviceApproval extends LightElement {
  static override properties = { code: { attribute: false }, email: { attribute: false }, state: { state: true } };
  declare portal: PortalHost;
  declare code: string;
  /** Whose account the editor would get. */
  declare email: string;
  declare state: 'asking' | 'approved' | 'denied' | 'failed';

  constructor() {
    super();
    this.state = 'asking';
  }

  protected override render(): TemplateResult {
    return html`<main class="account-page sign-in">
      <h1>${deviceWords.title}</h1>
      <p role="status">${deviceWords.states[this.state]}</p>
      ${this.state === 'asking' ? this.#question() : nothing}
    </main>`;
  }

  #question(): TemplateResult {
    return html`<p class="device-code"><code>${this.code}</code></p>
      <p class="aside">
        ${deviceWords.as(this.email)} ${linkButton(deviceWords.other, () => void this.portal.signOut())}
      </p>
      <div class="actions">
        ${button(deviceWords.approve, () => void this.#decide('approve'), { primary: true })}
        ${button(deviceWords.deny, () => void this.#decide('deny'))}
      </div>`;
  }

  async #decide(decision: 'approve' | 'deny'): Promise<void> {
    const done = await this.portal.decideDevice(this.code, decision).catch(() => false);
    if (!done) this.state = 'failed';
    else this.state = decision === 'approve' ? 'approved' : 'denied';
  }
}

const deviceWords = {
  title: l10n('Sign your editor in'),
  as: (email: string): string => l10n('It will be signed in as {email}.', { email }),
  other: l10n('Use another account'),
  approve: l10n('Approve'),
  deny: l10n('Deny'),
  states: {
    asking: l10n('Approve only if your editor shows this very code.'),
    approved: l10n('Approved. Your editor goes on by itself, if it still waits. You can close this window.'),
    denied: l10n('Denied. Nothing was signed in. You can close this window.'),
    failed: l10n('This code is not valid any more. Start again in your editor.'),
  },
};
