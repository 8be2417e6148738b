import type { FileModel } from './model/fileModel.ts';
import type { IndexedFile } from './styleIndex.ts';
import type { Workspace } from './workspace.ts';

/** The files of an index that a plan is about, read; and the text of all. */
export interface StyleView {
  files: ReadonlyMap<string, FileModel>;
  workspace: Workspace;
  /** All files that name something: for counting its uses. */
  filesNaming: (name: string) => readonly IndexedFile[];
}
