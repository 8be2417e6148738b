import * as vscode from 'vscode';
import { needsConsent } from '../../core/changeSet.ts';
import { keptBackIn } from './sendableFiles.ts';

/**
 * The files of a workspace folder, or of a folder in it, sorted; without what is kept back and what is guarded.
 */
export async function workspaceListing(
  folder: vscode.Uri,
  below = '',
  most = LISTED_FILES,
): Promise<{ paths: string[]; complete: boolean }> {
  const base = below === '' ? folder : vscode.Uri.joinPath(folder, below);
  const pattern = new vscode.RelativePattern(base, '**/*');
  const [kept, found] = await Promise.all([
    keptBackIn(folder),
    vscode.workspace.findFiles(pattern, NEVER_LISTED, most + 1),
  ]);
  const prefix = `${folder.path.replace(/\/$/, '')}/`;
  const paths = found
    .filter(({ path }) => path.startsWith(prefix))
    .map(({ path }) => path.slice(prefix.length))
    .filter((path) => !needsConsent(path) && !kept.by(path))
    .sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
  return { paths: paths.slice(0, most), complete: found.length <= most };
}

/** A model that needs more than this asks for a folder. */
const LISTED_FILES = 1_000;
/**
 * What no model is told of: other people's code, version control, secrets and our own state. `files.exclude` comes on
 * top.
 */
const NEVER_LISTED =
  '{**/node_modules/**,**/.git/**,**/.hg/**,**/.svn/**,**/.vscode/**,**/.tokenfare/**,**/.env*,**/.env*/**}';

/** What lies at the top says most about a project, and is kept where a list has to be cut. */
function depth(path: string): number {
  return path.split('/').length;
}
