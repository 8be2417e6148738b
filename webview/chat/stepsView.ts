import { html, nothing, type TemplateResult } from 'lit';
import { icon } from '../components/icon.ts';
import { spinner } from '../components/spinner.ts';
import { messageWords } from './messageWords.ts';
import type { Step } from './partGroups.ts';

/** What the model did, as it happens; one closed line once it is done. `live`: more may come. */
export function stepsView(steps: readonly Step[], live: boolean): TemplateResult {
  const failed = steps.filter((step) => step.state === 'failed').length;
  const current = steps.findLast((step) => step.state === 'running') ?? steps.at(-1);
  const summary = live && current !== undefined ? messageWords.step(current) : messageWords.steps(steps.length);
  return html`<details class="steps" ?open=${live}>
    <summary>
      ${live ? spinner() : icon('chevron-right', 'twistie')}
      <span class="steps-summary">${summary}</span>
      ${failed > 0 && !live ? html`<span class="failed-count">${messageWords.stepsFailed(failed)}</span>` : nothing}
      ${live ? nothing : html`<span class="aside">${pathsOf(steps)}</span>`}
    </summary>
    <ul>
      ${steps.map(stepView)}
    </ul>
  </details>`;
}

const icons: Record<Step['state'], string> = {
  running: 'circle-outline',
  done: 'check',
  failed: 'error',
  notDone: 'circle-slash',
};

function stepView(step: Step): TemplateResult {
  return html`<li class="step ${step.state}">
    ${icon(icons[step.state])}
    <span
      >${messageWords.step(step)}${step.detail === undefined ? nothing : html`<br /><span class="aside">${step.detail}</span>`}</span
    >
  </li>`;
}

function pathsOf(steps: readonly Step[]): string {
  return [...new Set(steps.flatMap((step) => step.path ?? []))].join(', ');
}
