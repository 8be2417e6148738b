import { createVSIX } from '@vscode/vsce';
import { statSync } from 'node:fs';
import path from 'node:path';
import { build } from '../esbuild.config.mjs';
import { projectRoot } from './projectRoot.ts';

/** Builds for release and packs dist/tokenfare.vsix. Everything is bundled, so no dependency goes in. */
export async function packageVsix(): Promise<{ vsix: string; bytes: number }> {
  await build({ release: true });
  await createVSIX({
    cwd: projectRoot,
    packagePath: vsixPath,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
    skipLicense: false,
  });
  return { vsix: vsixPath, bytes: statSync(vsixPath).size };
}

export const vsixPath = path.join(projectRoot, 'dist', 'tokenfare.vsix');
