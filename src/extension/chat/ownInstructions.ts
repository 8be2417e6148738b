import * as vscode from 'vscode';
import { approximateModelTokens } from '../../core/modelTokens.ts';
import { settings } from '../contributions.ts';
import { workspaceText } from '../rollback/workspaceText.ts';
import { whyNotSent } from './sendableFiles.ts';
import type { WorkspaceAccess } from './tools/toolFiles.ts';

/** What the person or the project tells every model, with where it stands. */
export interface OwnInstruction {
  /** The setting, or the path of the file. */
  readonly source: string;
  readonly text: string;
  readonly modelTokens: number;
  /** There is more than is sent. */
  readonly isCut: boolean;
}

/** Files in which a project says how to work on it, as other assistants read them too. */
export const INSTRUCTION_FILES = ['AGENTS.md', '.github/copilot-instructions.md'];

/**
 * What is sent along with every message: the person's setting, then the project's files. A file that is kept back, or
 * of a workspace that is not trusted, is not among them.
 */
export async function ownInstructions(
  folder: vscode.Uri | undefined,
  access: WorkspaceAccess,
): Promise<OwnInstruction[]> {
  const set = vscode.workspace.getConfiguration(undefined, folder).get<unknown>(settings.instructions);
  const said = [{ source: settings.instructions as string, text: typeof set === 'string' ? set : '' }];
  if (folder && access !== 'restricted') {
    for (const path of INSTRUCTION_FILES) said.push({ source: path, text: await textOf(folder, path) });
  }
  return bounded(said.filter(({ text }) => text.trim() !== ''));
}

/** About 6,000 model tokens for all together: they are paid for with every message. */
const INSTRUCTIONS_CHARS = 24_000;

function bounded(said: readonly { readonly source: string; readonly text: string }[]): OwnInstruction[] {
  let room = INSTRUCTIONS_CHARS;
  return said.map(({ source, text: whole }) => {
    const text = whole.trim().slice(0, room);
    room -= text.length;
    const isCut = text.length < whole.trim().length;
    return { source, text, modelTokens: approximateModelTokens(text), isCut };
  });
}

async function textOf(folder: vscode.Uri, path: string): Promise<string> {
  if (await whyNotSent(folder, path)) return '';
  const read = await workspaceText(vscode.Uri.joinPath(folder, path));
  return read.kind === 'text' ? read.text : '';
}
