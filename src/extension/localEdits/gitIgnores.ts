import ignore, { type Ignore } from 'ignore';
import * as vscode from 'vscode';

/** Which files of a workspace folder its `.gitignore` files leave out, the nested ones included. */
export async function gitIgnores(folder: vscode.Uri): Promise<(uri: vscode.Uri) => boolean> {
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, '**/.gitignore'),
    '**/node_modules/**',
    MOST_IGNORE_FILES,
  );
  const rules = await Promise.all(found.map(rulesOf));
  return (uri) =>
    rules.some(({ below, ignores }) => uri.path.startsWith(below) && ignores(uri.path.slice(below.length)));
}

/** A repository of many packages has one each; more are in folders that were generated. */
const MOST_IGNORE_FILES = 200;

async function rulesOf(file: vscode.Uri): Promise<{ below: string; ignores: Ignore['ignores'] }> {
  const text = await vscode.workspace.fs.readFile(file).then(
    (bytes) => new TextDecoder().decode(bytes),
    () => '',
  );
  const rules = ignore().add(text);
  return { below: file.path.slice(0, -'.gitignore'.length), ignores: (path) => rules.ignores(path) };
}
