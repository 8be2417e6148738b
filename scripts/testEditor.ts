import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openWorkbench } from '../test/support/workbench.ts';
import { buildEditorSuite, EditorReport } from './buildEditorSuite.ts';

// Runs test/editor/ inside the extension host of the real VS Code, without desktop VS Code: the window is Chromium's.
const { values } = parseArgs({ options: { grep: { type: 'string' } } });

const suite = await buildEditorSuite();
const exit = Promise.withResolvers<number>();
const workbench = await openWorkbench({
  suite: {
    entry: suite.entry,
    onExit: (code) => {
      exit.resolve(code);
    },
    onLog: (line) => {
      console.log(line);
    },
  },
  env: {
    TOKENFARE_EDITOR_REPORT: suite.report,
    ...(values.grep === undefined ? {} : { TOKENFARE_EDITOR_GREP: values.grep }),
  },
});
await exit.promise;
const report = EditorReport.parse(JSON.parse(readFileSync(path.join(suite.report), 'utf8')));
for (const failure of report.failures) console.log(`\n  ${failure.title}\n${failure.error.replace(/^/gm, '    ')}`);
await workbench.close();
const { passed, failed, skipped } = report;
if (process.send === undefined) console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.send?.({ passed, failed, skipped }, () => process.exit(failed > 0 || passed === 0 ? 1 : 0));
