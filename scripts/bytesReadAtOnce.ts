import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** The bytes of a module and of every chunk that it loads at once; a dynamic import is read later, or never. */
export function bytesReadAtOnce(entry: string): number {
  const files = new Set([entry]);
  for (const file of files) {
    const imports = readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g);
    const chunks = [...imports].map(([, specifier = '']) => path.join(path.dirname(file), specifier));
    // Texts may speak of imports too, of files that are not there.
    for (const chunk of chunks.filter((name) => existsSync(name))) files.add(chunk);
  }
  return [...files].reduce((sum, file) => sum + statSync(file).size, 0);
}
