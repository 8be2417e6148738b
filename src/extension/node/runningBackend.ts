import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { Discovery, HealthBody } from '../../protocol/api.ts';
import { loadAxios } from '../backend/loadAxios.ts';

/** How long a healthy backend on this machine may take to say so. */
const HEALTH_TIMEOUT_MS = 2_000;

/**
 * The backend that a data folder's discovery file names, if it answers and says that it is that one; else null. A file
 * that a crash left may name a port and a process that are another program's by now: they get neither key nor signal.
 */
export async function runningBackend(dataDir: string): Promise<Discovery | null> {
  try {
    const discovery = Discovery.parse(JSON.parse(await readFile(path.join(dataDir, 'backend.json'), 'utf8')));
    const axios = await loadAxios();
    const answer = await axios.get<unknown>(`${discovery.url}/healthz`, { timeout: HEALTH_TIMEOUT_MS, proxy: false });
    const { instance } = HealthBody.parse(answer.data);
    return instance === discovery.instance ? discovery : null;
  } catch {
    return null;
  }
}

/** Asks a running backend to drain and exit. One that has just gone needs no telling. */
export function endBackend({ pid }: Discovery): void {
  try {
    process.kill(pid, 'SIGTERM');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
