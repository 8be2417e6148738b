import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Where the embedded backend keeps its data: `TOKENFARE_DATA`, else the platform's own place for an application's data.
 */
export function dataDir(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (environment['TOKENFARE_DATA']) return path.resolve(environment['TOKENFARE_DATA']);
  const home = homedir();
  switch (platform) {
    case 'win32':
      return path.join(environment['LOCALAPPDATA'] ?? path.join(home, 'AppData', 'Local'), 'tokenfare');
    case 'darwin':
      return path.join(home, 'Library', 'Application Support', 'tokenfare');
    default:
      return path.join(environment['XDG_DATA_HOME'] ?? path.join(home, '.local', 'share'), 'tokenfare');
  }
}
