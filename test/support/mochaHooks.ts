import type { Context, RootHookObject } from 'mocha';
import { textInBrowsers } from './openBrowsers.ts';

/** For a run of window tests: whatever fails there says what stood on the screen. */
export const mochaHooks: RootHookObject = {
  async afterEach(this: Context) {
    if (this.currentTest?.state !== 'failed') return;
    console.log(`\n  on the screen, after “${this.currentTest.fullTitle()}”:\n${await textInBrowsers()}`);
  },
};
