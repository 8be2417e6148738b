import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import type { CommandEnd } from '../chat/tools/toolCommands.ts';
import { BoundedOutput } from './boundedOutput.ts';

/** Programs that are asked to end may want to put something away first; longer than this is not waited. */
const ENDING_MS = 1_000;
/** What a shell has left running may still hold its output; what is on its way arrives within this. */
const LAST_OUTPUT_MS = 200;

/**
 * Runs a command in the shell until it ends, takes longer than `seconds`, or is stopped. With it ends everything that
 * it started. Its input is empty.
 */
export async function shellCommand(
  command: string,
  order: { readonly folder: string; readonly seconds: number; readonly signal: AbortSignal },
): Promise<CommandEnd> {
  if (isStopped(order.signal)) return { kind: 'stopped', output: '' };
  const output = new BoundedOutput();
  // A group of its own, by which all of it can be ended; on Windows that is done by the tree of processes.
  const detached = process.platform !== 'win32';
  const shell = spawn(command, { cwd: order.folder, shell: true, detached, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const stream of [shell.stdout, shell.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => output.add(text));
  const late = AbortSignal.timeout(order.seconds * 1000);
  const cut = AbortSignal.any([order.signal, late]);
  const ended = endOf(shell);
  const exit = await Promise.race([ended, aborted(cut)]);
  if (exit !== 'aborted') await Promise.race([closed(shell), wait(LAST_OUTPUT_MS)]);
  await endAll(shell);
  if (exit === 'aborted') return { kind: isStopped(order.signal) ? 'stopped' : 'timedOut', output: output.text };
  if (exit instanceof Error) return { kind: 'notStarted', reason: exit.message };
  return { kind: 'exited', exitCode: exit, output: output.text };
}

/** The exit code; what a signal ended has none, and is told as shells do. */
function endOf(shell: ChildProcess): Promise<number | Error> {
  return new Promise((resolve) => {
    shell.on('error', resolve);
    shell.on('exit', (code) => resolve(code ?? ENDED_BY_SIGNAL));
  });
}

/** Shells say 128 and the number of the signal; which one it was tells a model nothing. */
const ENDED_BY_SIGNAL = 128;

function isStopped(signal: AbortSignal): boolean {
  return signal.aborted;
}

function closed(shell: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    shell.on('close', () => resolve());
  });
}

function aborted(signal: AbortSignal): Promise<'aborted'> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve('aborted');
    else signal.addEventListener('abort', () => resolve('aborted'), { once: true });
  });
}

/** Asks all that is left of it to end, then ends it. */
async function endAll({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    await new Promise((resolve) => {
      spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' })
        .on('close', resolve)
        .on('error', resolve);
    });
    return;
  }
  if (!signalGroup(pid, 'SIGTERM')) return;
  const end = Date.now() + ENDING_MS;
  while (Date.now() < end && signalGroup(pid, 0)) await wait(ENDING_STEP_MS);
  signalGroup(pid, 'SIGKILL');
}

/** Between two looks whether all has ended: most programs need a few of these. */
const ENDING_STEP_MS = 20;

/** False once nothing of the group is left. */
function signalGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-pid, signal);
  } catch {
    return false;
  }
}
