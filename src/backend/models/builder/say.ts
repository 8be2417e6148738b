import { optionsOf, type PageSpec } from './pageSpec.ts';
import type { ToolStep } from './readConversation.ts';
import type { Reading } from './readRequest.ts';
import type { WrittenFile } from './writeHtmlPage.ts';

const makes = 'tables, lists, CRUD pages, forms, multi-step forms and dashboards, and changes to pages it made';

/** Every sentence of Builder, plain and honest about what it is. */
export const say = {
  opening,
  changing,
  closing,
  shown,
  cannot,
  noPage: (name: string | null) =>
    refuse(name === null ? 'There is no page that Builder made.' : `There is no ${name} page that Builder made.`),
  whichPage: (names: readonly string[]) => refuse(`Which page is meant: ${list(names)}?`),
  unreadable: (name: string) => refuse(`${name} was changed so that Builder can't tell safely what to do.`),
  unfit: (reason: string) => refuse(reason),
  noReact: refuse('There is no React in package.json.'),
  cannotSee: refuse("It can't see pictures."),
  already: 'That is already so: nothing had to change.',
};

function refuse(reason: string): string {
  return `This needs an AI model. Builder has none: it makes ${makes}. ${reason}`;
}

function cannot(words: string | null): string {
  const short = words === null || words === '' ? null : words.length > 80 ? `${words.slice(0, 80)}…` : words;
  return short === null ? refuse('This is something else.') : refuse(`Not understood: “${short}”.`);
}

const kinds: Readonly<Record<PageSpec['kind'], string>> = {
  table: 'a table',
  crud: 'a page to add, edit and delete',
  form: 'a form',
  steps: 'a form in steps',
  dashboard: 'a dashboard',
};

function opening(spec: PageSpec, files: readonly WrittenFile[]): string {
  const how = files.some((file) => file.path.endsWith('.tsx')) ? 'a React component' : 'a plain page without a build';
  return `I'll write ${about(spec)} as ${how}: ${list(files.map((file) => `\`${file.path}\``))}.`;
}

function about(spec: PageSpec): string {
  if ('columns' in spec) return `${kinds[spec.kind]}${spec.kind === 'crud' ? '' : ' of'} ${spec.noun.many}`;
  return `${kinds[spec.kind]} “${spec.title}”`;
}

function changing(files: readonly WrittenFile[]): string {
  return `I'll change ${list(files.map((file) => `\`${file.path}\``))}.`;
}

/** The last words after the tools ran, or after files were shown: what is there now, and what is not. */
function closing(reading: Reading, steps: readonly Pick<ToolStep, 'path' | 'failed' | 'result'>[]): string {
  const failed = steps.filter((step) => step.failed);
  const done = [...new Set(steps.filter((step) => !step.failed).map((step) => `\`${step.path}\``))];
  if (failed.length > 0) {
    const reasons = failed.map((step) => `\`${step.path}\`: ${step.result.trim().slice(0, 200)}`);
    return [
      `It did not work out:`,
      ...reasons.map((reason) => `- ${reason}`),
      done.length > 0 ? `Written: ${list(done)}.` : 'No file was changed.',
    ].join('\n');
  }
  if (reading.kind !== 'create') return `Changed ${list(done)}.`;
  const component = done.find((path) => path.endsWith('.tsx`'));
  const open = done.find((path) => path.endsWith('.html`'));
  const use = component
    ? `Put \`<${/(\w+)\.tsx/.exec(component)?.[1] ?? ''} />\` where it should stand.`
    : `Open ${open ?? 'the page'} in a browser; it needs no build.`;
  return [
    `Made ${list(done)}: ${about(reading.spec)} with ${contents(reading.spec)}.`,
    use,
    limits(reading.spec, component !== undefined),
    assumptions(reading),
  ]
    .filter(Boolean)
    .join(' ');
}

function contents(spec: PageSpec): string {
  if ('metrics' in spec) {
    const parts = [
      count(spec.metrics.length, 'figure'),
      count(spec.charts.length, 'chart'),
      ...(spec.table ? ['a table'] : []),
    ];
    return list(parts.filter((part) => !part.startsWith('0')));
  }
  if ('steps' in spec) return list(spec.steps.flatMap((step) => step.fields).map((field) => field.label.toLowerCase()));
  const names = spec.columns.map((column) => (column.colors ? `${column.label} as a coloured badge` : column.label));
  const sorted = spec.columns.filter((column) => column.sort).length;
  const features = [
    sorted === 0 ? '' : sorted === spec.columns.length ? 'every column sorts by click or keyboard' : 'sorting',
    spec.searchIn.length > 0 ? 'a search' : '',
    spec.filterBy.length > 0 ? 'filters' : '',
    spec.pageSize === null ? '' : `${spec.pageSize} rows a page`,
  ].filter(Boolean);
  return [list(names), ...(features.length > 0 ? [list(features)] : [])].join('; ');
}

function limits(spec: PageSpec, isComponent: boolean): string {
  if ('steps' in spec) return 'It checks every field and sends nothing yet: put your request into `send`.';
  if (spec.kind === 'crud') {
    return isComponent
      ? 'Its rows last until the page is reloaded.'
      : 'Its rows are kept in the browser, not on a server.';
  }
  return spec.kind === 'dashboard'
    ? 'Its figures are samples: replace them at the top of the code.'
    : 'Its rows are samples: replace `rows` with your own.';
}

function assumptions(reading: Reading & { kind: 'create' }): string {
  const { assumed, spec } = reading;
  const notes: string[] = [];
  if (assumed.some((each) => each !== 'options'))
    notes.push(`You named no ${assumed.find((each) => each !== 'options') ?? 'columns'}, so these are the usual ones.`);
  const chosen =
    assumed.includes('options') && !('metrics' in spec)
      ? fieldsOf(spec).filter((field) => optionsOf(field).length > 0 && field.type !== 'boolean')
      : [];
  if (chosen.length > 0)
    notes.push(`The options of ${list(chosen.map((field) => field.label))} are a guess where you named none.`);
  return notes.join(' ');
}

function fieldsOf(spec: Exclude<PageSpec, { kind: 'dashboard' }>) {
  return 'steps' in spec ? spec.steps.flatMap((step) => step.fields) : spec.columns;
}

/** Files as an answer shows them where nothing can be written: the path, then the text in a fence. */
function shown(files: readonly WrittenFile[]): string {
  return files
    .map((file) => `\`${file.path}\`\n\n\`\`\`${/\w+$/.exec(file.path)?.[0] ?? ''}\n${file.content}\`\`\``)
    .join('\n\n');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function list(items: readonly string[]): string {
  return items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;
}
