import { plainName } from '../plainName.ts';
import { holdsSecrets } from './holdsSecrets.ts';

/**
 * Whether a file is kept out of every published app and every export, whatever is in it: `.env*`, keys, `.git`,
 * `.tokenfare`, `node_modules`, and what belongs to one machine. Paths have `/`.
 */
export function neverPublished(path: string): boolean {
  const names = path.split('/').map(plainName);
  return holdsSecrets(path) || names.some((name) => toolFolders.has(name)) || litter.has(names.at(-1) ?? '');
}

/** Folders of version control, of tools' own state and of other people's code. */
const toolFolders: ReadonlySet<string> = new Set([
  ...['.git', '.hg', '.svn', '.tokenfare', 'node_modules', '.vscode-test'],
]);

/** What a desktop leaves in folders. */
const litter: ReadonlySet<string> = new Set(['.ds_store', 'thumbs.db', 'desktop.ini']);
