import { readFileSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { needsConsent } from '../../core/changeSet.ts';
import { keptBack } from '../../core/keptBack.ts';
import type { TextMatches, TextSearchOrder } from './textSearch.ts';

// The search's thread: looks through the files that it is given, within bounds, and ends.

/** Larger files are data or bundles: their lines tell a model nothing. */
const LARGEST_FILE_BYTES = 512 * 1024;
/** More matches are not read, they are searched for again with a better text. */
const MOST_MATCHES = 100;
const LINE_CHARS = 200;

const { root, paths, text, keepsBack } = workerData as TextSearchOrder;
const kept = keptBack(keepsBack);
const realRoot = realpathSync(root);
const wanted = text.toLowerCase();
const lines: string[] = [];
for (const name of paths) {
  if (lines.length > MOST_MATCHES) break;
  for (const line of matchesIn(name)) lines.push(line);
}
const isComplete = lines.length <= MOST_MATCHES;
parentPort?.postMessage({ lines: lines.slice(0, MOST_MATCHES), isComplete } satisfies TextMatches);

function matchesIn(name: string): string[] {
  const content = contentOf(name);
  if (content === null || !content.toLowerCase().includes(wanted)) return [];
  return content
    .split(/\r?\n/)
    .flatMap((line, at) =>
      line.toLowerCase().includes(wanted) ? [`${name}:${String(at + 1)}: ${line.trim().slice(0, LINE_CHARS)}`] : [],
    );
}

/** Null for what is gone, too large or not text, and for a link to what is outside, guarded or kept back. */
function contentOf(name: string): string | null {
  try {
    const file = realpathSync(path.join(root, name));
    const place = path.relative(realRoot, file).split(path.sep).join('/');
    if (place.startsWith('..') || path.isAbsolute(place) || needsConsent(place) || kept.by(place)) return null;
    if (statSync(file).size > LARGEST_FILE_BYTES) return null;
    const content = readFileSync(file, 'utf8');
    return content.includes('\0') ? null : content;
  } catch {
    return null;
  }
}
