import * as vscode from 'vscode';
import { approximateModelTokens } from '../../core/modelTokens.ts';
import { workspaceText } from '../rollback/workspaceText.ts';
import type { Attachment } from './chatAttachment.ts';
import type { AttachedText } from './conversation.ts';
import { problemsText } from './problemsText.ts';
import { notSentWords, whyUriNotSent } from './sendableFiles.ts';
import { workspaceListing } from './workspaceListing.ts';

/** Makes a chip of a file, a folder or a selection. Throws a sentence for what cannot go along. */
export async function attachmentOf(
  uri: vscode.Uri,
  selection: vscode.Selection | undefined,
  id: string,
): Promise<Attachment> {
  const path = vscode.workspace.asRelativePath(uri, false);
  const why = await whyUriNotSent(uri);
  if (why) throw new Error(notSentWords(path, why));
  const lines = selection && !selection.isEmpty ? { first: selection.start.line, last: lastLine(selection) } : null;
  const attachment: Attachment = {
    id,
    kind: 'file',
    label: labelOf(path, lines),
    modelTokens: 0,
    uri: uri.toString(),
    path,
    lines,
  };
  const text = await attachedText(attachment);
  if (!text) throw new Error(vscode.l10n.t('{0} is not a text file that can be sent along.', path));
  return { ...attachment, modelTokens: approximateModelTokens(text.text) };
}

/** The text as it is now, cut to what may be sent; null if it is gone, not text any more or kept back since. */
export async function attachedText(attachment: Attachment): Promise<AttachedText | null> {
  const { kind, label, content = '' } = attachment;
  if (kind === 'image') return { path: label, text: '', picture: content };
  if (kind === 'text') return { path: label, text: cut(content) };
  if (kind === 'problems') return { path: label, text: await problemsText() };
  const uri = vscode.Uri.parse(attachment.uri);
  if (await whyUriNotSent(uri)) return null;
  const read = await workspaceText(uri);
  if (read.kind === 'folder') return folderText(uri, attachment.path);
  if (read.kind !== 'text') return null;
  const { path, lines } = attachment;
  if (!lines) return { path, text: cut(read.text) };
  const chosen = read.text.split(/\r?\n/).slice(lines.first, lines.last + 1);
  return { path: attachment.label, text: cut(chosen.join('\n')) };
}

/** About 25,000 model tokens: more of one file drowns everything else that is sent. */
const ATTACHED_CHARS = 100_000;

async function folderText(uri: vscode.Uri, path: string): Promise<AttachedText | null> {
  const folder = vscode.workspace.getWorkspaceFolder(uri);
  if (!folder) return null;
  const below = folder.uri.toString() === uri.toString() ? '' : path;
  const { paths } = await workspaceListing(folder.uri, below);
  return { path: `${path}/`, text: cut(paths.join('\n')) };
}

function labelOf(path: string, lines: Attachment['lines']): string {
  const name = path.split('/').at(-1) ?? path;
  if (!lines) return name;
  const [first, last] = [lines.first + 1, lines.last + 1];
  return first === last ? `${name}:${String(first)}` : `${name}:${String(first)}-${String(last)}`;
}

/** A selection that ends at the start of a line does not mean that line. */
function lastLine({ start, end }: vscode.Selection): number {
  return end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
}

function cut(text: string): string {
  return text.length <= ATTACHED_CHARS ? text : `${text.slice(0, ATTACHED_CHARS)}\n(cut here)`;
}
