import { execFile } from 'node:child_process';
import { renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from '../esbuild.config.mjs';
import { projectRoot } from './projectRoot.ts';

/**
 * Builds for release and packs dist/tokenfare.vsix. Everything is bundled, so no dependency goes in.
 * @throws Error with what the bundler or vsce says.
 */
export async function packageVsix(): Promise<{ vsix: string; bytes: number }> {
  await build({ release: true });
  // As a process of its own, because vsce talks on stdout, which belongs to the command that asked for the package.
  const vsce = path.join(projectRoot, 'node_modules', '@vscode', 'vsce', 'vsce');
  const args = ['package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links'];
  // Beside it first: another process may be installing the one that is there.
  const fresh = path.join(projectRoot, 'dist', `${String(process.pid)}.vsix`);
  await promisify(execFile)(process.execPath, [vsce, ...args, '--out', fresh], { cwd: projectRoot });
  renameSync(fresh, vsixPath);
  return { vsix: vsixPath, bytes: statSync(vsixPath).size };
}

export const vsixPath = path.join(projectRoot, 'dist', 'tokenfare.vsix');
