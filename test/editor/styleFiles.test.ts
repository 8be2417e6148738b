import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import * as vscode from 'vscode';
import { StyleFiles } from '../../src/extension/localEdits/styleFiles.ts';
import { eventually } from '../support/eventually.ts';

describe('the files of free edits', () => {
  let folder: vscode.Uri;
  let files: StyleFiles;

  before(() => {
    const [first] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(first);
    folder = first.uri;
    mkdirSync(at('pages/made'), { recursive: true });
    writeFileSync(at('pages/page.html'), '<p>Page</p>');
    writeFileSync(at('pages/made/copy.html'), '<p>Copy</p>');
    files = new StyleFiles(folder);
  });

  after(async () => {
    files.dispose();
    rmSync(at('pages'), { recursive: true });
    await exclude(undefined);
  });

  function at(name: string): string {
    return path.join(folder.fsPath, name);
  }

  async function pages(): Promise<string[]> {
    const found = await files.read();
    return found.map((file) => file.path).filter((name) => name.startsWith('pages/'));
  }

  async function exclude(pattern: string | undefined): Promise<void> {
    const value = pattern === undefined ? undefined : { [pattern]: true };
    await vscode.workspace.getConfiguration('files').update('exclude', value, vscode.ConfigurationTarget.Workspace);
  }

  async function become(expected: string[]): Promise<void> {
    await eventually(async () => {
      assert.deepEqual((await pages()).sort(), expected);
    });
  }

  it('are those that a person wrote: what .gitignore names is left out, as soon as it does', async () => {
    await become(['pages/made/copy.html', 'pages/page.html']);
    writeFileSync(at('pages/.gitignore'), '/made/\n');
    await become(['pages/page.html']);
    rmSync(at('pages/.gitignore'));
    await become(['pages/made/copy.html', 'pages/page.html']);
  });

  it('leave out what files.exclude hides', async () => {
    await exclude('**/made');
    await become(['pages/page.html']);
    await exclude(undefined);
    await become(['pages/made/copy.html', 'pages/page.html']);
  });

  it('read as the editor shows them, and follow the disk', async () => {
    const text = async () => (await files.read()).find((file) => file.path === 'pages/page.html')?.text;
    assert.equal(await text(), '<p>Page</p>');
    writeFileSync(at('pages/page.html'), '<p>Other</p>');
    await eventually(async () => {
      assert.equal(await text(), '<p>Other</p>');
    });
    const document = await vscode.workspace.openTextDocument(at('pages/page.html'));
    const edit = new vscode.WorkspaceEdit();
    edit.insert(document.uri, new vscode.Position(0, 0), '<i>typed</i>');
    await vscode.workspace.applyEdit(edit);
    assert.equal(await text(), '<i>typed</i><p>Other</p>');
    await document.save();
  });
});
