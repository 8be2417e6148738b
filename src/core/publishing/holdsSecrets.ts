import { plainName } from '../plainName.ts';

/**
 * Whether a file, or a folder above it, is one that secrets are kept in, by its name: `.env*`, private keys, and files
 * of passwords. They are left out of every published app and every export, whatever is in them. Paths have `/`.
 */
export function holdsSecrets(path: string): boolean {
  const names = path.split('/').map(plainName);
  return names.some((name) => name.startsWith('.env') || secretNames.has(name)) || KEY_FILES.test(names.at(-1) ?? '');
}

const secretNames: ReadonlySet<string> = new Set([
  ...['.ssh', '.gnupg', '.aws', '.npmrc', '.yarnrc', '.yarnrc.yml', '.netrc', '.pypirc', '.htpasswd', '.pgpass'],
  '.git-credentials',
]);

/** Private keys and the stores that they are kept in, by the names that their tools give them. */
const KEY_FILES = /^id_(rsa|dsa|ecdsa|ed25519)$|\.(pem|key|p12|pfx|jks|keystore|ppk|kdbx|asc|gpg)$/;
