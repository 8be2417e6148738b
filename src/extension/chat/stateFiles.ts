/** Where conversations are kept: a folder that all windows of a workspace share. Names are relative, with `/`. */
export interface StateFiles {
  /** Null if there is none. */
  read(name: string): Promise<string | null>;
  /** Whole or not at all. */
  write(name: string, text: string): Promise<void>;
  /** Nothing happens if there is none. */
  remove(name: string): Promise<void>;
  /** The files right in a folder; none if there is no such folder. */
  list(folder: string): Promise<readonly ListedFile[]>;
  /**
   * Takes a lock that one holder has at a time, over all windows, and that is free again when the holder's process is
   * gone. Answers what gives it back; null if another has it.
   */
  lock(name: string): Promise<(() => void) | null>;
}

export interface ListedFile {
  readonly name: string;
  /** In milliseconds since 1970. */
  readonly modifiedAt: number;
}
