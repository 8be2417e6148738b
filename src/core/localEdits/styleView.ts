import type { FileModel } from './model/fileModel.ts';
import type { Workspace } from './workspace.ts';

/** The files of an index that a plan is about, read; and the text of all. */
export interface StyleView {
  files: ReadonlyMap<string, FileModel>;
  workspace: Workspace;
  /** Texts of all files that name something: for counting its uses. */
  textsNaming: (name: string) => Iterable<string>;
}
