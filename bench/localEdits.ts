import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MAX_FILE_LENGTH, readFile } from '../src/core/localEdits/model/readFile.ts';
import { indexStyles, planLocalEdit, planWithIndex, updateIndex } from '../src/core/localEdits/planLocalEdit.ts';

// How well and how fast free edits are planned. With CORPORA (a folder with check.mjs and the labelled cases)
// also how many of its cases come out right.

function figure(metric: string, value: number, unit: string): void {
  console.log(JSON.stringify({ bench: 'localEdits', metric, value: Math.round(value * 1000) / 1000, unit }));
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const FILES = 1_000;
const WARM_RUNS = 200;

/** A workspace of 1,000 style and markup files, 8 MB in all, each with its own names and some that all share. */
function workspace(): { path: string; text: string }[] {
  return Array.from({ length: FILES }, (_, number) => {
    const name = `part${String(number)}`;
    const rules = Array.from(
      { length: 90 },
      (_each, at) =>
        `.${name}-box${String(at)} {\n  padding: ${String(at)}px;\n  color: #334155;\n  background: #f8fafc;\n  border: 1px solid #e2e8f0;\n}\n`,
    ).join('\n');
    const items = Array.from(
      { length: 105 },
      (_each, at) => `    <div className="card"><p>Item ${String(at)} of ${name}</p></div>`,
    ).join('\n');
    if (number % 2 === 0) return { path: `src/${name}.css`, text: `${rules}\n.${name} { display: flex; }\n` };
    const markup = `export function Part${String(number)}() {\n  return (\n    <section className="${name}">\n${items}\n    </section>\n  );\n}\n`;
    return { path: `src/${name}.tsx`, text: markup };
  });
}

const files = [
  ...workspace(),
  { path: 'src/site.css', text: '.header { background: red; }\n.card { padding: 8px; }\n' },
];
const bytes = files.reduce((sum, { text }) => sum + text.length, 0);
figure('bytes', bytes, 'bytes');

collectGarbage();
const before = process.memoryUsage().heapUsed;
const coldStart = performance.now();
let index = indexStyles(files);
planWithIndex('make the header blue', index);
figure('cold', performance.now() - coldStart, 'ms');
collectGarbage();
figure('memory', (process.memoryUsage().heapUsed - before) / 1e6, 'MB');

const sentences = [
  'make the header blue',
  'more padding on the cards',
  'change "Item 3 of part7" to "Third"',
  'bold the price',
  'add a search bar',
];
const times: number[] = [];
for (let run = 0; run < WARM_RUNS; run++) {
  const started = performance.now();
  planWithIndex(sentences[run % sentences.length] ?? '', index);
  times.push(performance.now() - started);
}
times.sort((a, b) => a - b);
figure('warm p95', times[Math.floor(times.length * 0.95)] ?? 0, 'ms');

collectGarbage();
figure('memory after use', (process.memoryUsage().heapUsed - before) / 1e6, 'MB');

const updateStart = performance.now();
index = updateIndex(index, [{ path: 'src/site.css', text: '.header { background: green; }\n' }]);
planWithIndex('make the header blue', index);
figure('after an update', performance.now() - updateStart, 'ms');

/** What takes parsers longest: many small things, and much that is never closed. */
const HARD: readonly (readonly [path: string, piece: string])[] = [
  ['a.css', '.header{color:red}'],
  ['a.css', 'a{'],
  ['a.scss', '.header{&'],
  ['a.less', '.mixin();'],
  ['a.html', '<style>.header{color:red}</style>'],
  ['a.html', '<header>x</header>'],
  ['a.html', '<div class="'],
  ['a.jsx', '<header>x</header>;'],
  ['a.tsx', 'a<b>('],
  ['a.vue', '{{'],
  ['a.svelte', '{"'],
  ['locales/en.json', '{"a":['],
];
/** As many pieces as are read of it in one file. */
function largest(name: string, piece: string): string {
  let [least, most] = [1, Math.floor(MAX_FILE_LENGTH / piece.length)];
  while (least < most) {
    const count = Math.ceil((least + most) / 2);
    if (readFile(name, piece.repeat(count))?.unread === 'too-large') most = count - 1;
    else least = count;
  }
  return piece.repeat(least);
}

const hard = HARD.map(([name, piece]) => {
  const text = largest(name, piece);
  const used = process.cpuUsage();
  planLocalEdit('make the header blue', [{ path: name, text }]);
  const { user, system } = process.cpuUsage(used);
  return (user + system) / 1_000;
});
figure('hardest file', Math.max(...hard), 'ms');

const corpora = process.env.CORPORA;
if (corpora !== undefined) {
  const check = (await import(pathToFileURL(path.join(corpora, 'check.mjs')).href)) as Check;
  const score = check.scoreLocalEdits(planLocalEdit, check.loadCases('local-edits.dev.jsonl'));
  figure('cases right', score.passRate, 'share');
  figure('wrong edits', score.verdicts['wrong-edit'] ?? 0, 'count');
}

interface Check {
  loadCases(name: string): unknown[];
  scoreLocalEdits(plan: typeof planLocalEdit, cases: unknown[]): { passRate: number; verdicts: Record<string, number> };
}
