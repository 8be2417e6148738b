/**
 * The folder that all windows on a workspace share, by the path of the storage that VS Code gave to one of them. A
 * second window, and one that is reloaded before its former self has let go, gets a folder of its own beside the first,
 * with a number; what is kept there would be lost from sight as soon as it is the only window.
 */
export function sharedFolder(storagePath: string): string {
  return storagePath.replace(NUMBERED, '$1$2');
}

/** `…/workspaceStorage/<workspace>-1/<extension>`; VS Code tries 1 to 9. A workspace's own name may begin with `-`. */
const NUMBERED = /([^/])-[1-9](\/[^/]+)$/;
