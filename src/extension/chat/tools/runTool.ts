import * as z from 'zod/mini';
import { resolveWorkspacePath, type PathRefusal } from '../../../core/changeSet.ts';
import type { ModelToolCall } from '../modelCall.ts';
import { editText } from './editText.ts';
import { isToolName, type ToolName } from './toolDefinitions.ts';
import type { FileRead, ToolFiles } from './toolFiles.ts';

/** What a tool call came to: the words for the model, the path it was about, and whether it failed. Never throws. */
export interface ToolResult {
  readonly output: string;
  readonly path: string | null;
  readonly failed: boolean;
}

/** More than this of one file is not sent to the model: about 25,000 model tokens, half of a small context window. */
const READ_LIMIT_CHARS = 100_000;
/** The largest file a model may write at once; more than any output limit produces. */
const WRITE_LIMIT_CHARS = 2_000_000;

const pathOnly = z.object({ path: z.string() });
const listing = z.object({ path: z.optional(z.string()) });
const searching = z.object({ text: z.string(), path: z.optional(z.string()) });
const writing = z.object({ path: z.string(), content: z.string() });
const editing = z.object({ path: z.string(), find: z.string(), replace: z.string() });

/**
 * Runs one tool call of a whole answer. Whatever is wrong with it is answered to the model in words, and nothing is
 * changed.
 */
export async function runTool(
  call: ModelToolCall,
  allowed: readonly ToolName[],
  files: ToolFiles,
): Promise<ToolResult> {
  const { tool } = call;
  if (call.broken && isToolName(tool)) return failure('The arguments were not valid JSON. Nothing was changed.', null);
  if (!isToolName(tool) || !allowed.includes(tool)) return failure(`There is no tool ${tool} here.`, null);
  try {
    return await runners[tool](call.input, files);
  } catch (error) {
    if (error instanceof z.core.$ZodError)
      return failure('The arguments do not fit the tool. Nothing was changed.', null);
    return failure(error instanceof Error ? error.message : String(error), null);
  }
}

const runners: Record<ToolName, (input: unknown, files: ToolFiles) => Promise<ToolResult>> = {
  async read_file(input, files) {
    const target = await resolve(pathOnly.parse(input).path, 'read', files);
    if (typeof target !== 'string') return target;
    const read = await files.read(target);
    return read.kind === 'text' ? success(cut(read.text), target) : failure(unreadable(read), target);
  },

  async list_files(input, files) {
    const folder = await folderOf(listing.parse(input).path ?? '', files);
    if (typeof folder !== 'string') return folder;
    const { paths, complete } = await files.list(folder);
    const lines = paths.length > 0 ? paths.join('\n') : 'No files.';
    return success(complete ? lines : `${lines}\n(more files are not listed)`, folder || null);
  },

  async search(input, files) {
    const { text, path = '' } = searching.parse(input);
    if (text.trim() === '') return failure('The text to find is empty.', null);
    const folder = await folderOf(path, files);
    if (typeof folder !== 'string') return folder;
    const { lines, isComplete } = await files.search(text, folder);
    if (lines.length === 0)
      return success(isComplete ? 'Not found.' : 'Not found in the files looked at.', folder || null);
    return success([...lines, ...(isComplete ? [] : ['(there are more)'])].join('\n'), folder || null);
  },

  problems(_input, files) {
    return Promise.resolve(success(files.problems() || 'No errors or warnings.', null));
  },

  async write_file(input, files) {
    const { path, content } = writing.parse(input);
    if (content.length > WRITE_LIMIT_CHARS) return failure('The content is too large for one file.', path);
    const target = await resolve(path, 'write', files);
    return typeof target === 'string' ? write(target, content, files) : target;
  },

  async edit_file(input, files) {
    const { path, find, replace } = editing.parse(input);
    const target = await resolve(path, 'write', files);
    if (typeof target !== 'string') return target;
    const read = await files.read(target);
    if (read.kind !== 'text') return failure(unreadable(read), target);
    const edited = editText(read.text, find, replace);
    return edited.kind === 'edited' ? write(target, edited.text, files) : failure(edited.reason, target);
  },
};

/** The normalised folder, '' for the whole workspace, or the words of the refusal. */
async function folderOf(path: string, files: ToolFiles): Promise<string | ToolResult> {
  return path === '' || path === '.' || path === './' ? '' : resolve(path, 'read', files);
}

async function write(path: string, content: string, files: ToolFiles): Promise<ToolResult> {
  const written = await files.write(path, content);
  switch (written.kind) {
    case 'written':
      return success(written.created ? `Created ${path}.` : `Changed ${path}.`, path);
    case 'outside':
      return failure(refusals.outside, path);
    case 'failed':
      return failure(written.reason, path);
  }
}

/** The normalised path, or the words of the refusal. */
async function resolve(path: string, purpose: 'read' | 'write', files: ToolFiles): Promise<string | ToolResult> {
  if (files.access === 'none') return failure('No folder is open in the editor, so there are no files.', path);
  if (purpose === 'write' && files.access === 'restricted') {
    return failure('This workspace is in Restricted Mode: files can be read, nothing can be written.', path);
  }
  if (purpose === 'write' && files.access === 'readOnly') {
    return failure('This folder is read-only, so nothing can be written here.', path);
  }
  const resolved = resolveWorkspacePath(path);
  if (resolved.kind === 'refusal') return failure(refusals[resolved.reason], path);
  if (resolved.needsConsent && !(await files.consent(resolved.path, purpose))) {
    return failure(`${resolved.path} is guarded, and the person did not allow this.`, resolved.path);
  }
  return resolved.path;
}

const refusals: Record<PathRefusal, string> = {
  empty: 'The path is empty.',
  absolute: 'The path must be relative to the workspace folder.',
  drive: 'The path must be relative to the workspace folder, without a drive.',
  outside: 'The path leads outside the workspace. Nothing outside is read or written.',
  backslash: 'The path must use / between folders.',
  nul: 'The path has a NUL character.',
  too_long: 'The path is too long.',
};

function unreadable(read: Exclude<FileRead, { kind: 'text' }>): string {
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
      return refusals.outside;
  }
}

function cut(text: string): string {
  if (text.length <= READ_LIMIT_CHARS) return text;
  return `${text.slice(0, READ_LIMIT_CHARS)}\n(cut here: the file has ${String(text.length)} characters)`;
}

function success(output: string, path: string | null): ToolResult {
  return { output, path, failed: false };
}

function failure(reason: string, path: string | null): ToolResult {
  return { output: `Error: ${reason}`, path, failed: true };
}
