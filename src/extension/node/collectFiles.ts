import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { findSecret, SEARCHED_BYTES, searchedText, type Secret } from '../../core/publishing/findSecret.ts';
import { holdsSecrets } from '../../core/publishing/holdsSecrets.ts';
import { neverPublished } from '../../core/publishing/neverPublished.ts';

/** A file that goes out: its path with `/`, relative to the folder. */
export interface CollectedFile {
  readonly path: string;
  readonly size: number;
  readonly executable: boolean;
}

/** What is left out without a person's having said so: a folder's path ends with `/`. */
export interface LeftOut {
  readonly path: string;
  readonly why: 'secret' | 'link';
}

/** What of a folder goes out, what is left out, and the first file that looks like a secret, which stops all of it. */
export interface Collected {
  readonly files: readonly CollectedFile[];
  readonly leftOut: readonly LeftOut[];
  readonly bytes: number;
  readonly secret: { readonly path: string; readonly secret: Secret } | null;
}

/**
 * Every file below a folder but those that never go out, those that `isIgnored`, and links, which may lead anywhere.
 * Links and what secrets are kept in are named. Stops reading at `mostFiles` and one more.
 */
export async function collectFiles(
  folder: string,
  { isIgnored, mostFiles }: { isIgnored: (path: string) => boolean; mostFiles: number },
): Promise<Collected> {
  const files: CollectedFile[] = [];
  const leftOut: LeftOut[] = [];
  for await (const found of entriesBelow(folder, '', isIgnored)) {
    if ('why' in found) leftOut.push(found);
    else files.push(found);
    if (files.length > mostFiles) break;
  }
  for (const all of [files, leftOut]) all.sort((a, b) => (a.path < b.path ? -1 : 1));
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  return { files, leftOut, bytes, secret: await firstSecret(folder, files) };
}

async function* entriesBelow(
  folder: string,
  below: string,
  isIgnored: (path: string) => boolean,
): AsyncGenerator<CollectedFile | LeftOut> {
  for (const entry of await readdir(path.join(folder, below), { withFileTypes: true })) {
    const found = below === '' ? entry.name : `${below}/${entry.name}`;
    if (holdsSecrets(found)) yield { path: entry.isDirectory() ? `${found}/` : found, why: 'secret' };
    if (neverPublished(found) || isIgnored(found)) continue;
    if (entry.isDirectory()) yield* entriesBelow(folder, found, isIgnored);
    if (entry.isSymbolicLink()) yield { path: found, why: 'link' };
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
