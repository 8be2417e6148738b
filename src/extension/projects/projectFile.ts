import * as vscode from 'vscode';
import * as z from 'zod/mini';

const ProjectFile = z.object({ id: z.string().check(z.regex(/^[\x21-\x7e]{1,200}$/)) });

/** The file that gives a workspace folder its id as a project, which may be committed or not. */
export const projectFile = {
  /**
   * The id in it; null if there is no such file. Throws if it is there and has none: another id would make it another
   * project.
   */
  async read(folder: vscode.Uri): Promise<string | null> {
    const file = fileOf(folder);
    const bytes = await vscode.workspace.fs.readFile(file).then(
      (found) => found,
      () => null,
    );
    if (bytes === null) return null;
    const parsed = ProjectFile.safeParse(jsonOf(bytes));
    if (parsed.success) return parsed.data.id;
    throw new Error(vscode.l10n.t('{0} has no project id. Mend it, or delete it to begin a new project.', file.fsPath));
  },

  async write(folder: vscode.Uri, id: string): Promise<void> {
    const text = `${JSON.stringify({ id }, null, 2)}\n`;
    await vscode.workspace.fs.writeFile(fileOf(folder), new TextEncoder().encode(text));
  },
};

function fileOf(folder: vscode.Uri): vscode.Uri {
  return vscode.Uri.joinPath(folder, '.tokenfare', 'project.json');
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
