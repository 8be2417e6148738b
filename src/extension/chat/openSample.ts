import * as vscode from 'vscode';

/** Copies the sample workspace that comes with the extension to where the person says, and opens the copy. */
export async function openSample(context: vscode.ExtensionContext, beforeReload: () => Promise<void>): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Where should the sample go?'),
    openLabel: vscode.l10n.t('Put It Here'),
    canSelectFiles: false,
    canSelectFolders: true,
  });
  const parent = chosen?.[0];
  if (!parent) return;
  const target = await freeName(parent);
  await copyFolder(vscode.Uri.joinPath(context.extensionUri, 'examples'), target);
  await beforeReload();
  await vscode.commands.executeCommand('vscode.openFolder', target);
}

const SAMPLE_NAME = 'tokenfare-sample';
/** Whoever has more samples in one folder will find a name. */
const MOST_SAMPLES = 100;

/** Nothing that is there is ever written over. */
async function freeName(parent: vscode.Uri): Promise<vscode.Uri> {
  for (let number = 1; number <= MOST_SAMPLES; number += 1) {
    const target = vscode.Uri.joinPath(parent, number === 1 ? SAMPLE_NAME : `${SAMPLE_NAME}-${String(number)}`);
    const taken = await vscode.workspace.fs.stat(target).then(
      () => true,
      () => false,
    );
    if (!taken) return target;
  }
  throw new Error(vscode.l10n.t('There are too many samples in this folder.'));
}

/** File by file: the extension's folder may be read-only, and its rights are not those of the copy. */
async function copyFolder(from: vscode.Uri, to: vscode.Uri): Promise<void> {
  await vscode.workspace.fs.createDirectory(to);
  for (const [name, type] of await vscode.workspace.fs.readDirectory(from)) {
    const [source, target] = [vscode.Uri.joinPath(from, name), vscode.Uri.joinPath(to, name)];
    if (type === vscode.FileType.Directory) await copyFolder(source, target);
    else if (type === vscode.FileType.File) {
      await vscode.workspace.fs.writeFile(target, await vscode.workspace.fs.readFile(source));
    }
  }
}
