import * as vscode from 'vscode';
import type { Collected } from '../node/collectFiles.ts';

/**
 * The files of a folder that go out. A file that looks like a secret stops it and is named, with a way to it: null
 * then. Throws where there are too many.
 */
export async function collectProject(
  folder: vscode.Uri,
  { respectIgnores, mostFiles }: { respectIgnores: boolean; mostFiles: number },
): Promise<Collected | null> {
  const [{ collectFiles }, { gitIgnores }] = await Promise.all([
    import('../node/collectFiles.ts'),
    import('../localEdits/gitIgnores.ts'),
  ]);
  const ignores = respectIgnores ? await gitIgnores(folder) : () => false;
  const isIgnored = (path: string): boolean => ignores(vscode.Uri.joinPath(folder, path));
  const collected = await collectFiles(folder.fsPath, { isIgnored, mostFiles });
  if (collected.files.length > mostFiles) {
    throw new Error(vscode.l10n.t('There are more than {0} files here; that is more than an app may have.', mostFiles));
  }
  if (collected.secret === null) return collected;
  void tellOfSecret(folder, collected.secret);
  return null;
}

async function tellOfSecret(folder: vscode.Uri, { path, secret }: NonNullable<Collected['secret']>): Promise<void> {
  const { t } = vscode.l10n;
  const line = secret.kind === 'key' ? secret.line : 1;
  const sentence =
    secret.kind === 'key'
      ? t('{0} has what looks like a secret in line {1}, so nothing went out. 0 tokens.', path, line)
      : t('{0} looks like a file of secrets, so nothing went out. 0 tokens.', path);
  const open = t('Open File');
  if ((await vscode.window.showErrorMessage(sentence, open)) !== open) return;
  const at = new vscode.Position(line - 1, 0);
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, path), { selection: new vscode.Range(at, at) });
}
