import { readdirSync } from 'node:fs';
import path from 'node:path';
import { bytesReadAtOnce } from './bytesReadAtOnce.ts';
import { projectRoot } from './projectRoot.ts';

/** What a window reads at its start: what VS Code activates, and what that loads as soon as it has returned. */
export function bytesReadAtActivation(): number {
  const dist = path.join(projectRoot, 'dist');
  const started = readdirSync(path.join(dist, 'extension')).filter((name) => /^extension-\w+\.js$/.test(name));
  if (started.length !== 1) throw new Error(`One part is started, and ${started.length} are there.`);
  const files = [path.join(dist, 'extension.js'), ...started.map((name) => path.join(dist, 'extension', name))];
  return files.reduce((sum, file) => sum + bytesReadAtOnce(file), 0);
}
