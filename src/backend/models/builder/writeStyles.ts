import type { BadgeColor, Field, PageSpec } from './pageSpec.ts';

/** Text and background of each badge colour; every pair reaches a contrast of 4.5 to 1. */
const badgeStyles: Readonly<Record<BadgeColor, readonly [string, string]>> = {
  green: ['#166534', '#dcfce7'],
  blue: ['#1e40af', '#dbeafe'],
  amber: ['#854d0e', '#fef3c7'],
  red: ['#991b1b', '#fee2e2'],
  purple: ['#6b21a8', '#f3e8ff'],
  gray: ['#374151', '#e5e7eb'],
};

type Rule = readonly [selector: string, ...declarations: string[]];

/** The stylesheet of a page. With a scope (a class selector) no rule reaches beyond that element: for components. */
export function writeStyles(spec: PageSpec, scope = ''): string {
  const rules = [...base(scope), ...partsOf(spec)];
  return `${rules.map((rule) => printRule(rule, scope)).join('\n\n')}\n`;
}

function printRule([selector, ...declarations]: Rule, scope: string): string {
  const selectors = selector.split(', ').map((each) => (scope === '' ? each : scopeOne(each, scope)));
  return [`${selectors.join(',\n')} {`, ...declarations.map((declaration) => `  ${declaration};`), '}'].join('\n');
}

function scopeOne(selector: string, scope: string): string {
  return selector === ':root' || selector === 'body' ? scope : `${scope} ${selector}`;
}

/** For light and dark; every pair of text and background reaches a contrast of 4.5 to 1 in both. */
const colors = [
  '--accent: light-dark(#2563eb, #93c5fd)',
  '--text: light-dark(#1f2937, #e5e7eb)',
  '--quiet: light-dark(#4b5563, #9ca3af)',
  '--bad: light-dark(#b91c1c, #fca5a5)',
  '--line: light-dark(#d1d5db, #4b5563)',
  '--page: light-dark(#f9fafb, #111827)',
  '--card: light-dark(#ffffff, #1f2937)',
];

/** A component takes light or dark from the page that it stands in; a page of its own from the system. */
function base(scope: string): Rule[] {
  const body: Rule = [
    'body',
    ...(scope === '' ? ['margin: 0'] : []),
    'font-family: system-ui, sans-serif',
    'line-height: 1.5',
    'color: var(--text)',
    'background: var(--page)',
  ];
  return [
    [':root', ...(scope === '' ? ['color-scheme: light dark'] : []), ...colors],
    body,
    ['header', 'padding: 16px 24px', 'background: var(--card)', 'border-bottom: 1px solid var(--line)'],
    ['h1', 'margin: 0', 'font-size: 24px'],
    [scope === '' ? 'main' : '.content', 'max-width: 1100px', 'margin: 0 auto', 'padding: 24px'],
    [':focus-visible', 'outline: 2px solid var(--accent)', 'outline-offset: 2px'],
  ];
}

function partsOf(spec: PageSpec): Rule[] {
  if ('steps' in spec) {
    const steps = spec.kind === 'steps' ? stepRules : [];
    return [
      ['form', 'display: grid', 'gap: 16px', 'max-width: 480px'],
      ...formRules(spec.steps.flatMap((step) => step.fields)),
      ...steps,
    ];
  }
  if ('metrics' in spec) return [...dashboardRules, ...(spec.table ? tableRules(spec.table.columns) : [])];
  const crud = spec.kind === 'crud' ? [...formRules(spec.columns), ...crudRules] : [];
  const tools =
    spec.searchIn.length + spec.filterBy.length > 0 || spec.kind === 'crud'
      ? [...toolRules, ...(spec.kind === 'crud' ? [] : [controls])]
      : [];
  const paging: Rule[] =
    spec.pageSize === null
      ? []
      : [
          ['nav', 'display: flex', 'flex-wrap: wrap', 'align-items: center', 'gap: 12px', 'margin-top: 16px'],
          ...(spec.kind === 'crud' ? [] : [pageButton]),
        ];
  return [...tools, ...tableRules(spec.columns), ...sortRules(spec.columns), ...paging, ...crud];
}

const pageButton: Rule = ['nav button', 'padding: 8px 16px', 'font: inherit'];

const controls: Rule = [
  'input, select, textarea',
  'padding: 8px',
  'font: inherit',
  'border: 1px solid #6b7280',
  'border-radius: 6px',
];

const toolRules: Rule[] = [
  ['.tools', 'display: flex', 'flex-wrap: wrap', 'align-items: end', 'gap: 12px'],
  ['.tools label', 'display: grid', 'gap: 4px'],
];

function tableRules(columns: readonly Field[]): Rule[] {
  const rules: Rule[] = [
    ['.scroll', 'overflow-x: auto', 'background: var(--card)', 'border: 1px solid var(--line)', 'border-radius: 8px'],
    ['table', 'width: 100%', 'border-collapse: collapse'],
    ['th, td', 'padding: 10px 16px', 'text-align: left', 'border-bottom: 1px solid var(--line)'],
    ['tbody th', 'font-weight: 500'],
    ['tbody tr:last-child > *', 'border-bottom: 0'],
  ];
  if (columns.some((column) => /^(number|money|percent)$/.test(column.type))) {
    rules.push(['.cell-number, .cell-money, .cell-percent', 'text-align: right', 'font-variant-numeric: tabular-nums']);
  }
  if (columns.some((column) => column.type === 'image')) {
    rules.push([
      'td img, th img',
      'display: block',
      'width: 48px',
      'height: 48px',
      'object-fit: cover',
      'background: #c7d2fe',
      'border-radius: 6px',
    ]);
  }
  if (columns.some((column) => /^(email|phone|url)$/.test(column.type))) rules.push(['td a', 'color: var(--accent)']);
  return [...rules, ...badgeRules(columns)];
}

