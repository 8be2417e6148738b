import { isReadable, MAX_FILE_LENGTH, readFile } from './model/readFile.ts';
import type { FileModel } from './model/fileModel.ts';
import { readLinks, type FileLinks } from './model/readLinks.ts';
import type { Workspace } from './workspace.ts';
import { fileStem } from './fileStem.ts';
import { namesIn, type NameTable } from './nameTable.ts';
import { reachOf, type SheetReach } from './sheetReach.ts';

export interface SourceFile {
  path: string;
  text: string;
}

/**
 * The style and markup files of a workspace, by the names in them; made by `indexStyles`, kept fresh by `updateIndex`.
 * Files are parsed only when a plan is about them, and some of what was parsed is kept.
 */
export interface StyleIndex {
  readonly files: ReadonlyMap<string, IndexedFile>;
  readonly names: NameTable;
  readonly reach: SheetReach;
  readonly parsed: ParsedFiles;
}

export interface IndexedFile {
  path: string;
  text: string;
  /** Ids of the names in it, ascending. */
  names: Uint32Array;
  links: FileLinks;
}

/** Files as read, the last used last. */
export interface ParsedFiles {
  models: Map<string, FileModel>;
  /** Length of their texts. */
  length: number;
  /** The files last put together, the last used last. */
  joined: { models: readonly FileModel[]; reach: SheetReach; workspace: Workspace }[];
}

/** So much text is kept parsed: its models take some twenty times as much memory. */
const MAX_PARSED_LENGTH = 4_000_000;

/** So much text is kept put together, counted as often as it is in: the plans of one wish as it is typed. */
const MAX_JOINED_LENGTH = 9_000_000;

/** Builds an index. Files of other kinds, outside the workspace, too large or binary are left out. */
export function indexStyles(files: readonly SourceFile[]): StyleIndex {
  const names: NameTable = new Map();
  const indexed = new Map<string, IndexedFile>();
  for (const file of files) addFile(indexed, names, file);
  return { files: indexed, names, reach: reachOf(indexed), parsed: { models: new Map(), length: 0, joined: [] } };
}

/** An index with these files changed or added, and these paths gone; the given one stays as it is. */
export function updateIndex(
  index: StyleIndex,
  changed: readonly SourceFile[],
  removed: readonly string[] = [],
): StyleIndex {
  const files = new Map(index.files);
  for (const path of removed) files.delete(path);
  for (const file of changed) {
    if (files.get(file.path)?.text === file.text) continue;
    files.delete(file.path);
    addFile(files, index.names, file);
  }
  const reach = linkAlike(index.files, files, changed, removed) ? index.reach : reachOf(files);
  return { files, names: index.names, reach, parsed: index.parsed };
}

/** Most changes leave alone what links what, and then what was put together stays so. */
function linkAlike(
  before: ReadonlyMap<string, IndexedFile>,
  after: ReadonlyMap<string, IndexedFile>,
  changed: readonly SourceFile[],
  removed: readonly string[],
): boolean {
  return [...removed, ...changed.map(({ path }) => path)].every(
    (path) => JSON.stringify(before.get(path)?.links) === JSON.stringify(after.get(path)?.links),
  );
}

function addFile(files: Map<string, IndexedFile>, names: NameTable, { path, text }: SourceFile): void {
  if (!isReadable(path) || text.length > MAX_FILE_LENGTH) return;
  files.set(path, { path, text, names: namesIn(text, names, fileStem(path)), links: readLinks(path, text) });
}

/** A file of the index, parsed; null if it turns out to be none that can be read. */
export function modelOf({ files, parsed }: StyleIndex, path: string): FileModel | null {
  const file = files.get(path);
  if (!file) return null;
  const known = parsed.models.get(path);
  if (known) {
    parsed.models.delete(path);
    parsed.length -= known.text.length;
  }
  const model = known?.text === file.text ? known : readFile(path, file.text);
  if (model) {
    parsed.models.set(path, model);
    parsed.length += file.text.length;
  }
  return model;
}

/** Forgets what was parsed or put together longest ago, so that the rest stays within its bounds. */
export function forgetParsed({ parsed }: StyleIndex): void {
  for (const [path, { text }] of parsed.models) {
    if (parsed.length <= MAX_PARSED_LENGTH) break;
    parsed.models.delete(path);
    parsed.length -= text.length;
  }
  // What was put together keeps its files alive, so it goes with the first of them, or when there is too much of it.
  let length = 0;
  parsed.joined = parsed.joined
    .toReversed()
    .filter(({ models }) => {
      if (models.some((model) => parsed.models.get(model.path) !== model)) return false;
      length += models.reduce((sum, { text }) => sum + text.length, 0);
      return length <= MAX_JOINED_LENGTH;
    })
    .toReversed();
}
