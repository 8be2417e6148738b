import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../components/button.ts';
import { icon } from '../components/icon.ts';
import { spinner } from '../components/spinner.ts';
import type { Ask } from './ask.ts';
import './steps.css';
import { stepWords } from './stepWords.ts';
import { visibleControls } from './visibleControls.ts';
import type { StepAnswer } from '../../src/protocol/stepAnswer.ts';
import type { Step } from './partGroups.ts';

/**
 * What the model did, as it happens; one closed line once it is done. What it asks stands below. `live`: more may come.
 */
export function stepsView(steps: readonly Step[], live: boolean, ask: Ask): TemplateResult {
  const [failed, notDone] = (['failed', 'notDone'] as const).map((state) => inState(steps, state));
  const current = steps.findLast((step) => step.state === 'running' || step.state === 'asking') ?? steps.at(-1);
  const summary = live && current !== undefined ? stepWords.step(current) : stepWords.steps(steps.length);
  const asking = steps.find((step) => step.state === 'asking');
  return html`<details class="steps" ?open=${live}>
      <summary>
        ${live ? spinner() : icon('chevron-right', 'twistie')}
        <span class="steps-summary">${summary}</span>
        ${failed && !live ? html`<span class="failed-count">${stepWords.failed(failed)}</span>` : nothing}
        ${notDone && !live ? html`<span>${stepWords.notDone(notDone)}</span>` : nothing}
        ${live ? nothing : html`<span class="aside">${pathsOf(steps)}</span>`}
      </summary>
      <ul>
        ${steps.map(stepView)}
      </ul>
    </details>
    ${asking === undefined ? nothing : questionView(asking, ask)}`;
}

/** What a step may only do after a yes, exactly as it would be done. */
function questionView(step: Step, ask: Ask): TemplateResult {
  const answer =
    (given: StepAnswer): (() => void) =>
    () => {
      ask((extension) => extension.answerStep({ step: step.id, answer: given }));
    };
  const question = stepWords.question(step);
  return html`<div class="step-question" role="group" aria-label=${question}>
    <p>${question}</p>
    ${step.command === undefined ? nothing : html`<pre tabindex="0" dir="ltr">${step.command}</pre>`}
    <p class="aside">${stepWords.danger(step)}</p>
    <div class="actions">
      ${button(stepWords.yes(step), answer('once'))}
      ${step.asks === 'command' ? button(stepWords.always, answer('always'), { title: stepWords.alwaysHint }) : nothing}
      ${button(stepWords.no(step), answer('no'))}
    </div>
  </div>`;
}

const icons: Record<Step['state'], string> = {
  running: 'circle-outline',
  asking: 'question',
  done: 'check',
  failed: 'error',
  notDone: 'circle-slash',
};

function stepView(step: Step): TemplateResult {
  const { detail, output } = step;
  return html`<li class="step ${step.state}">
    ${icon(icons[step.state])}
    <div class="step-body">
      ${stepWords.step(step)}
      ${detail === undefined ? nothing : html`<br /><span class="aside">${visibleControls(detail)}</span>`}
      ${
        output === undefined
          ? nothing
          : html`<pre class="step-output" tabindex="0" role="group" aria-label=${stepWords.output}>
${visibleControls(output)}</pre>`
      }
    </div>
  </li>`;
}

function inState(steps: readonly Step[], state: Step['state']): number {
  return steps.filter((step) => step.state === state).length;
}

/** Where something was done, or tried. */
function pathsOf(steps: readonly Step[]): string {
  const tried = steps.filter(({ state }) => state !== 'notDone');
  return [...new Set(tried.flatMap(({ path }) => path ?? []))].join(', ');
}
