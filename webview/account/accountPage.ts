import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { AccountHostCalls, AccountSetting } from '../../src/protocol/account.ts';
import type { AccountBody } from '../../src/protocol/api.ts';
import { LightElement } from '../components/lightElement.ts';
import { linkButton } from '../components/linkButton.ts';
import { spinner } from '../components/spinner.ts';
import type { AccountApi } from './accountApi.ts';
import { AccountRefusal } from './accountRefusal.ts';
import { AccountSection } from './accountSection.ts';
import { accountWords } from './accountWords.ts';
import { balanceView } from './balanceView.ts';
import { savingsView } from './savingsView.ts';

/** The whole account page; its sections load themselves, and once more whenever the account has changed. */
export class AccountPage extends LightElement {
  static override properties = {
    account: { attribute: false },
    setting: { attribute: false },
    problem: { attribute: false },
    said: { state: true },
  };
  declare api: AccountApi;
  declare host: AccountHostCalls;
  declare account: AccountBody | null;
  declare setting: AccountSetting | null;
  declare problem: string;
  declare said: string;
  #revision = 0;

  constructor() {
    super();
    this.account = null;
    this.setting = null;
    this.problem = '';
    this.said = '';
  }

  /**
   * The account as it stands now. What is told a second time, as when a line begins, loads nothing anew but what could
   * not be loaded before.
   */
  show(account: AccountBody): void {
    if (JSON.stringify(account) !== JSON.stringify(this.account)) this.#revision += 1;
    else for (const each of this.querySelectorAll('*')) if (each instanceof AccountSection) each.loadAnew();
    this.account = account;
    this.problem = '';
  }

  protected override render(): TemplateResult {
    return html`<main class="account-page">
      <header>
        <h1>${accountWords.title}</h1>
        <span class="spacer"></span>
        ${this.account === null ? nothing : linkButton(accountWords.support, this.#openSupport)}
        ${
          this.setting?.canSignOut === true ? linkButton(accountWords.signOut, () => void this.host.signOut()) : nothing
        }
      </header>
      ${this.problem === '' ? nothing : html`<p class="problem" role="alert">${this.problem}</p>`}
      ${this.account === null ? this.#waiting() : keyed(this.account.account.id, this.#sections(this.account))}
      <p class="sr-only" role="status">${this.said}</p>
    </main>`;
  }

  #waiting(): TemplateResult | typeof nothing {
    return this.problem === '' ? html`<p class="aside">${spinner()} ${accountWords.loading}</p>` : nothing;
  }

  #sections(account: AccountBody): TemplateResult {
    const { api, host } = this;
    const revision = this.#revision;
    const openLink = (url: string): Promise<unknown> => host.openLink(url);
    const callOff = (): void => void this.#callOff(account);
    return html`${balanceView(account, { callOff, openSupport: this.#openSupport })}
      <tokenfare-plans .api=${api} .account=${account} .openLink=${openLink} .revision=${revision}></tokenfare-plans>
      <tokenfare-refund .api=${api} .openLink=${openLink} .revision=${revision}></tokenfare-refund>
      <tokenfare-usage .api=${api} .period=${account.period} .revision=${revision}></tokenfare-usage>
      <tokenfare-receipts
        .api=${api}
        .saveFile=${(name: string, text: string) => host.saveFile(name, text)}
        .revision=${revision}
      ></tokenfare-receipts>
      ${this.setting === null ? nothing : savingsView(this.setting.savings)}
      <tokenfare-projects .api=${api} .entitlements=${account.entitlements} .revision=${revision}></tokenfare-projects>
      <tokenfare-publications
        .api=${api}
        .openApp=${(app: Linked) => host.openApp(app)}
        .revision=${revision}
      ></tokenfare-publications>
      <tokenfare-keys
        .api=${api}
        .address=${this.setting?.address ?? ''}
        .copy=${(text: string) => host.copy(text)}
        .revision=${revision}
      ></tokenfare-keys>`;
  }

  readonly #openSupport = (): void => void this.host.openLink(this.account?.supportUrl ?? '');

  async #callOff({ plan }: AccountBody): Promise<void> {
    try {
      await this.api.callOffChange();
      this.said = accountWords.calledOff(plan.name);
    } catch (error) {
      this.problem = accountWords.failed(error instanceof AccountRefusal ? error : null);
    }
  }
}

type Linked = Parameters<AccountHostCalls['openApp']>[0];
