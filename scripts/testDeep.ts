import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './projectRoot.ts';
import { runStages, type Stage } from './runStages.ts';

// `npm run test:deep`: the long runs. Every property is tried 100,000 times, the rules of money are changed in every
// place to see a test go red, and what stands in test/deep/ is run.
const properties = globSync('test/{unit,backend}/**/*.test.ts', { cwd: projectRoot }).filter((file) =>
  readFileSync(path.join(projectRoot, file), 'utf8').includes('propertyRuns('),
);

const stages: Stage[] = [
  {
    name: 'properties',
    program: 'scripts/runMocha.ts',
    args: ['--timeout', (30 * 60_000).toString(), ...properties],
    kind: 'tests',
    limitMinutes: 120,
    env: { FC_RUNS: '100000' },
  },
  {
    name: 'mutation',
    program: 'node_modules/@stryker-mutator/core/bin/stryker.js',
    args: ['run'],
    kind: 'check',
    // Six minutes on two cores.
    limitMinutes: 30,
  },
];
if (globSync('test/deep/**/*.test.ts', { cwd: projectRoot }).length > 0) {
  stages.push({
    name: 'deep',
    program: 'scripts/runMocha.ts',
    args: ['--timeout', (60 * 60_000).toString(), 'test/deep/**/*.test.ts'],
    kind: 'tests',
    limitMinutes: 240,
  });
}
await runStages(stages);
