import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../scripts/projectRoot.ts';

/**
 * Writes two extensions into a folder below `folder`, which VS Code takes together: ours as it ships, which nothing
 * starts by itself, and a probe that starts it once its host is idle. The probe notes what that took as JSON of
 * `Activation` in the file that the environment's PROBE_REPORT names, and from then on `Blocks` each second in the file
 * of that name with `.blocks`.
 */
export function activationProbe(folder: string): string {
  const both = path.join(folder, 'extensions');
  const [ours, probe] = [path.join(both, 'ours'), path.join(both, 'probe')];
  for (const part of ['dist', 'media', 'package.nls.json']) {
    const isSource = (file: string) => !/\.(?:vsix|map)$/.test(file);
    cpSync(path.join(projectRoot, part), path.join(ours, part), { recursive: true, filter: isSource });
  }
  const manifest = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as object;
  writeFileSync(path.join(ours, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
  mkdirSync(probe, { recursive: true });
  const own = {
    name: 'probe',
    publisher: 'probe',
    version: '0.0.1',
    engines: { vscode: '^1.125.0' },
    main: './probe.cjs',
  };
  writeFileSync(path.join(probe, 'package.json'), JSON.stringify({ ...own, activationEvents: ['*'] }));
  writeFileSync(path.join(probe, 'probe.cjs'), PROBE);
  return both;
}

/** Milliseconds. `computed` is without what the machine spent on other processes meanwhile. */
export interface Blocks {
  readonly longest: number;
  readonly computed: number;
}

export interface Activation extends Blocks {
  readonly activate: number;
  readonly activateComputed: number;
}

/** A host begins with much of its own; then ours starts, and has as long to do what it puts off. */
const PROBE = `
const { renameSync, writeFileSync } = require('node:fs');
const { monitorEventLoopDelay } = require('node:perf_hooks');
const { setTimeout: wait } = require('node:timers/promises');
const vscode = require('vscode');

const loop = monitorEventLoopDelay({ resolution: 1 });
const computed = () => { const { user, system } = process.threadCpuUsage(); return (user + system) / 1000; };
let last = 0, longestTurn = 0;
const turn = () => {
  const now = computed();
  longestTurn = Math.max(longestTurn, now - last);
  last = now;
  setImmediate(turn);
};
const reset = () => { loop.reset(); last = computed(); longestTurn = 0; };
const blocks = () => ({ longest: loop.max / 1e6, computed: longestTurn });
const report = (file, value) => { writeFileSync(file + '.new', JSON.stringify(value)); renameSync(file + '.new', file); };

exports.activate = () => void measure();
async function measure() {
  await wait(10_000);
  loop.enable();
  turn();
  await wait(100);
  reset();
  const [started, before] = [performance.now(), computed()];
  await vscode.extensions.getExtension('tokenfare.tokenfare').activate();
  const [activate, activateComputed] = [performance.now() - started, computed() - before];
  await wait(5_000);
  report(process.env.PROBE_REPORT, { activate, activateComputed, ...blocks() });
  reset();
  for (;;) {
    await wait(1_000);
    report(process.env.PROBE_REPORT + '.blocks', blocks());
  }
}
`;
