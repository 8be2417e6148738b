import { html, nothing, type TemplateResult } from 'lit';
import { planById } from '../../src/core/plans.ts';
import { planStanding } from '../../src/core/planStanding.ts';
import { shownBalance } from '../../src/core/shownBalance.ts';
import type { AccountBody } from '../../src/protocol/api.ts';
import { linkButton } from '../components/linkButton.ts';
import { accountWords } from './accountWords.ts';

/** Whose account it is, what is left with a bar, when it comes back, and what is scheduled. */
export function balanceView(body: AccountBody, acts: BalanceActs): TemplateResult {
  const { account, plan, balance, period, warning } = body;
  const left = shownBalance(balance, null);
  const planLine = planLines[planStanding(body)](plan.name);
  const percent = balance.allowance === 0 ? 0 : Math.floor((left * 100) / balance.allowance);
  return html`<section class="balance ${warning ?? 'fine'}" aria-label=${accountWords.left(left, balance)}>
    <p class="aside">${account.email} · ${planLine}</p>
    <p class="left">${accountWords.left(left, balance)}</p>
    <svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-ground" width="100" height="1"></rect>
      <rect class="bar-left" width=${percent} height="1"></rect>
    </svg>
    ${
      body.notice === undefined
        ? nothing
        : html`<p class="alert">
            ${accountWords.notice(body.notice)} ${linkButton(accountWords.support, acts.openSupport)}
          </p>`
    }
    ${warning === null ? nothing : html`<p class="alert">${accountWords.warning(warning)}</p>`}
    <p>${accountWords.resets(period.end)}</p>
    <p class="aside">
      ${accountWords.used(balance.used)}${balance.held > 0 ? html` · ${accountWords.setAside(balance.held)}` : nothing}
    </p>
    ${scheduledView(body, acts.callOff)}
  </section>`;
}

const planLines = {
  paid: accountWords.plan,
  owed: accountWords.plan,
  given: accountWords.givenPlan,
  practice: accountWords.practicePlan,
};

export interface BalanceActs {
  readonly callOff: () => void;
  readonly openSupport: () => void;
}

function scheduledView(body: AccountBody, callOff: () => void): TemplateResult | typeof nothing {
  const { plan, scheduledChange } = body;
  if (scheduledChange === null) return nothing;
  const { planId, at } = scheduledChange;
  return html`<p class="scheduled">
    ${accountWords.scheduled(planById(planId)?.name ?? planId, at)}
    ${planStanding(body) === 'practice' ? nothing : linkButton(accountWords.keep(plan.name), callOff)}
  </p>`;
}
