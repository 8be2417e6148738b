import { parseArgs } from 'node:util';
import { fetchVscodeServer } from './fetchVscodeServer.ts';
import { installChromium } from './installChromium.ts';
import { runStages, type Stage } from './runStages.ts';

// `npm test`: every check and test there is, the cheap ones first. `npm test -- unit e2e --grep TEXT` runs a choice.
const { values, positionals } = parseArgs({ allowPositionals: true, options: { grep: { type: 'string' } } });

const say = (line: string): void => {
  console.error(line);
};
// Both take a while on a fresh machine, so they begin beside the checks that do not need them.
const wanted = (name: string): boolean => positionals.length === 0 || positionals.includes(name);
const needsWindow = wanted('editor') || wanted('e2e');
const prepared = needsWindow ? prepareWindow() : Promise.resolve();
// A failure is reported by the stages that await this.
prepared.catch(() => undefined);

async function prepareWindow(): Promise<void> {
  await installChromium(say);
  await fetchVscodeServer(say);
}

const checks: Stage[] = [
  // The native compiler says the same in a quarter of the time; ESLint's rules still need the one before it.
  check('types', 'node_modules/typescript-native/bin/tsc', ['--noEmit', '-p', '.']),
  check('lint', 'node_modules/eslint/bin/eslint.js', [
    '.',
    '--max-warnings',
    '0',
    '--cache',
    '--cache-location',
    cache('eslint'),
  ]),
  check('format', 'node_modules/prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '.']),
  check('unused', 'node_modules/knip/bin/knip.js', ['--no-progress', '--cache', '--cache-location', cache('knip')]),
  tests('tidy', 'test/tidy/**/*.test.ts', { timeoutSeconds: 30, limitMinutes: 2 }),
  tests('unit', 'test/unit/**/*.test.ts', { timeoutSeconds: 20, limitMinutes: 6 }),
];
// They wait for processes and databases more than they compute, so they run beside the checks.
const backend = [tests('backend', 'test/backend/**/*.test.ts', { timeoutSeconds: 60, limitMinutes: 8 })];
const windows: Stage[] = [
  check('package', 'scripts/package.ts', []),
  {
    ...tests('editor', 'test/editor/**/*.test.ts', { timeoutSeconds: 30, limitMinutes: 5 }),
    program: 'scripts/testEditor.ts',
    args: values.grep === undefined ? [] : ['--grep', values.grep],
    needs: () => prepared,
  },
  // A window waits for its server, its browser and its extension host in turn, so two of them fill two cores.
  {
    ...tests('e2e', 'test/e2e/**/*.test.ts', {
      timeoutSeconds: 90,
      limitMinutes: 16,
      jobs: 2,
      hooks: 'test/support/mochaHooks.ts',
    }),
    needs: () => prepared,
  },
];

const chosen = (stages: Stage[]): Stage[] => stages.filter(({ name }) => wanted(name));
await runStages([chosen(checks), chosen(backend)], [chosen(windows)]);

function cache(name: string): string {
  return `node_modules/.cache/${name}/`;
}

function check(name: string, program: string, args: string[]): Stage {
  return { name, program, args, kind: 'check', limitMinutes: 5 };
}

function tests(name: string, glob: string, limits: TestLimits): Stage {
  const grep = values.grep === undefined ? [] : ['--grep', values.grep];
  const { timeoutSeconds, limitMinutes, jobs = 1, hooks } = limits;
  const numbers = ['--timeout', (timeoutSeconds * 1000).toString(), '--jobs', jobs.toString()];
  const args = [...numbers, ...(hooks === undefined ? [] : ['--hooks', hooks]), ...grep, glob];
  return { name, program: 'scripts/runMocha.ts', args, kind: 'tests', limitMinutes };
}

interface TestLimits {
  readonly timeoutSeconds: number;
  readonly limitMinutes: number;
  /** So many files at once. */
  readonly jobs?: number;
  /** A file with mocha's root hooks. */
  readonly hooks?: string;
}
