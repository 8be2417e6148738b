import { runTests } from '@vscode/test-electron';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from '../esbuild.config.mjs';
import { buildEditorSuite, EditorReport } from './buildEditorSuite.ts';
import { endBackend } from './endBackend.ts';
import { twoRoots } from './twoRoots.ts';
import { projectRoot } from './projectRoot.ts';

// `npm run test:electron`: the in-editor suite in desktop VS Code, which @vscode/test-electron downloads.
const home = mkdtempSync(path.join(tmpdir(), 'tokenfare-'));
const data = path.join(home, 'data');
const workspace = path.join(home, 'workspace');
cpSync(path.join(projectRoot, 'examples'), workspace, { recursive: true });
await build({ release: false });
const suite = await buildEditorSuite();
try {
  await runTests({
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: suite.entry,
    extensionTestsEnv: { TOKENFARE_DATA: data, EDITOR_SUITE_REPORT: suite.report },
    launchArgs: [twoRoots(workspace), '--disable-workspace-trust', '--user-data-dir', path.join(home, 'vscode')],
  });
} catch (error) {
  // Which tests failed stands in the report.
  console.error(error instanceof Error ? error.message : error);
}
await endBackend(data);
rmSync(home, { recursive: true, force: true, maxRetries: 5 });

const { passed, failed, skipped, failures } = EditorReport.parse(JSON.parse(readFileSync(suite.report, 'utf8')));
for (const { title, error } of failures) console.log(`\n  ${title}\n${error.replace(/^/gm, '    ')}`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
