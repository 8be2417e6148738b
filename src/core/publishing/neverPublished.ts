import { plainName } from '../plainName.ts';

/**
 * Whether a file is kept out of every published app and every export, whatever is in it: `.env*`, keys, `.git`,
 * `.tokenfare`, `node_modules`, and what belongs to one machine. Paths have `/`.
 */
export function neverPublished(path: string): boolean {
  const names = path.split('/').map(plainName);
  const file = names.at(-1) ?? '';
  return names.some(isPrivate) || KEY_FILES.test(file) || litter.has(file);
}

function isPrivate(name: string): boolean {
  return name.startsWith('.env') || privateNames.has(name);
}

/** Folders of version control, of tools' own state and of other people's code, and files that hold passwords. */
const privateNames: ReadonlySet<string> = new Set([
  ...['.git', '.hg', '.svn', '.tokenfare', 'node_modules', '.ssh', '.gnupg', '.aws', '.vscode-test'],
  ...['.npmrc', '.yarnrc', '.yarnrc.yml', '.netrc', '.pypirc', '.htpasswd', '.pgpass', '.git-credentials'],
]);

/** Private keys and the stores that they are kept in, by the names that their tools give them. */
const KEY_FILES = /^id_(rsa|dsa|ecdsa|ed25519)$|\.(pem|key|p12|pfx|jks|keystore|ppk|kdbx|asc|gpg)$/;

/** What a desktop leaves in folders. */
const litter: ReadonlySet<string> = new Set(['.ds_store', 'thumbs.db', 'desktop.ini']);
