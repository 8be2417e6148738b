/**
 * The workspace as the model's tools see it. Paths are relative with `/`, normalised and inside; links are resolved
 * here.
 */
export interface ToolFiles {
  /** What may be done at all: nothing without a folder, only reading in a restricted or read-only one. */
  readonly access: WorkspaceAccess;
  read(path: string): Promise<FileRead>;
  /** Files below a folder, sorted; '' is the whole workspace. Files that are excluded or guarded are not among them. */
  list(folder: string): Promise<{ readonly paths: readonly string[]; readonly complete: boolean }>;
  /** The lines that contain a text, in any case, in the files below a folder, as "path:line: the line". */
  search(text: string, folder: string): Promise<{ readonly lines: readonly string[]; readonly isComplete: boolean }>;
  /** The errors and warnings that the editor shows, a line each; empty if there are none. */
  problems(): Promise<string>;
  /**
   * Writes through the checkpoint. What the person typed meanwhile stays; `onOverlap` says what becomes of lines that
   * both changed. A refusal has changed nothing.
   */
  write(path: string, content: string, onOverlap: OnOverlap): Promise<FileWrite>;
  /** Deletes one file, as `write`. */
  remove(path: string): Promise<FileWrite>;
  /** Renames one file to a path where nothing stands, as `write`. */
  rename(path: string, to: string): Promise<FileWrite>;
}

export type WorkspaceAccess = 'open' | 'none' | 'restricted' | 'readOnly';

export type FileRead =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'missing' }
  | { readonly kind: 'folder' }
  | { readonly kind: 'notText' }
  | { readonly kind: 'tooLarge'; readonly bytes: number }
  | { readonly kind: 'outside' }
  /** The person keeps it from every model. */
  | { readonly kind: 'keptBack'; readonly reason: string };

/** `stop`: nothing is written. `replace`: the person has agreed to the model's lines. */
export type OnOverlap = 'stop' | 'replace';

export type FileWrite =
  /** `created`: nothing stood there before. */
  | { readonly kind: 'done'; readonly created: boolean }
  | { readonly kind: 'outside' }
  /** The person has changed the same lines meanwhile. */
  | { readonly kind: 'overlap' }
  | { readonly kind: 'failed'; readonly reason: string };
