import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { embeddedCommand } from '../../../../src/extension/node/embeddedCommand.ts';

describe('the command that starts the embedded backend', () => {
  it("has this binary run the program as a plain Node, in our environment without what is VS Code's own", () => {
    const ours = { PATH: '/bin', LANG: 'C', VSCODE_PID: '1', ELECTRON_NO_ASAR: '1', NODE_OPTIONS: '--inspect' };
    const { args, env } = embeddedCommand('/dist/backend.js', ours);
    assert.equal(args.at(-1), '/dist/backend.js');
    const { PATH, LANG, ELECTRON_RUN_AS_NODE, ...others } = env;
    assert.deepEqual({ PATH, LANG, ELECTRON_RUN_AS_NODE }, { PATH: '/bin', LANG: 'C', ELECTRON_RUN_AS_NODE: '1' });
    for (const name of Object.keys(others)) assert.match(name, /^MALLOC_/);
  });
});
