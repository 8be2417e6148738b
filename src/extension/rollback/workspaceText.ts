import * as vscode from 'vscode';

/**
 * The text of a file as the person means it: what is typed and not saved, else the disk's. A document without unsaved
 * text may lag behind the disk, and stays known for a while after its file is gone.
 */
export async function workspaceText(uri: vscode.Uri): Promise<WorkspaceText> {
  const document = openDocument(uri);
  if (document?.isDirty) return { kind: 'text', text: document.getText() };
  try {
    const { type, size } = await vscode.workspace.fs.stat(uri);
    if (type & vscode.FileType.Directory) return { kind: 'folder' };
    if (size > LARGEST_TEXT_BYTES) return { kind: 'tooLarge', bytes: size };
    const bytes = await vscode.workspace.fs.readFile(uri);
    return decoded(bytes);
  } catch (error) {
    if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') return { kind: 'missing' };
    throw error;
  }
}

export type WorkspaceText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'notText' }
  | { readonly kind: 'tooLarge'; readonly bytes: number };

/** A text larger than this is data: no model gets it, and no edit of ours is meant for it. */
const LARGEST_TEXT_BYTES = 4_000_000;

/** The open document of a file, if an editor or another extension holds it. */
export function openDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const wanted = uri.toString();
  return vscode.workspace.textDocuments.find((document) => !document.isClosed && document.uri.toString() === wanted);
}

/** Only UTF-8 without NUL is text here: whatever else it is, it must not be written back as something else. */
function decoded(bytes: Uint8Array): WorkspaceText {
  if (bytes.includes(0)) return { kind: 'notText' };
  try {
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { kind: 'notText' };
  }
}
