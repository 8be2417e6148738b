import * as z from 'zod/mini';
import { onOneLine } from '../onOneLine.ts';
import { pathRefusals, resolvePath } from './resolvePath.ts';
import type { Toolbox } from './toolbox.ts';
import type { FileRead } from './toolFiles.ts';
import { failure, success, type ToolResult } from './toolResult.ts';

/** More than this of one file is not sent to the model: about 25,000 model tokens, half of a small context window. */
const READ_LIMIT_CHARS = 100_000;

const pathOnly = z.object({ path: z.string() });
const listing = z.object({ path: z.optional(z.string()) });
const searching = z.object({ text: z.string(), path: z.optional(z.string()) });

/** The tools that only look. */
export const readingTools = {
  async read_file(input: unknown, toolbox: Toolbox): Promise<ToolResult> {
    const target = await resolvePath(pathOnly.parse(input).path, 'read', toolbox);
    if (typeof target !== 'string') return target;
    const read = await toolbox.files.read(target);
    return read.kind === 'text' ? success(cut(read.text), target) : failure(unreadable(read), target);
  },

  async list_files(input: unknown, toolbox: Toolbox): Promise<ToolResult> {
    const folder = await folderOf(listing.parse(input).path ?? '', toolbox);
    if (typeof folder !== 'string') return folder;
    const { paths, complete } = await toolbox.files.list(folder);
    const lines = paths.length > 0 ? paths.map(onOneLine).join('\n') : 'No files.';
    return success(complete ? lines : `${lines}\n(more files are not listed)`, folder || null);
  },

  async search(input: unknown, toolbox: Toolbox): Promise<ToolResult> {
    const { text, path = '' } = searching.parse(input);
    if (text.trim() === '') return failure('The text to find is empty.', null);
    const folder = await folderOf(path, toolbox);
    if (typeof folder !== 'string') return folder;
    const { lines, isComplete } = await toolbox.files.search(text, folder);
    if (lines.length === 0)
      return success(isComplete ? 'Not found.' : 'Not found in the files looked at.', folder || null);
    return success([...lines, ...(isComplete ? [] : ['(there are more)'])].join('\n'), folder || null);
  },

  async problems(_input: unknown, { files }: Toolbox): Promise<ToolResult> {
    return success((await files.problems()) || 'No errors or warnings.', null);
  },
};

/** Why a file has no text for the model. */
export function unreadable(read: Exclude<FileRead, { kind: 'text' }>): string {
  switch (read.kind) {
    case 'missing':
      return 'There is no such file.';
    case 'folder':
      return 'This is a folder.';
    case 'notText':
      return 'This is not a text file in UTF-8.';
    case 'tooLarge':
      return `This file is too large (${String(read.bytes)} bytes).`;
    case 'outside':
      return pathRefusals.outside;
    case 'keptBack':
      return read.reason;
  }
}

/** The normalised folder, '' for the whole workspace, or the words of the refusal. */
async function folderOf(path: string, toolbox: Toolbox): Promise<string | ToolResult> {
  return path === '' || path === '.' || path === './' ? '' : resolvePath(path, 'read', toolbox);
}

function cut(text: string): string {
  if (text.length <= READ_LIMIT_CHARS) return text;
  return `${text.slice(0, READ_LIMIT_CHARS)}\n(cut here: the file has ${String(text.length)} characters)`;
}
