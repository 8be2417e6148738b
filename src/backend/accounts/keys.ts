import { hash, randomBytes } from 'node:crypto';
import { KEY_START, type KeyBody } from '../../protocol/api.ts';
import type { Reader } from '../database/database.ts';
import type { Work } from '../database/workingSet.ts';

/**
 * API keys: random, shown once, and stored as hashes, which is safe without salt because nobody can guess 256 bits. A
 * key that expires is a browser's session on the portal, and in nobody's list.
 */
export const keys = {
  /** A new key and what of it is stored. */
  generate(random: (bytes: number) => Buffer = randomBytes): { key: string; prefix: string; hash: string } {
    const key = `${KEY_START}${random(KEY_BYTES).toString('base64url')}`;
    return { key, prefix: key.slice(0, PREFIX_CHARACTERS), hash: keys.hashOf(key) };
  },

  /** Whether this is a key of ours, and not the session of somebody who has signed in. */
  isKey(text: string): boolean {
    return text.startsWith(KEY_START);
  },

  hashOf(key: string): string {
    return hash('sha256', key);
  },

  add(work: Work, key: NewKey): void {
    work.apiKeys.put({ ...key, createdAt: work.now, lastUsedAt: null, revokedAt: null });
  },

  /** False if there is no such key in use. */
  revoke(work: Work, keyId: string): boolean {
    const key = work.apiKeys.find(keyId);
    if (key === undefined || key.revokedAt !== null) return false;
    work.apiKeys.put({ ...key, revokedAt: work.now });
    return true;
  },

  /** Notes that a key was used; called at most once a minute for each. */
  touch(work: Work, keyId: string): void {
    const key = work.apiKeys.find(keyId);
    if (key !== undefined) work.apiKeys.put({ ...key, lastUsedAt: work.now });
  },

  /** An account's keys that are in use, the oldest first. */
  async list(query: Reader, accountId: string): Promise<KeyBody[]> {
    const rows = await query
      .selectFrom('api_keys')
      .select(['id', 'name', 'prefix', 'created_at', 'last_used_at'])
      .where('account_id', '=', accountId)
      .where('revoked_at', 'is', null)
      .where('expires_at', 'is', null)
      .orderBy('created_at')
      .orderBy('id')
      .execute();
    return rows.map(({ id, name, prefix, created_at, last_used_at }) => ({
      ...{ id, name, prefix, createdAt: new Date(created_at).toISOString() },
      lastUsedAt: last_used_at === null ? null : new Date(last_used_at).toISOString(),
    }));
  },

  /** Whose key this is; undefined if it is unknown, revoked or expired. */
  async find(
    query: Reader,
    key: string,
    now: number,
  ): Promise<{ id: string; accountId: string; lastUsedAt: number | null } | undefined> {
    return query
      .selectFrom('api_keys')
      .select(['id', 'account_id as accountId', 'last_used_at as lastUsedAt'])
      .where('hash', '=', keys.hashOf(key))
      .where('revoked_at', 'is', null)
      .where((each) => each.or([each('expires_at', 'is', null), each('expires_at', '>', now)]))
      .executeTakeFirst();
  },
};

export interface NewKey {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly prefix: string;
  readonly hash: string;
  /** In milliseconds since 1970; null for a key that is good until it is revoked. */
  readonly expiresAt: number | null;
}

const KEY_BYTES = 32;
/** Enough to tell one's keys apart in a list, far too little to guess the rest. */
const PREFIX_CHARACTERS = 10;
