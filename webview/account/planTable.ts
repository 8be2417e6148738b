import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { planChange } from '../../src/core/planChange.ts';
import { planById, type Plan } from '../../src/core/plans.ts';
import { planStanding } from '../../src/core/planStanding.ts';
import type { AccountBody, PlansBody } from '../../src/protocol/api.ts';
import { button } from '../components/button.ts';
import { linkButton } from '../components/linkButton.ts';
import { AccountSection } from './accountSection.ts';
import { planWords } from './planWords.ts';

/** The plans, with what each costs and gives, and what choosing it does to this account. */
export class PlanTable extends AccountSection<PlansBody> {
  static override properties = { account: { attribute: false } };
  declare account: AccountBody;
  declare openLink: (url: string) => Promise<unknown>;

  get #isBudget(): boolean {
    return this.account.setsOwnBudget === true;
  }

  /** Nothing has been paid for this plan that counts: what is owed, or what a practice card paid, can be paid now. */
  get #isUnpaid(): boolean {
    return ['owed', 'practice'].includes(planStanding(this.account));
  }

  get #current(): string {
    return planStanding(this.account) === 'given' ? planWords.given : planWords.current;
  }

  protected override get heading(): string {
    return this.#isBudget ? planWords.budget : planWords.title;
  }

  protected override load(): Promise<PlansBody> {
    return this.api.plans();
  }

  /** What was waited for has come. */
  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    const before = changed.get('account')?.plan.id;
    if (before !== undefined && before !== this.account.plan.id) this.said = planWords.changed(this.account.plan.name);
  }

  protected override content({ plans }: PlansBody): TemplateResult {
    const current = planById(this.account.plan.id);
    return html`<table class="plans">
        <thead>
          <tr>
            ${[planWords.plan, planWords.allowance, planWords.price, planWords.gets, planWords.change].map(
              (name) => html`<th scope="col">${name}</th>`,
            )}
          </tr>
        </thead>
        <tbody>
          ${plans.map((offered) => {
            const plan = planById(offered.id);
            return plan === undefined || current === undefined ? nothing : this.#row(plan, current, offered);
          })}
        </tbody>
      </table>
      <p class="aside">${this.#isBudget ? planWords.budgetFooter : planWords.footer}</p>
      ${this.#isBudget ? nothing : linkButton(planWords.billing, () => void this.#showBilling())}`;
  }

  #showBilling(): Promise<void> {
    return this.attempt(async () => {
      const url = await this.api.billing();
      if (url === null) this.said = planWords.noBilling;
      else await this.openLink(url);
    });
  }

  #row(plan: Plan, current: Plan, offered: PlansBody['plans'][number]): TemplateResult {
    const isCurrent = plan.id === current.id;
    return html`<tr class=${isCurrent ? 'current' : ''}>
      <th scope="row">${plan.name}</th>
      <td class="number">${planWords.allowanceOf(plan)}</td>
      <td class="number">${this.#isBudget ? planWords.noPrice : planWords.priceOf(plan)}</td>
      <td>${planWords.getsOf(this.#isBudget ? { ...offered.entitlements, projects: null } : offered.entitlements)}</td>
      <td class="change">${isCurrent && !this.#isUnpaid ? this.#current : this.#change(plan, current)}</td>
    </tr>`;
  }

  #change(plan: Plan, current: Plan): TemplateResult {
    if (this.#isBudget) {
      return html`${this.#button(planWords.setBudget, plan)} <span class="aside">${planWords.atOnce}</span>`;
    }
    const { scheduledChange } = this.account;
    if (scheduledChange?.planId === plan.id) return html`${planWords.scheduled(plan.name, scheduledChange.at)}`;
    return html`${this.#button(this.#pressOf(plan, current), plan)}
      <span class="aside">${planWords.detail(current, plan, this.account, new Date())}</span>`;
  }

  #pressOf(plan: Plan, current: Plan): string {
    const { kind } = planChange(current, plan, planStanding(this.account));
    if (kind === 'downgrade') return plan.price.amount === 0 ? planWords.cancel : planWords.downgrade;
    return kind !== 'renewal' && plan.price.amount > current.price.amount ? planWords.upgrade : planWords.pay;
  }

  #button(press: string, plan: Plan): TemplateResult {
    return button(press, () => void this.#choose(plan), { title: planWords.press(press, plan.name) });
  }

  async #choose({ id, name }: Plan): Promise<void> {
    await this.act(async () => {
      const answer = await (this.#isBudget ? this.api.setBudget(id) : this.api.choosePlan(id));
      switch (answer.kind) {
        case 'checkout':
          await this.openLink(answer.url);
          this.said = planWords.paying(name);
          break;
        case 'scheduled':
          this.said = planWords.scheduled(name, answer.at);
          break;
        case 'changed':
          this.said = planWords.changed(name);
      }
    });
  }
}
