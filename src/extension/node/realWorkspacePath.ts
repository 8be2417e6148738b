import { readlink, realpath } from 'node:fs/promises';
import path from 'node:path';

/**
 * Where a path inside a folder really is, once links are followed: relative to the folder's own real place, with `/`;
 * null if that is outside. What does not exist yet is judged by the nearest folder above that does.
 */
export async function realWorkspacePath(root: string, relative: string): Promise<string | null> {
  const realRoot = await realpath(root);
  const real = await realOrPlanned(path.join(root, relative));
  const inside = path.relative(realRoot, real);
  if (inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside)) return null;
  return inside.split(path.sep).join('/');
}

/** Links in a row that are followed before a path counts as endless. */
const MAX_DANGLING_LINKS = 40;

async function realOrPlanned(target: string, links = 0): Promise<string> {
  try {
    return await realpath(target);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || links > MAX_DANGLING_LINKS) throw error;
    // A link to what does not exist yet: writing through it would create that.
    const linked = await readlink(target).catch(() => null);
    if (linked !== null) return realOrPlanned(path.resolve(path.dirname(target), linked), links + 1);
    const above = path.dirname(target);
    return above === target ? target : path.join(await realOrPlanned(above, links), path.basename(target));
  }
}
