/** What the model can have run in the workspace, each only after the person's yes. */
export interface ToolCommands {
  /** Runs a command in the shell, in the workspace folder, until it ends, is stopped or takes too long. */
  run(command: string, seconds: number, signal: AbortSignal): Promise<CommandEnd>;
  /** The tasks of the workspace by their names; several may have the same. */
  tasks(): Promise<readonly WorkspaceTask[]>;
}

export interface WorkspaceTask {
  readonly name: string;
  /** What it runs, as exactly as the editor tells. */
  readonly command: string;
  run(seconds: number, signal: AbortSignal): Promise<CommandEnd>;
}

/** How a command ended. `output`: what it wrote, the middle left out where it is long. */
export type CommandEnd =
  | { readonly kind: 'exited'; readonly exitCode: number; readonly output: string }
  | { readonly kind: 'timedOut' | 'stopped'; readonly output: string }
  | { readonly kind: 'notStarted'; readonly reason: string };
