import { access, constants } from 'node:fs/promises';

/** Whether this process may create files in a folder. */
export async function isWritableFolder(folder: string): Promise<boolean> {
  try {
    await access(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
