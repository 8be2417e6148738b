import type { ToolCommands } from './toolCommands.ts';
import type { ToolFiles } from './toolFiles.ts';

/** All that one call of a tool may use. */
export interface Toolbox {
  readonly files: ToolFiles;
  readonly commands: ToolCommands;
  /** Asks the person for an explicit yes; false also once they pressed Stop. */
  readonly consent: (question: ToolQuestion) => Promise<boolean>;
  /** The person's Stop: what runs is ended. */
  readonly signal: AbortSignal;
}

/** What a tool may do only after a yes. `command` is shown exactly as it would run. */
export type ToolQuestion =
  | { readonly kind: 'read' | 'write' | 'overlap'; readonly path: string }
  | { readonly kind: 'command'; readonly command: string };
