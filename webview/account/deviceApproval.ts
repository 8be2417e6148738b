import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../components/button.ts';
import { LightElement } from '../components/lightElement.ts';
import { l10n } from '../l10n.ts';
import type { PortalHost } from './portalHost.ts';

/** Asks whoever is signed in here whether an editor may sign in as well, by the code that it shows. */
export class DeviceApproval extends LightElement {
  static override properties = { code: { attribute: false }, state: { state: true } };
  declare portal: PortalHost;
  declare code: string;
  declare state: 'asking' | 'approved' | 'denied' | 'failed';

  constructor() {
    super();
    this.state = 'asking';
  }

  protected override render(): TemplateResult {
    return html`<section class="account-page" aria-label=${deviceWords.title}>
      <h1>${deviceWords.title}</h1>
      <p role="status">${deviceWords.states[this.state]}</p>
      ${this.state === 'asking' ? this.#question() : nothing}
    </section>`;
  }

  #question(): TemplateResult {
    return html`<p class="device-code"><code>${this.code}</code></p>
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
  approve: l10n('Approve'),
  deny: l10n('Deny'),
  states: {
    asking: l10n('Approve only if your editor shows this very code.'),
    approved: l10n('Your editor is signed in. You can close this window.'),
    denied: l10n('Denied. Nothing was signed in.'),
    failed: l10n('This code is not valid any more. Start again in your editor.'),
  },
};
