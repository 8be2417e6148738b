import { codeOf } from './checkpointError.ts';

/** Whether a process runs on this machine; one that belongs to somebody else does, too. */
export function isProcessAlive(pid: number): boolean {
  if (pid <= 0) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}
