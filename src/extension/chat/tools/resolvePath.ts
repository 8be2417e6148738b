import { resolveWorkspacePath, type PathRefusal } from '../../../core/changeSet.ts';
import type { Toolbox } from './toolbox.ts';
import { failure, type ToolResult } from './toolResult.ts';

/** The normalised path that a tool may touch, after a yes where it needs one; or the words of the refusal. */
export async function resolvePath(
  path: string,
  purpose: 'read' | 'write',
  { files, consent }: Toolbox,
): Promise<string | ToolResult> {
  if (files.access === 'none') return failure('No folder is open in the editor, so there are no files.', path);
  if (purpose === 'write' && files.access === 'restricted') {
    return failure('This workspace is in Restricted Mode: files can be read, nothing can be written.', path);
  }
  if (purpose === 'write' && files.access === 'readOnly') {
    return failure('This folder is read-only, so nothing can be written here.', path);
  }
  const resolved = resolveWorkspacePath(path);
  if (resolved.kind === 'refusal') return failure(pathRefusals[resolved.reason], path);
  if (resolved.needsConsent && !(await consent({ kind: purpose, path: resolved.path }))) {
    return failure(`${resolved.path} is guarded, and the person did not allow this.`, resolved.path);
  }
  return resolved.path;
}

/** Why a path is not touched, in words for the model. */
export const pathRefusals: Record<PathRefusal, string> = {
  empty: 'The path is empty.',
  absolute: 'The path must be relative to the workspace folder.',
  drive: 'The path must be relative to the workspace folder, without a drive.',
  outside: 'The path leads outside the workspace. Nothing outside is read or written.',
  backslash: 'The path must use / between folders.',
  nul: 'The path has a NUL character.',
  not_unicode: 'The path has half a character (a lone surrogate).',
  too_long: 'The path is too long.',
};
