/**
 * How the embedded backend's program is started by the binary that runs us, so that it stays small: the arguments up to
 * its own, and its environment, which is ours without what VS Code sets for its own processes, and with the flag that
 * makes its binary a plain Node.
 */
export function embeddedCommand(program: string, ours: NodeJS.ProcessEnv): { args: string[]; env: NodeJS.ProcessEnv } {
  const kept = Object.entries(ours).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  return {
    args: [`--max-semi-space-size=${YOUNG_MB}`, program],
    env: { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1', ...allocation },
  };
}

/** Room for what is young grows with the load and is not given back: without a limit, a busy minute costs 90 MB. */
const YOUNG_MB = 8;
/** Glibc gives each thread a room of its own and keeps what was freed: two rooms do, and a tenth of the memory goes. */
const allocation = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };
