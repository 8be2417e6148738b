import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Runs `npm ci` unless node_modules is what package-lock.json says, and returns the path of the project's own Node.
 * Says nothing on stdout, which belongs to the command that follows. A failed install is one line, and the end.
 */
export function ensureInstalled(root) {
  const node = path.join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (isInstalled(root) && existsSync(node)) return node;

  console.error('Installing packages (once, about a minute)');
  const { status, output } = npmCi(root);
  if (status === 0 && existsSync(node)) return node;
  console.error(`Packages could not be installed: ${lastError(output)}`);
  process.exit(1);
}

/** npm keeps an account of what it put into node_modules, written last: an install that was cut short has none. */
function isInstalled(root) {
  const wanted = packagesIn(path.join(root, 'package-lock.json'));
  const present = packagesIn(path.join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined || present === undefined) return false;
  return Object.entries(wanted).every(
    ([folder, { version, optional }]) => folder === '' || optional || present[folder]?.version === version,
  );
}

function packagesIn(lockFile) {
  try {
    return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Under the Node that started npm, not under ours: `npm ci` removes ours on its way. */
function npmCi(root) {
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const [command, all] = npm && node ? [node, [npm, ...args]] : ['npm', args];
  const shell = process.platform === 'win32' && command === 'npm';
  const { status, stdout, stderr, error } = spawnSync(command, all, { cwd: root, encoding: 'utf8', shell });
  return { status, output: error ? error.message : `${stdout}\n${stderr}` };
}

function lastError(output) {
  const lines = output.split('\n').filter((line) => line.trim() !== '');
  const told = lines.filter((line) => /^npm (error|ERR!) (?!code |A complete log)\S/.test(line));
  return (told[0] ?? lines.at(-1) ?? 'npm ended without a message').replace(/^npm (error|ERR!)/, '').trim();
}
