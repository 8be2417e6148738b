import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openWorkbench } from '../test/support/workbench.ts';
import { buildEditorSuite, EditorReport } from './buildEditorSuite.ts';

// Runs test/editor/ inside the extension host of the real VS Code, without desktop VS Code: the window is Chromium's.
const { values } = parseArgs({ options: { grep: { type: 'string' } } });

const suite = await buildEditorSuite();
const exit = Promise.withResolvers<number>();
const log: string[] = [];
const workbench = await openWorkbench({
  workspace: 'roots',
  // As on a desktop: in a browser, VS Code saves what a test leaves unsaved for longer than a second.
  settings: { 'files.autoSave': 'off' },
  suite: {
    entry: suite.entry,
    onExit: exit.resolve,
    onLog: (line) => {
      log.push(line);
    },
  },
  env: {
    EDITOR_SUITE_REPORT: suite.report,
    ...(values.grep === undefined ? {} : { EDITOR_SUITE_GREP: values.grep }),
  },
});
await exit.promise;
await workbench.close();

const { passed, failed, skipped, failures } = EditorReport.parse(JSON.parse(readFileSync(suite.report, 'utf8')));
for (const { title, error } of failures) console.log(`\n  ${title}\n${error.replace(/^/gm, '    ')}`);
if (passed + failed + skipped === 0) console.log(log.join('\n'));
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
if (process.send === undefined) console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
else process.send({ passed, failed, skipped }, () => process.exit());
