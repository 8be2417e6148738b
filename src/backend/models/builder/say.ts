import { fieldsOf, type Field, type PageSpec } from './pageSpec.ts';
import type { Change } from './readChanges.ts';
import type { Conversation, ToolStep } from './readConversation.ts';
import type { Reading, Served } from './readRequest.ts';
import { sentence } from './sentence.ts';
import type { WrittenFile } from './writeHtmlPage.ts';

const { list } = sentence;
const makes =
  'tables, list and CRUD pages, forms, multi-step forms and dashboards, and changes to pages that it made itself';
/** A longer quotation of a request is no help in finding what was not understood. */
const MOST_QUOTED = 80;
/** Characters of a tool's error; what comes after them is detail for a log. */
const MOST_REASON = 200;

/** Every sentence of Builder, plain and honest about what it is. */
export const say = {
  opening,
  changing,
  closing,
  shown,
  cannot,
  lacks: ({ lacks, page }: Reading & { kind: 'lacking' }) =>
    `Which ${lacks} should the ${page} have? Name them, and I can make it.`,
  noPage: (name: string | null) =>
    refuse(name === null ? 'There is no page here that I made.' : `There is no ${name} page here that I made.`),
  whichPage: (names: readonly string[]) => `Which page do you mean: ${list(names)}?`,
  unreadable: (name: string) => refuse(`${name} was changed so much that I can't tell safely what to do.`),
  unfit: (reason: string) => refuse(reason),
  noReact: refuse('You asked for React, but there is no React in package.json.'),
  cannotSee: refuse("I can't see pictures."),
  already: 'That is already so.',
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
 * The last words after the tools ran: what is there now, and what is not. `changes` says in sentences what a change
 * did.
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

/** In the tool's own words; said once where it says the same of every file. */
function failure(failed: readonly Step[], done: readonly string[]): string {
  const reasonOf = (step: Step) =>
    step.result
      .trim()
      .replace(/^error:\s*/i, '')
      .slice(0, MOST_REASON);
  const [reason, ...others] = new Set(failed.map(reasonOf));
  if (done.length === 0 && others.length === 0) return `Nothing was written. ${reason ?? ''}`;
  const reasons = failed.map((step) => `- \`${step.path}\`: ${reasonOf(step)}`);
  const written = done.length > 0 ? [`Written: ${list(done)}.`] : [];
  return [done.length > 0 ? 'Not everything was written:' : 'Nothing was written:', ...reasons, ...written].join('\n');
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
  const names = spec.columns.map((column) => (column.colors ? `${column.label} as a colored badge` : column.label));
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

/**
 * Files where nothing can be written: what they are and how they get written, then of each the path and the text in a
 * fence.
 */
function shown(reading: Served, files: readonly WrittenFile[], conversation: Conversation): string {
  const paths = files.map((file) => `\`${file.path}\``);
  const code = paths.find((path) => /\.(?:js|tsx)`$/.test(path)) ?? 'the code';
  const what =
    reading.kind === 'create'
      ? `Here is ${about(reading.spec)} as code`
      : `Here ${paths.length === 1 ? 'is' : 'are'} ${list(paths)} with the change`;
  const chosen =
    reading.kind === 'create'
      ? [...choices(reading), guesses(reading.guessedOptions, code)]
      : [guesses(guessedIn(reading.changes), code)];
  const opening = [`${what}; nothing was written${wayToWrite(conversation)}`, ...chosen].filter(Boolean).join(' ');
  const blocks = files.map(
    (file) => `\`${file.path}\`\n\n\`\`\`${/\w+$/.exec(file.path)?.[0] ?? ''}\n${file.content}\`\`\``,
  );
  return [opening, ...blocks].join('\n\n');
}

/** With tools to read alone, a person asked in Ask mode, unless something else stands against writing. */
function wayToWrite({ obstacle, tools }: Conversation): string {
  if (obstacle !== null) return `, since ${obstacle}.`;
  return tools.has('read_file') ? '. Switch to Agent to have it written.' : '. Save each part under the name above it.';
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
