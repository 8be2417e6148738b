import { html, nothing, type TemplateResult } from 'lit';
import type { AccountBody } from '../../src/protocol/api.ts';
import { icon } from '../components/icon.ts';
import type { UsageKey } from './accountApi.ts';
import { AccountSection } from './accountSection.ts';
import { days } from './days.ts';
import { usageBars, type UsageBar } from './usageBars.ts';
import { usageWords, type UsageRange } from './usageWords.ts';

/** What was used, by day, project, model or chat: as a chart, and as a table that says the same. */
export class UsageView extends AccountSection<readonly UsageBar[]> {
  static override properties = { by: { state: true }, range: { state: true }, period: { attribute: false } };
  declare by: UsageKey;
  declare range: UsageRange;
  declare period: AccountBody['period'];

  constructor() {
    super();
    this.by = 'day';
    this.range = 'period';
  }

  protected override get heading(): string {
    return usageWords.title;
  }

  protected override async load(): Promise<readonly UsageBar[]> {
    const { by, range } = this;
    const to = new Date();
    const from = range === 'period' ? new Date(this.period.start) : daysBefore(to, rangeDays[range]);
    const [{ series }, projects, receipts] = await Promise.all([
      this.api.usage(by, from.toISOString(), days.timeZone()),
      by === 'project' ? this.api.projects() : null,
      by === 'session' ? this.api.receipts(null) : null,
    ]);
    const names = Object.fromEntries((projects?.projects ?? []).map(({ id, name }) => [id, name]));
    return usageBars(by, series, { from, to }, { projects: names, receipts: receipts?.generations ?? [] });
  }

  protected override content(bars: readonly UsageBar[]): TemplateResult {
    const total = usageWords.sum(bars.map(({ charged }) => charged));
    return html`<div class="choices">
        ${choice(usageWords.by, usageWords.keys, this.by, (by) => {
          this.by = by;
          void this.reload();
        })}
        ${choice(usageWords.range, usageWords.ranges, this.range, (range) => {
          this.range = range;
          void this.reload();
        })}
      </div>
      <p>${total === 0 ? usageWords.none : usageWords.total(total)}</p>
      ${total === 0 ? nothing : html`<tokenfare-usage-chart .bars=${bars}></tokenfare-usage-chart>${this.#table(bars)}`}`;
  }

  #table(bars: readonly UsageBar[]): TemplateResult {
    return html`<details>
      <summary>${icon('chevron-right', 'twistie')} ${usageWords.table}</summary>
      <table>
        <thead>
          <tr>
            <th scope="col">${usageWords.keys[this.by]}</th>
            <th scope="col" class="number">${usageWords.charged}</th>
            <th scope="col" class="number">${usageWords.generations}</th>
          </tr>
        </thead>
        <tbody>
          ${bars
            .filter(({ generations }) => generations > 0)
            .map(
              ({ label, charged, generations }) =>
                html`<tr>
                  <th scope="row">${label}</th>
                  <td class="number">${usageWords.amount(charged)}</td>
                  <td class="number">${generations}</td>
                </tr>`,
            )}
        </tbody>
      </table>
    </details>`;
  }
}

const rangeDays: Record<Exclude<UsageRange, 'period'>, number> = { month: 30, quarter: 90 };

/** The first of so many days that end with this one. */
function daysBefore(date: Date, count: number): Date {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - count + 1);
}

/** A list of choices of which one holds. */
function choice<Name extends string>(
  label: string,
  names: Readonly<Record<Name, string>>,
  chosen: Name,
  choose: (name: Name) => void,
): TemplateResult {
  const all = Object.keys(names) as Name[];
  const pick = (event: Event): void => {
    const { target } = event;
    const name = target instanceof HTMLSelectElement ? all[target.selectedIndex] : undefined;
    if (name !== undefined) choose(name);
  };
  return html`<label>
    ${label}
    <select @change=${pick}>
      ${all.map((name) => html`<option ?selected=${name === chosen}>${names[name]}</option>`)}
    </select>
  </label>`;
}
