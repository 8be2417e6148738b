import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { findSecret, SEARCHED_BYTES, searchedText, type Secret } from '../../core/publishing/findSecret.ts';
import { neverPublished } from '../../core/publishing/neverPublished.ts';

/** A file that goes out: its path with `/`, relative to the folder. */
export interface CollectedFile {
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
}

/** What of a folder goes out, and the first file that looks like a secret, which stops all of it. */
export interface Collected {
  readonly files: readonly CollectedFile[];
  readonly bytes: number;
  readonly secret: { readonly path: string; readonly secret: Secret } | null;
}

/**
 * Every file below a folder but those that never go out, those that `isIgnored`, and links, which may lead anywhere.
 * Stops reading at `mostFiles` and one more.
 */
export async function collectFiles(
  folder: string,
  { isIgnored, mostFiles }: { isIgnored: (path: string) => boolean; mostFiles: number },
): Promise<Collected> {
  const files: CollectedFile[] = [];
  for await (const file of filesBelow(folder, '', isIgnored)) {
    files.push(file);
    if (files.length > mostFiles) break;
  }
  files.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { files, bytes: files.reduce((sum, { size }) => sum + size, 0), secret: await firstSecret(folder, files) };
}

async function* filesBelow(
  folder: string,
  below: string,
  isIgnored: (path: string) => boolean,
): AsyncGenerator<CollectedFile> {
  for (const entry of await readdir(path.join(folder, below), { withFileTypes: true })) {
    const found = below === '' ? entry.name : `${below}/${entry.name}`;
    if (neverPublished(found) || isIgnored(found)) continue;
    if (entry.isDirectory()) yield* filesBelow(folder, found, isIgnored);
    if (!entry.isFile()) continue;
    const { size, mode } = await stat(path.join(folder, found));
    yield { path: found, size, executable: (mode & OWNER_MAY_RUN) !== 0 };
  }
}

async function firstSecret(folder: string, files: readonly CollectedFile[]): Promise<Collected['secret']> {
  for (const file of files) {
    const bytes = file.size > SEARCHED_BYTES ? new Uint8Array() : await readFile(path.join(folder, file.path));
    const secret = findSecret(file.path, searchedText(bytes));
    if (secret !== null) return { path: file.path, secret };
  }
  return null;
}

/** The bit of a mode that makes a file a program for its owner. */
const OWNER_MAY_RUN = 0o100;
