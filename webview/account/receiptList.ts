import { html, nothing, type TemplateResult } from 'lit';
import { formatCharge } from '../../src/core/formatTokens.ts';
import type { GenerationBody } from '../../src/protocol/api.ts';
import { button } from '../components/button.ts';
import { linkButton } from '../components/linkButton.ts';
import { AccountSection } from './accountSection.ts';
import { days } from './days.ts';
import { receiptListWords } from './receiptListWords.ts';
import { receiptsCsv } from './receiptsCsv.ts';

interface Receipts {
  readonly all: readonly GenerationBody[];
  /** Whether there are more that are not loaded yet. */
  readonly hasMore: boolean;
  /** Names of projects by their ids. */
  readonly projects: ProjectNames;
}

type ProjectNames = Readonly<Record<string, string>>;

/** What each message cost, the newest first: searched by date, model and project, and taken along as CSV. */
export class ReceiptList extends AccountSection<Receipts> {
  static override properties = { query: { state: true }, room: { state: true } };
  declare saveFile: (name: string, text: string) => Promise<boolean>;
  declare query: string;
  /** How many rows are shown at most. */
  declare room: number;
  #pages = 1;

  constructor() {
    super();
    this.query = '';
    this.room = ROWS_AT_ONCE;
  }

  protected override get heading(): string {
    return receiptListWords.title;
  }

  /** A search looks through all receipts, not only through those that were shown so far. */
  protected override async load(): Promise<Receipts> {
    const [receipts, projects] = await Promise.all([
      this.#receipts(this.query === '' ? this.#pages : Number.POSITIVE_INFINITY),
      this.api.projects(),
    ]);
    const names = Object.fromEntries((projects?.projects ?? []).map(({ id, name }) => [id, name]));
    return { ...receipts, projects: names };
  }

  protected override content({ all, hasMore, projects }: Receipts): TemplateResult {
    if (all.length === 0) return html`<p class="aside">${receiptListWords.none}</p>`;
    const found = all.filter((receipt) => matches(receipt, this.query, projects));
    return html`<div class="actions" role="search">
        <label> ${receiptListWords.search} <input type="search" .value=${this.query} @input=${this.#search} /> </label>
        ${button(receiptListWords.exportCsv, () => void this.#export())}
      </div>
      <p class="sr-only" role="status">${receiptListWords.found(found.length)}</p>
      ${
        found.length === 0
          ? html`<p class="aside">${receiptListWords.noneFound}</p>`
          : tableView(found.slice(0, this.room), projects)
      }
      ${
        found.length > this.room || hasMore
          ? html`<p>
              ${linkButton(receiptListWords.more, () => {
                this.#showMore(found.length);
              })}
            </p>`
          : nothing
      }`;
  }

  readonly #search = (event: Event): void => {
    if (!(event.target instanceof HTMLInputElement)) return;
    this.query = event.target.value;
    this.room = ROWS_AT_ONCE;
    if (this.shown?.hasMore === true) void this.reload();
  };

  #showMore(found: number): void {
    this.room += ROWS_AT_ONCE;
    if (found >= this.room) return;
    this.#pages += 1;
    void this.reload();
  }

  #export(): Promise<void> {
    return this.attempt(async () => {
      const { all } = await this.#receipts(Number.POSITIVE_INFINITY);
      const found = all.filter((receipt) => matches(receipt, this.query, this.shown?.projects ?? {}));
      const isSaved = await this.saveFile(`tokenfare-receipts-${days.key(new Date())}.csv`, receiptsCsv(found));
      if (isSaved) this.said = receiptListWords.exported(found.length);
    });
  }

  async #receipts(pages: number): Promise<{ all: GenerationBody[]; hasMore: boolean }> {
    const all: GenerationBody[] = [];
    let cursor: string | null = null;
    for (let page = 1; page <= pages; page += 1) {
      const { generations, next } = await this.api.receipts(cursor);
      all.push(...generations);
      cursor = next;
      if (cursor === null) break;
    }
    return { all, hasMore: cursor !== null };
  }
}

/** Two screens of rows; more are a press away. */
const ROWS_AT_ONCE = 50;

const parts = ['message', 'prompt', 'context', 'response'] as const;

/** Every word of the query has to be found somewhere. */
function matches(
  { id, createdAt, model, project, session }: GenerationBody,
  query: string,
  names: ProjectNames,
): boolean {
  const where = [project, project === null ? null : names[project], session];
  const text = [id, days.dayAndTime(createdAt), model, ...where].join(' ').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function tableView(receipts: readonly GenerationBody[], names: ProjectNames): TemplateResult {
  const { date, model, project, charged } = receiptListWords;
  return html`<table class="receipts">
    <thead>
      <tr>
        <th scope="col">${date}</th>
        <th scope="col">${model}</th>
        <th scope="col" class="project">${project}</th>
        ${parts.map((part) => html`<th scope="col" class="number part">${receiptListWords.parts[part]}</th>`)}
        <th scope="col" class="number">${charged}</th>
      </tr>
    </thead>
    <tbody>
      ${receipts.map(
        (receipt) =>
          html`<tr>
            <th scope="row">${days.dayAndTime(receipt.createdAt)}</th>
            <td>${receipt.model}</td>
            <td class="project">${receipt.project === null ? '' : (names[receipt.project] ?? receipt.project)}</td>
            ${parts.map((part) => html`<td class="number part">${formatCharge(receipt.parts[part])}</td>`)}
            <td class="number">${receiptListWords.charge(receipt)}</td>
          </tr>`,
      )}
    </tbody>
  </table>`;
}