function badgeRules(columns: readonly Field[]): Rule[] {
  const used = new Set(columns.flatMap((column) => Object.values(column.colors ?? {})));
  if (used.size === 0) return [];
  const rules: Rule[] = [
    ['.badge', 'padding: 2px 10px', 'font-size: 14px', 'white-space: nowrap', 'border-radius: 999px'],
  ];
  for (const [color, [text, background]] of Object.entries(badgeStyles)) {
    if (used.has(color as BadgeColor)) rules.push([`.badge.${color}`, `color: ${text}`, `background: ${background}`]);
  }
  return rules;
}

function sortRules(columns: readonly Field[]): Rule[] {
  if (!columns.some((column) => column.sort)) return [];
  return [
    [
      'thead button',
      'padding: 0',
      'font: inherit',
      'text-align: inherit',
      'color: inherit',
      'background: none',
      'border: 0',
      'cursor: pointer',
    ],
    ['thead button::after', "content: ' ↕'", 'color: var(--quiet)'],
    ["[aria-sort='ascending'] button::after", "content: ' ↑'"],
    ["[aria-sort='descending'] button::after", "content: ' ↓'"],
  ];
}

function formRules(fields: readonly Field[]): Rule[] {
  const rules: Rule[] = [
    ['.field', 'display: grid', 'gap: 4px'],
    controls,
    ["[aria-invalid='true']", 'border-color: var(--bad)'],
    ['.error', 'margin: 0', 'color: var(--bad)'],
    ['.error:empty', 'display: none'],
    ['.actions', 'display: flex', 'flex-wrap: wrap', 'gap: 12px'],
    [
      '.actions button',
      'padding: 8px 16px',
      'font: inherit',
      'border: 1px solid var(--line)',
      'border-radius: 6px',
      'cursor: pointer',
    ],
    ['.actions .primary', 'color: var(--card)', 'background: var(--accent)', 'border-color: var(--accent)'],
  ];
  if (fields.some((field) => field.type === 'boolean'))
    rules.splice(
      1,
      0,
      ['.field.boolean', 'grid-template-columns: auto 1fr', 'align-items: center'],
      ['.field.boolean label', 'order: 1'],
      ['.field.boolean .error', 'grid-column: 1 / -1', 'order: 2'],
    );
  return rules;
}

const stepRules: Rule[] = [
  ['fieldset', 'display: grid', 'gap: 16px', 'margin: 0', 'padding: 0', 'border: 0'],
  ['fieldset[hidden]', 'display: none'],
  ['legend', 'padding: 0', 'margin-bottom: 12px', 'font-size: 18px', 'font-weight: 600'],
  [
    '.progress',
    'display: flex',
    'flex-wrap: wrap',
    'gap: 8px 24px',
    'margin: 0 0 24px',
    'padding: 0',
    'list-style-position: inside',
    'color: var(--quiet)',
  ],
  [".progress [aria-current='step']", 'font-weight: 600', 'color: var(--accent)'],
  ['.answers', 'margin: 0'],
  [
    '.answers div',
    'display: grid',
    'grid-template-columns: minmax(0, 1fr) auto',
    'gap: 0 16px',
    'padding: 12px 0',
    'border-bottom: 1px solid var(--line)',
  ],
  ['.answers dt', 'color: var(--quiet)'],
  ['.answers dd', 'margin: 0', 'overflow-wrap: anywhere', 'white-space: pre-line'],
  ['.answers dd:last-child', 'grid-area: 1 / 2 / 3 / 3', 'align-self: center'],
  [
    '.answers button',
    'padding: 8px',
    'font: inherit',
    'color: var(--accent)',
    'text-decoration: underline',
    'background: none',
    'border: 0',
    'cursor: pointer',
  ],
];

const crudRules: Rule[] = [
  [
    'dialog',
    'box-sizing: border-box',
    'width: min(480px, 90vw)',
    'padding: 24px',
    'color: var(--text)',
    'background: var(--card)',
    'border: 1px solid var(--line)',
    'border-radius: 8px',
  ],
  ['dialog form', 'display: grid', 'gap: 16px'],
  ['dialog h2', 'margin: 0', 'font-size: 20px'],
];

const dashboardRules: Rule[] = [
  [
    '.cards',
    'display: grid',
    'grid-template-columns: repeat(auto-fit, minmax(180px, 1fr))',
    'gap: 16px',
    'margin: 0 0 24px',
  ],
  [
    '.card, figure',
    'margin: 0',
    'padding: 16px',
    'background: var(--card)',
    'border: 1px solid var(--line)',
    'border-radius: 8px',
  ],
  ['.card dd', 'margin: 0'],
  ['.card .value', 'font-size: 28px', 'font-weight: 600'],
  ['.up', 'color: light-dark(#166534, #86efac)'],
  ['.down', 'color: var(--bad)'],
  [
    '.charts',
    'display: grid',
    'grid-template-columns: repeat(auto-fit, minmax(min(420px, 100%), 1fr))',
    'gap: 16px',
    'margin-bottom: 24px',
  ],
  ['figcaption, h2', 'margin: 0 0 12px', 'font-size: 18px', 'font-weight: 600'],
  ['svg', 'display: block', 'width: 100%', 'height: auto'],
  ['svg text', 'font-size: 16px', 'text-anchor: middle', 'fill: var(--text)'],
  ['svg rect, svg circle', 'fill: var(--accent)'],
  ['svg polyline', 'fill: none', 'stroke: var(--accent)', 'stroke-width: 2'],
];
