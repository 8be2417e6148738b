import Mocha from 'mocha';
import { globSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from './projectRoot.ts';

// `node scripts/runMocha.ts [--timeout MS] [--jobs N] [--grep TEXT] [--list] [--hooks FILE] GLOB…`: runs those files,
// N at a time, each job in a process of its own, prints what failed, and tells the counts so far to the process that
// started it.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    timeout: { type: 'string', default: '10000' },
    jobs: { type: 'string', default: '1' },
    grep: { type: 'string' },
    list: { type: 'boolean', default: false },
    hooks: { type: 'string' },
  },
});

const jobs = Number(values.jobs);
const mocha = new Mocha({
  timeout: Number(values.timeout),
  forbidOnly: true,
  parallel: jobs > 1,
  jobs,
  // The base reporter prints nothing by itself.
  reporter: values.list ? 'spec' : Mocha.reporters.Base,
  ...(values.grep === undefined ? {} : { grep: values.grep }),
  ...(await rootHooks(values.hooks)),
});
for (const file of globSync(positionals, { cwd: projectRoot }).sort()) mocha.addFile(path.join(projectRoot, file));

const counts = { passed: 0, failed: 0, skipped: 0 };
try {
  if (jobs === 1) await mocha.loadFilesAsync();
} catch (error) {
  console.log(error instanceof Error ? error.stack : error);
  finish({ ...counts, failed: 1 });
}
mocha
  .run(() => {
    finish(counts);
  })
  .on('pass', () => {
    counts.passed++;
    process.send?.(counts);
  })
  .on('pending', () => counts.skipped++)
  .on('fail', (test, error: Error) => {
    counts.failed++;
    process.send?.(counts);
    if (!values.list) console.log(`\n  ${test.fullTitle()}\n${indent(describeError(error))}`);
  });

function finish(result: typeof counts): void {
  if (process.send === undefined)
    console.log(`${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`);
  const code = result.failed > 0 || result.passed === 0 ? 1 : 0;
  // What a test left open must not keep the run from ending.
  if (process.send === undefined) process.exit(code);
  process.send(result, () => process.exit(code));
}

/** Several jobs load the file by themselves, each in its process. */
async function rootHooks(file: string | undefined): Promise<Mocha.MochaOptions> {
  if (file === undefined) return {};
  const place = path.join(projectRoot, file);
  if (jobs > 1) return { require: [place] };
  const { mochaHooks } = (await import(place)) as { mochaHooks: Mocha.RootHookObject };
  return { rootHooks: mochaHooks };
}

function describeError(error: Error): string {
  const told = error.stack ?? error.message;
  return told.length > MAX_ERROR_CHARACTERS ? `${told.slice(0, MAX_ERROR_CHARACTERS)} …` : told;
}

function indent(text: string): string {
  return text.replace(/^/gm, '    ');
}

/** A failed comparison of two long files must not bury the other failures. */
const MAX_ERROR_CHARACTERS = 4000;
