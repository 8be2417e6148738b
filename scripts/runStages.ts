import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { projectRoot } from './projectRoot.ts';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

export interface Stage {
  name: string;
  /** A file under scripts/ or an installed program's JavaScript, and its arguments. */
  program: string;
  args: string[];
  /** `check`: passes or fails as one. `tests`: tells its own counts as a message. */
  kind: 'check' | 'tests';
  /** Killed, and failed, after this. */
  limitMinutes: number;
  env?: Record<string, string>;
  /** Awaited before it starts; a rejection fails the stage with that message. */
  needs?: () => Promise<unknown>;
}

/**
 * Runs every stage, also after one failed, and prints a line for each; the last line on stdout is the sum. The lanes
 * run beside each other, each its stages in order.
 */
export async function runStages(...lanes: Stage[][]): Promise<never> {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      for (const child of running) killGroup(child);
      process.exit(1);
    });
  }
  const sum: Counts = { passed: 0, failed: 0, skipped: 0 };
  const runLane = async (stages: Stage[]): Promise<void> => {
    for (const stage of stages) {
      const start = performance.now();
      const counts = await runStage(stage);
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      console.log(`${stage.name.padEnd(10)} ${line(counts)}  (${seconds} s)`);
      sum.passed += counts.passed;
      sum.failed += counts.failed;
      sum.skipped += counts.skipped;
    }
  };
  await Promise.all(lanes.map(runLane));
  console.log(line(sum));
  process.exit(sum.failed > 0 || sum.passed === 0 ? 1 : 0);
}

const running = new Set<ChildProcess>();

async function runStage(stage: Stage): Promise<Counts> {
  try {
    await stage.needs?.();
  } catch (error) {
    console.log(error instanceof Error ? error.message : error);
    return failedOnce;
  }
  const child = spawn(process.execPath, [path.resolve(projectRoot, stage.program), ...stage.args], {
    cwd: projectRoot,
    env: { ...process.env, ...stage.env },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A group of its own, so that nothing it started outlives it.
    detached: true,
  });
  running.add(child);
  const timer = setTimeout(() => {
    console.log(`${stage.name} was ended after ${stage.limitMinutes} minutes`);
    killGroup(child);
  }, stage.limitMinutes * 60_000);
  let told: Counts | undefined;
  child.on('message', (message) => {
    if (isCounts(message)) told = message;
  });
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearTimeout(timer);
  killGroup(child);
  running.delete(child);
  return countsOf(stage, code, told);
}

function isCounts(message: unknown): message is Counts {
  return typeof message === 'object' && message !== null && 'passed' in message && typeof message.passed === 'number';
}

function countsOf(stage: Stage, code: number | null, told: Counts | undefined): Counts {
  if (stage.kind === 'check') return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : failedOnce;
  if (told === undefined) return failedOnce;
  // Without a code it was killed, or it killed itself: what it had told until then is not all.
  if (code === null) return { ...told, failed: told.failed + 1 };
  if (told.passed + told.failed + told.skipped > 0) return told;
  console.log(`${stage.name} found nothing to run`);
  return failedOnce;
}

const failedOnce: Counts = { passed: 0, failed: 1, skipped: 0 };

function killGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

function line({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`;
}
