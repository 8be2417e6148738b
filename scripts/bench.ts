import { spawnSync } from 'node:child_process';
import { globSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './projectRoot.ts';

// `npm run bench [-- NAME…]`: each file of bench/ is a benchmark of that name; a figure is one JSON line on stdout.
const wanted = process.argv.slice(2);
const found = globSync('bench/*.ts', { cwd: projectRoot }).sort();
const unknown = wanted.filter((name) => !found.some((file) => path.basename(file, '.ts') === name));
if (unknown.length > 0) {
  console.error(`No benchmark is called ${unknown.join(', ')}. There are: ${found.map(nameOf).join(', ')}`);
  process.exit(1);
}
for (const file of found.filter((name) => wanted.length === 0 || wanted.includes(nameOf(name)))) {
  const { status } = spawnSync(process.execPath, [path.join(projectRoot, file)], {
    stdio: 'inherit',
    cwd: projectRoot,
  });
  if (status !== 0) process.exitCode = 1;
}

function nameOf(file: string): string {
  return path.basename(file, '.ts');
}
