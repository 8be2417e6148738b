// The entry behind every npm script: `node scripts/launch.mjs NAME …` makes sure that what package-lock.json lists is
// installed, then goes on in NAME under the project's own Node. Plain JavaScript, for any Node from 20.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './ensureInstalled.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [name = '', ...args] = process.argv.slice(2);

/** What runs from the source itself; every other name is a file in scripts/. */
const programs = { backend: 'src/backend/main.ts', admin: 'src/backend/admin.ts' };
const program = programs[name] ?? `scripts/${name}.ts`;

/** A server lives for long: room for what is young grows with its load, and is not given back. */
const flags = { backend: ['--max-semi-space-size=8'] };
/** Glibc gives each thread a room of its own and keeps what was freed: two rooms do, and a tenth of the memory goes. */
const allocation = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };
/** Stripping types and compiling, kept from one start to the next: it halves the time to the first answer. */
const compileCache = path.join(root, 'node_modules', '.cache', 'compile');

const node = ensureInstalled(root);
// The backend serves the account page, as it is built; its own stdout is for programs.
if (name === 'backend' && !existsSync(path.join(root, 'dist/webview/account.js'))) {
  spawnSync(node, [path.join(root, 'scripts/build.ts')], { stdio: ['ignore', process.stderr, 'inherit'] });
}
const child = spawn(node, [...(flags[name] ?? []), path.join(root, program), ...args], {
  stdio: 'inherit',
  env: { NODE_COMPILE_CACHE: compileCache, ...allocation, ...process.env },
});

for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// A Ctrl+C reaches the child by itself, because a terminal sends it to the whole group.
process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));

child.on('error', (error) => {
  console.error(`${program} could not be started: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
