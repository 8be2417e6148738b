import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Puts an empty folder beside one, and answers the workspace file that opens both, the given one first. */
export function twoRoots(folder: string): string {
  const [second, file] = [`${folder}-second`, `${folder}.code-workspace`];
  mkdirSync(second, { recursive: true });
  const folders = [folder, second].map((root) => ({ path: path.basename(root) }));
  writeFileSync(file, JSON.stringify({ folders }));
  return file;
}
