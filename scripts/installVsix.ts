import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { cleanEnvironment, serverArguments, type VscodeServerOptions } from './startVscodeServer.ts';

/**
 * Installs a packaged extension into the server with that data folder, as `code --install-extension` would.
 * @throws Error if VS Code refuses the package.
 */
export async function installVsix(vsix: string, options: VscodeServerOptions): Promise<void> {
  const args = [...serverArguments(options), '--install-extension', vsix, '--force'];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { env: cleanEnvironment() });
  if (!/successfully installed/i.test(stdout)) throw new Error(`VS Code refused ${vsix}: ${stderr || stdout}`);
}
