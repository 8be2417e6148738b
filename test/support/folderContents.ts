import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** Every file below a folder with its mode and exact bytes, for comparing before and after. */
export function folderContents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort();
  return Object.fromEntries(
    files.map((name) => {
      const file = path.join(folder, name);
      return [name, `${(statSync(file).mode & 0o777).toString(8)} ${readFileSync(file).toString('base64')}`];
    }),
  );
}
