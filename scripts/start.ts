import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { backendPid, endBackend } from './endBackend.ts';
import { fetchVscodeServer, vscodeTestFolder } from './fetchVscodeServer.ts';
import { installVsix } from './installVsix.ts';
import { packageVsix } from './packageVsix.ts';
import { projectRoot } from './projectRoot.ts';
import { startVscodeServer, type VscodeServerOptions } from './startVscodeServer.ts';

// `npm start`: a real VS Code in the browser, with the extension installed and the sample workspace open. Ctrl+C ends
// all of it.
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    folder: { type: 'string' },
    data: { type: 'string', default: path.join(vscodeTestFolder, 'start') },
    'without-token': { type: 'boolean', default: false },
  },
});

const say = (line: string): void => {
  console.error(line);
};
const stopping = new AbortController();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopping.abort();
  });
}

try {
  await run();
} catch (error) {
  if (stopping.signal.aborted) process.exit(130);
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const data = path.resolve(values.data);
  const folder = values.folder === undefined ? sampleWorkspace(data) : path.resolve(values.folder);
  const server = await fetchVscodeServer(say, stopping.signal);
  say('Building the extension');
  const { vsix } = await packageVsix();

  const token = values['without-token'] ? undefined : randomBytes(16).toString('hex');
  const options: VscodeServerOptions = {
    server,
    folder,
    dataDir: path.join(data, 'vscode'),
    port: Number(values.port),
    env: { TOKENFARE_DATA: data },
    ...(token === undefined ? {} : { token }),
  };
  await installVsix(vsix, options);
  if (stopping.signal.aborted) return;
  const before = backendPid(data);
  const vscode = await startVscodeServer(options);
  console.log(`Open ${vscode.url}${token === undefined ? '' : `?tkn=${token}`}`);
  await Promise.race([vscode.ended, untilStopped()]);
  await vscode.stop();
  // One that was there before belongs to another window.
  if (backendPid(data) !== before) await endBackend(data);
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    if (stopping.signal.aborted) resolve();
    stopping.signal.addEventListener('abort', () => {
      resolve();
    });
  });
}

/** A copy, so that what the chat does to it never shows up in the checkout. An earlier copy is kept as it was left. */
function sampleWorkspace(data: string): string {
  const copy = path.join(data, 'workspace');
  if (existsSync(copy)) return copy;
  mkdirSync(data, { recursive: true });
  cpSync(path.join(projectRoot, 'examples'), copy, { recursive: true });
  return copy;
}
