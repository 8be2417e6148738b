import uPlot from 'uplot';
import type { PropertyValues, TemplateResult } from 'lit';
import { html } from 'lit';
import { MILLITOKENS_PER_TOKEN } from '../../src/core/tokens.ts';
import { LightElement } from '../components/lightElement.ts';
import type { UsageBar } from './usageBars.ts';
import { usageWords } from './usageWords.ts';

/** The usage as a chart of bars, in the colours of the page; for the eye alone, the table beside it says the same. */
export class UsageChart extends LightElement {
  static override properties = { bars: { attribute: false } };
  declare bars: readonly UsageBar[];
  #plot: uPlot | null = null;
  #drawnWidth = 0;
  readonly #resizes = new ResizeObserver(() => {
    if (this.clientWidth !== this.#drawnWidth) this.#draw();
  });
  /** The editor changes its theme by the page's attributes. */
  readonly #themes = new MutationObserver(() => {
    this.#draw();
  });
  readonly #schemes = matchMedia('(prefers-color-scheme: dark)');
  readonly #redraw = (): void => {
    this.#draw();
  };

  constructor() {
    super();
    this.bars = [];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resizes.observe(this);
    this.#themes.observe(document.documentElement, { attributes: true, attributeFilter: ['style'] });
    this.#themes.observe(document.body, { attributes: true, attributeFilter: ['class'] });
    this.#schemes.addEventListener('change', this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
    this.#themes.disconnect();
    this.#schemes.removeEventListener('change', this.#redraw);
  }

  protected override render(): TemplateResult {
    return html`<div class="plot" role="img" aria-label=${usageWords.chart}></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('bars')) this.#draw();
  }

  #draw(): void {
    const host = this.querySelector<HTMLElement>('.plot');
    this.#drawnWidth = this.clientWidth;
    if (host === null || this.#drawnWidth === 0) return;
    this.#plot?.destroy();
    const amounts = this.bars.map(({ charged }) => charged / MILLITOKENS_PER_TOKEN);
    this.#plot = new uPlot(
      options(this.bars, this.#drawnWidth, getComputedStyle(host)),
      [[...amounts.keys()], amounts],
      host,
    );
  }
}

const HEIGHT = 200;
/** As wide as "30 Sept" is, so that the labels of days don't touch. */
const LABEL_WIDTH = 64;
/** Longer names are whole in the table. */
const LONGEST_LABEL = 14;
const BAR_SHARE = 0.7;
const WIDEST_BAR = 60;

function options(bars: readonly UsageBar[], width: number, style: CSSStyleDeclaration): uPlot.Options {
  const { color, fontFamily } = style;
  const fill = style.getPropertyValue('accent-color');
  const axis = { stroke: color, font: `11px ${fontFamily}`, ticks: { show: false } };
  const { bars: barPaths } = uPlot.paths;
  const step = Math.max(1, Math.ceil((bars.length * LABEL_WIDTH) / width));
  return {
    width,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false, range: [-0.5, Math.max(0, bars.length - 1) + 0.5] }, y: { range: yRange } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        splits: () => [...bars.keys()].filter((index) => index % step === 0),
        values: (_plot, splits) => splits.map((index) => shortened(bars[index]?.label ?? '')),
      },
      {
        ...axis,
        grid: { stroke: color, width: 0.2 },
        size: 56,
        values: (_plot, splits) => splits.map(usageWords.axis),
      },
    ],
    series: [
      {},
      {
        fill,
        stroke: fill,
        width: 0,
        points: { show: false },
        ...(barPaths === undefined ? {} : { paths: barPaths({ size: [BAR_SHARE, WIDEST_BAR] }) }),
      },
    ],
  };
}

/** Bars begin at zero; without any charge there is still an axis. */
function yRange(_plot: uPlot, _low: number, high: number): [number, number] {
  return [0, high > 0 ? high * 1.1 : 1];
}

function shortened(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label;
}
