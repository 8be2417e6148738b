import * as z from 'zod/mini';
import { editText } from './editText.ts';
import { unreadable } from './readingTools.ts';
import { pathRefusals, resolvePath } from './resolvePath.ts';
import type { Toolbox } from './toolbox.ts';
import type { FileWrite } from './toolFiles.ts';
import { failure, success, type ToolResult } from './toolResult.ts';

/** The largest file a model may write at once; more than any output limit produces. */
const WRITE_LIMIT_CHARS = 2_000_000;

const pathOnly = z.object({ path: z.string() });
const writing = z.object({ path: z.string(), content: z.string() });
const editing = z.object({ path: z.string(), find: z.string(), replace: z.string() });
const renaming = z.object({ path: z.string(), to: z.string() });

/** The tools that change files: each change is in the checkpoint and can be rolled back. */
export const changingTools = {
  async write_file(input: unknown, toolbox: Toolbox): Promise<ToolResult> {
    const { path, content } = writing.parse(input);
    if (content.length > WRITE_LIMIT_CHARS) return failure('The content is too large for one file.', path);
    const target = await resolvePath(path, 'write', toolbox);
    return typeof target === 'string' ? write(target, content, toolbox) : target;
  },

  async edit_file(input: unknown, toolbox: Toolbox): Promise<ToolResult> {
    const { path, find, replace } = editing.parse(input);
    const target = await resolvePath(path, 'write', toolbox);
    if (typeof target !== 'string') return target;
    const read = await toolbox.files.read(target);
    if (read.kind !== 'text') return failure(unreadable(read), target);
    const edited = editText(read.text, find, replace);
    return edited.kind === 'edited' ? write(target, edited.text, toolbox) : failure(edited.reason, target);
  },

  async delete_file(input: unknown, toolbox: Toolbox): Promise<ToolResult> {
    const target = await resolvePath(pathOnly.parse(input).path, 'write', toolbox);
    if (typeof target !== 'string') return target;
    return answer(await toolbox.files.remove(target), `Deleted ${target}.`, target);
  },

  async rename_file(input: unknown, toolbox: Toolbox): Promise<ToolResult> {
    const { path, to } = renaming.parse(input);
    const from = await resolvePath(path, 'write', toolbox);
    if (typeof from !== 'string') return from;
    const target = await resolvePath(to, 'write', toolbox);
    if (typeof target !== 'string') return target;
    if (from === target) return failure('Both names are the same.', from);
    return answer(await toolbox.files.rename(from, target), `Renamed ${from} to ${target}.`, target);
  },
};

/** Where the person has typed in the same lines, they are asked whose lines are to stand. */
async function write(path: string, content: string, { files, consent }: Toolbox): Promise<ToolResult> {
  const tried = await files.write(path, content, 'stop');
  const isReplaced = tried.kind === 'overlap' && (await consent({ kind: 'overlap', path }));
  const written = isReplaced ? await files.write(path, content, 'replace') : tried;
  const done = written.kind === 'done' && written.created ? `Created ${path}.` : `Changed ${path}.`;
  return answer(written, done, path);
}

function answer(written: FileWrite, done: string, path: string): ToolResult {
  switch (written.kind) {
    case 'done':
      return success(done, path);
    case 'outside':
      return failure(pathRefusals.outside, path);
    case 'overlap':
      return failure(
        'The person has changed the same lines meanwhile and wants to keep theirs, so nothing was changed. Read it again.',
        path,
      );
    case 'failed':
      return failure(written.reason, path);
  }
}
