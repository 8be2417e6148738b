import type { Blobs } from './blobs.ts';
import type { FileSystem } from './nodeFileSystem.ts';
import type { PendingSyncs } from './pendingSyncs.ts';
import type { WorkspacePaths } from './workspacePaths.ts';

/** What every operation of one store works with. */
export interface StoreParts {
  readonly fs: FileSystem;
  readonly paths: WorkspacePaths;
  readonly blobs: Blobs;
  readonly syncs: PendingSyncs;
}
