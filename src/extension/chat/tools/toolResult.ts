/** What a tool call came to: the words for the model, the path it was about, and whether it failed. */
export interface ToolResult {
  readonly output: string;
  readonly path: string | null;
  readonly failed: boolean;
  /** What the person is shown of it, where that is more than its end. */
  readonly shown?: string;
}

export function success(output: string, path: string | null): ToolResult {
  return { output, path, failed: false };
}

export function failure(reason: string, path: string | null): ToolResult {
  return { output: `Error: ${reason}`, path, failed: true };
}
