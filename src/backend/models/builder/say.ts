import { fieldsOf, type Field, type PageSpec } from './pageSpec.ts';
import type { Change } from './readChanges.ts';
import type { ToolStep } from './readConversation.ts';
import type { Reading, Served } from './readRequest.ts';
import { sentence } from './sentence.ts';
import type { WrittenFile } from './writeHtmlPage.ts';

const { list } = sentence;
const makes =
  'tables, list and CRUD pages, forms, multi-step forms and dashboards, and changes to pages that it made itself';
/** A longer quotation of a request is no help in finding what was not understood. */
const MOST_QUOTED = 80;

/** Every sentence of Builder, plain and honest about what it is. */
export const say = {
  opening,
  changing,
  closing,
  shown,
  cannot,
  lacks: ({ lacks, page }: Reading & { kind: 'lacking' }) =>
    refuse(`Which ${lacks} should the ${page} have? Name them, and I can make it.`),
  noPage: (name: string | null) =>
    refuse(name === null ? 'There is no page here that I made.' : `There is no ${name} page here that I made.`),
  whichPage: (names: readonly string[]) => refuse(`Which page do you mean: ${list(names)}?`),
  unreadable: (name: string) => refuse(`${name} was changed so much that I can't tell safely what to do.`),
  unfit: (reason: string) => refuse(reason),
  noReact: refuse('You asked for React, but there is no React in package.json.'),
  cannotSee: refuse("I can't see pictures."),
  already: 'That is already so: nothing had to change.',
};

/** The reason, and what there is instead: two sentences, since they stand above a button for a real model. */
function refuse(reason: string): string {
  return `${reason} Builder is no AI model: it makes ${makes}.`;
}

function cannot(words: string | null): string {
  if (words === null || words === '') return refuse("I didn't understand this message.");
  return refuse(`I didn't understand “${words.length > MOST_QUOTED ? `${words.slice(0, MOST_QUOTED)}…` : words}”.`);
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

type Step = Pick<ToolStep, 'path' | 'failed' | 'result'>;

/**
 * The last words after the tools ran, or after files were shown: what is there now, and what is not. `changes` says in
 * sentences what a change did.
 */
function closing(reading: Served, changes: readonly string[], steps: readonly Step[]): string {
  const done = [...new Set(steps.filter((step) => !step.failed).map((step) => `\`${step.path}\``))];
  const failed = steps.filter((step) => step.failed);
  if (failed.length > 0) return failure(failed, done);
  const code = done.find((path) => /\.(?:js|tsx)`$/.test(path)) ?? 'the code';
  const sentences =
    reading.kind === 'change'
      ? [...changes, guesses(guessedIn(reading.changes), code), `Changed ${list(done)}.`]
      : [...made(reading.spec, done), ...choices(reading), guesses(reading.guessedOptions, code)];
  return sentences.filter(Boolean).join(' ');
}

function failure(failed: readonly Step[], done: readonly string[]): string {
  const reasons = failed.map((step) => `- \`${step.path}\`: ${step.result.trim().slice(0, 200)}`);
  const left = done.length > 0 ? `Written: ${list(done)}.` : 'No file was changed.';
  return [`It did not work out:`, ...reasons, left].join('\n');
}

function made(spec: PageSpec, done: readonly string[]): string[] {
  const component = done.find((path) => path.endsWith('.tsx`'));
  const open = done.find((path) => path.endsWith('.html`'));
  return [
    `Made ${list(done)}: ${about(spec)} with ${contents(spec)}.`,
    component
      ? `Put \`<${/(\w+)\.tsx/.exec(component)?.[1] ?? ''} />\` where it should stand.`
      : `Open ${open ?? 'the page'} in a browser; it needs no build.`,
    limits(spec, component !== undefined),
  ];
}

function guessedIn(changes: readonly Change[]): readonly Field[] {
  const added = changes.flatMap((change) => (change.kind === 'add' ? change.fields : []));
  return added.filter((read) => read.guessedOptions).map((read) => read.field);
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
  if ('steps' in spec) {
    const fields = list(fieldsOf(spec).map((field) => field.label.toLowerCase()));
    return spec.kind === 'steps' ? `${fields}; its last step lists all answers to check and change` : fields;
  }
  const names = spec.columns.map((column) => (column.colors ? `${column.label} as a coloured badge` : column.label));
  const sorted = spec.columns.filter((column) => column.sort).length;
  const first = spec.columns.find((column) => column.key === spec.startSort?.key);
  const features = [
    sorted === 0 ? '' : sorted === spec.columns.length ? 'every column sorts by click or keyboard' : 'sorting',
    first ? `sorted by ${first.label} at first` : '',
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

/** What Builder chose by itself. */
function choices({ assumed, spec }: Served & { kind: 'create' }): string[] {
  if (assumed === null) return [];
  if (assumed !== 'chart') return [`You named no ${assumed}, so these are the usual ones.`];
  const titles = 'metrics' in spec ? spec.charts.map((chart) => chart.title.toLowerCase()) : [];
  return [`You named no chart, so I added one of ${list(titles)}.`];
}

/** Options that Builder chose by itself, and where to change them. */
function guesses(fields: readonly Field[], path: string): string {
  const [only] = fields;
  if (!only) return '';
  const change = `; change them in ${path}.`;
  if (fields.length === 1)
    return `You named no options for ${only.label}, so I used ${sentence.someOptions(only)}${change}`;
  const used = fields.map((field) => `${field.label} (${sentence.someOptions(field)})`);
  return `You named no options for some fields, so I chose them: ${used.join('; ')}${change}`;
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
