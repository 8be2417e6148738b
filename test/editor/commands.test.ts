import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commands } from '../../src/extension/contributions.ts';
import { eventually } from '../support/eventually.ts';

/** They need a paid plan, something paid, or a server of one’s own. */
const SAY_WHY_NOT: ReadonlySet<string> = new Set([
  commands.requestRefund,
  commands.exportCode,
  commands.signIn,
  commands.signOut,
]);

describe('a command of the palette, right after the start', () => {
  before(() => vscode.extensions.getExtension('tokenfare.tokenfare')?.activate());

  afterEach(() => vscode.commands.executeCommand('workbench.action.closeAllEditors'));

  for (const command of Object.values(commands)) {
    const saysWhy = SAY_WHY_NOT.has(command);
    it(`${command} ${saysWhy ? 'says why it can’t' : 'does what there is to do, or asks, and takes no for an answer'}`, async () => {
      let hasEnded = false;
      void vscode.commands.executeCommand(command).then(() => (hasEnded = true));
      await eventually(async () => {
        await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
        // An error is a notification, with the log a press away: only those that have a reason to may end by one.
        if (saysWhy) await vscode.commands.executeCommand('notifications.clearAll');
        assert.ok(hasEnded);
      });
    });
  }

  for (const [command, title] of [
    [commands.openAccount, 'Account'],
    [commands.promptingGuide, 'Preview prompting-guide.md'],
  ] as const) {
    it(`${command} opens ${title}`, async () => {
      await vscode.commands.executeCommand(command);
      await eventually(() => {
        assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab?.label, title);
      });
    });
  }
});
