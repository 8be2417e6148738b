import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('activation', () => {
  it('happens by itself and registers every command that package.json names', async () => {
    const extension = vscode.extensions.getExtension('tokenfare.tokenfare');
    assert.ok(extension, 'the extension is not installed');
    await extension.activate();
    const manifest = extension.packageJSON as { contributes?: { commands?: { command: string }[] } };
    const declared = (manifest.contributes?.commands ?? []).map(({ command }) => command);
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(declared.length > 0, 'package.json names no command');
    assert.deepEqual(
      declared.filter((command) => !registered.has(command)),
      [],
    );
  });
});
