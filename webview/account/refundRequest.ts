import { html, nothing, type TemplateResult } from 'lit';
import type { RefundBody } from '../../src/protocol/api.ts';
import { button } from '../components/button.ts';
import { linkButton } from '../components/linkButton.ts';
import { AccountSection } from './accountSection.ts';
import { accountWords } from './accountWords.ts';

/** Whether a refund would be approved and why, before it is asked for; and how it stands once it was. */
export class RefundRequest extends AccountSection<RefundBody> {
  static override properties = { answer: { state: true } };
  declare openLink: (url: string) => Promise<unknown>;
  /** What came of asking. */
  declare answer: RefundBody | null;

  constructor() {
    super();
    this.answer = null;
  }

  protected override get heading(): string {
    return accountWords.refund;
  }

  protected override load(): Promise<RefundBody | null> {
    return this.api.refund();
  }

  protected override content(expected: RefundBody): TemplateResult {
    const asked = this.answer !== null;
    const refund = this.answer ?? expected;
    const status = (asked ? accountWords.refundNow : accountWords.refundWould)[refund.status];
    return html`<p>
        ${status} ${accountWords.refundReason(refund)}
        ${refund.money === null ? nothing : accountWords.refundOf(refund.money)}
        ${accountWords.refundEnds[refund.status]}
      </p>
      <div class="actions">
        ${
          asked || refund.status === 'refused'
            ? nothing
            : button(accountWords.requestRefund, () => void this.#request())
        }
        ${refund.supportUrl === undefined ? nothing : this.#support(refund.supportUrl)}
      </div>`;
  }

  #support(url: string): TemplateResult {
    return linkButton(accountWords.support, () => void this.openLink(url));
  }

  async #request(): Promise<void> {
    await this.act(async () => {
      this.answer = await this.api.requestRefund();
    });
  }
}
