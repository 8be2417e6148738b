import * as vscode from 'vscode';
import * as z from 'zod/mini';

const ProjectFile = z.object({ id: z.string().check(z.regex(/^[\x21-\x7e]{1,200}$/)) });

/**
 * A workspace folder as a project: the id in its `.tokenfare/project.json`, which is made where there is none and may
 * be committed or not, and the folder's name. Throws if the file is there and is no project file: another id would
 * make it another project.
 */
export async function projectOf(folder: vscode.Uri): Promise<{ id: string; name: string }> {
  const name = folder.path.split('/').findLast((each) => each !== '') ?? 'App';
  const file = vscode.Uri.joinPath(folder, '.tokenfare', 'project.json');
  const bytes = await vscode.workspace.fs.readFile(file).then(
    (found) => found,
    () => null,
  );
  if (bytes === null) {
    const id = crypto.randomUUID();
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(`${JSON.stringify({ id }, null, 2)}\n`));
    return { id, name };
  }
  const parsed = ProjectFile.safeParse(jsonOf(bytes));
  if (parsed.success) return { id: parsed.data.id, name };
  throw new Error(vscode.l10n.t('{0} has no project id. Mend it, or delete it to begin a new project.', file.fsPath));
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}
