import { build } from 'esbuild';
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { vscodeTestFolder } from './fetchVscodeServer.ts';
import { projectRoot } from './projectRoot.ts';

/** What the suite inside the extension host leaves behind for the process that opened the window. */
export const EditorReport = z.object({
  passed: z.int(),
  failed: z.int(),
  skipped: z.int(),
  failures: z.array(z.object({ title: z.string(), error: z.string() })),
});

/**
 * Bundles test/editor/ to CommonJS, which every extension host loads. `entry` is for `extensionTestsPath`; the suite
 * writes an EditorReport to the file that the variable EDITOR_SUITE_REPORT names, which should be `report`.
 */
export async function buildEditorSuite(): Promise<{ entry: string; report: string }> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  // One bundle, so that a module that two tests import is one module.
  const files = globSync('test/editor/**/*.test.ts', { cwd: projectRoot }).sort();
  const loads = files.map((file) => `() => require(${JSON.stringify(path.join(projectRoot, file))})`);
  const contents = `import { runEditorSuite } from './editorSuite.ts';
export const run = () => runEditorSuite([${loads.join(', ')}]);`;
  const entry = path.join(folder, 'suite.cjs');
  await build({
    stdin: { contents, resolveDir: path.join(projectRoot, 'test', 'support'), loader: 'ts' },
    outfile: entry,
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    sourcemap: 'inline',
    external: ['vscode', 'mocha'],
    logLevel: 'error',
  });
  const report = path.join(folder, 'report.json');
  writeFileSync(report, JSON.stringify({ passed: 0, failed: 0, skipped: 0, failures: [neverRan] }));
  return { entry, report };
}

const folder = path.join(vscodeTestFolder, 'editor-suite');
const neverRan = { title: 'the suite', error: 'It ended before it reported anything.' };
