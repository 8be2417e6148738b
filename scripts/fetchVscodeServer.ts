import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { isRunning } from './isRunning.ts';
import { projectRoot } from './projectRoot.ts';

/**
 * Puts VS Code's own server into `.vscode-test/`, unless it is there already, and says where it is: the folder that
 * holds `out/server-main.js`. It comes from npm (the package code-server carries it), because a download site may be
 * out of reach where npm is not. Built under a temporary name and renamed at the end: what has the final name is whole.
 * @throws Error with one line for people if npm fails, or if `signal` ends it.
 */
export async function fetchVscodeServer(say: (line: string) => void, signal?: AbortSignal): Promise<string> {
  const final = path.join(vscodeTestFolder, `vscode-server-${CODE_SERVER_VERSION}`);
  const server = path.join(final, 'node_modules', 'code-server', 'lib', 'vscode');
  if (existsSync(path.join(server, 'out', 'server-main.js'))) return server;

  removeAbandoned();
  const temporary = path.join(vscodeTestFolder, `${TEMPORARY_PREFIX}${process.pid.toString()}`);
  mkdirSync(temporary, { recursive: true });
  writeFileSync(path.join(temporary, 'package.json'), '{ "private": true }\n');
  const inside = path.join(temporary, 'node_modules', 'code-server', 'lib', 'vscode');
  const steps: [string, string, string[]][] = [
    [
      'the server',
      temporary,
      ['install', `code-server@${CODE_SERVER_VERSION}`, '--ignore-scripts', '--no-package-lock'],
    ],
    ['what it depends on', inside, ['install', '--omit=dev', '--ignore-scripts']],
    ['its extensions', path.join(inside, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']],
  ];
  for (const [index, [what, folder, args]] of steps.entries()) {
    say(`Fetching VS Code from npm (once, about 600 MB), ${(index + 1).toString()} of 4: ${what}`);
    const result = await npm(args, folder, signal);
    if (result.code !== 0) throw new Error(`VS Code could not be fetched from npm: ${lastError(result.output)}`);
  }
  say('Fetching VS Code from npm (once, about 600 MB), 4 of 4: building its native parts');
  const built = await npm(['rebuild', ...NATIVE_PARTS], inside, signal);
  signal?.throwIfAborted();
  if (built.code !== 0) say(`Its native parts were not built, going on without them: ${lastError(built.output)}`);

  if (existsSync(final)) rmSync(temporary, { recursive: true, force: true });
  else renameSync(temporary, final);
  return server;
}

/** The git-ignored folder for everything that tests and `npm start` fetch or make. */
export const vscodeTestFolder = path.join(projectRoot, '.vscode-test');

/** The version tried on clean machines: VS Code 1.139.1. */
const CODE_SERVER_VERSION = '4.139.1';
const TEMPORARY_PREFIX = '.fetching-';
const NATIVE_PARTS = ['@vscode/spdlog', '@vscode/native-watchdog', '@vscode/fs-copyfile', 'node-pty'];

function removeAbandoned(): void {
  mkdirSync(vscodeTestFolder, { recursive: true });
  for (const name of readdirSync(vscodeTestFolder)) {
    if (!name.startsWith(TEMPORARY_PREFIX)) continue;
    if (!isRunning(Number(name.slice(TEMPORARY_PREFIX.length)))) {
      rmSync(path.join(vscodeTestFolder, name), { recursive: true, force: true });
    }
  }
}

interface NpmResult {
  code: number;
  output: string;
}

/** Runs npm under the Node that runs this file, whatever Node started the entry script. */
function npm(args: string[], cwd: string, signal?: AbortSignal): Promise<NpmResult> {
  const bin = path.dirname(process.execPath);
  const env: NodeJS.ProcessEnv = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ''}` };
  for (const name of Object.keys(env)) {
    if (/^npm_(package|lifecycle|config_(local_prefix|ignore_scripts|omit))/i.test(name) || name === 'INIT_CWD')
      env[name] = undefined;
  }
  const windows = process.platform === 'win32';
  const child = spawn(windows ? 'npm.cmd' : 'npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    env,
    shell: windows,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve) => {
    child.on('error', (error) => {
      resolve({ code: 1, output: error.message });
    });
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output });
    });
  });
}

function lastError(output: string): string {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const told = lines.filter((line) => /^npm (error|ERR!) (?!code |A complete log)\S/.test(line));
  return (told[0] ?? lines.at(-1) ?? 'npm ended without a message').replace(/^npm (error|ERR!)/, '').trim();
}
