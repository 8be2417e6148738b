import Mocha from 'mocha';
import { writeFileSync } from 'node:fs';

/**
 * Runs the given test files with mocha inside the extension host and leaves the outcome in the file that
 * EDITOR_SUITE_REPORT names. Rejects if anything failed, which is how VS Code learns of it.
 */
export async function runEditorSuite(files: (() => unknown)[]): Promise<void> {
  const grep = process.env.EDITOR_SUITE_GREP;
  const mocha = new Mocha({
    ui: 'bdd',
    timeout: TEST_TIMEOUT_MS,
    forbidOnly: true,
    // The base reporter prints nothing by itself.
    reporter: Mocha.reporters.Base,
    ...(grep === undefined ? {} : { grep }),
  });
  // What mocha does around loading a file: this is how describe and it become known.
  mocha.suite.emit(Mocha.Suite.constants.EVENT_FILE_PRE_REQUIRE, globalThis, '', mocha);
  for (const load of files) load();

  const report = { passed: 0, failed: 0, skipped: 0, failures: new Array<{ title: string; error: string }>() };
  await new Promise<void>((resolve) => {
    mocha
      .run(() => {
        resolve();
      })
      .on('pass', () => report.passed++)
      .on('pending', () => report.skipped++)
      .on('fail', (test, error: Error) => {
        report.failed++;
        report.failures.push({ title: test.fullTitle(), error: error.stack ?? error.message });
      });
  });
  const file = process.env.EDITOR_SUITE_REPORT;
  if (file !== undefined) writeFileSync(file, JSON.stringify(report));
  if (report.failed > 0) throw new Error(`${report.failed} of the in-editor tests failed`);
}

/** Long enough for the embedded backend to start on a cold and busy machine. */
const TEST_TIMEOUT_MS = 30_000;
