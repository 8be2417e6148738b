import { integer, text, type Row } from '../database/row.ts';
import type { Transaction } from '../database/transaction.ts';

/** The SQL of accounts and their keys. */
export const accountStore = {
  /** False if the id or the email is taken. */
  insert(tx: Transaction, account: { id: string; email: string }): boolean {
    const sql = 'INSERT INTO accounts (id, email, created_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
    return tx.run(sql, account.id, account.email, tx.now) === 1;
  },

  read(tx: Transaction, id: string): Account | undefined {
    const row = tx.get('SELECT * FROM accounts WHERE id = ?', id);
    return row && accountOf(row);
  },

  insertKey(tx: Transaction, key: NewKey): void {
    tx.run(
      `INSERT INTO api_keys (id, account_id, name, prefix, hash, created_at, last_used_at, revoked_at)
       VALUES (?, ?, ?, ?, ?, ?, NULL, NULL)`,
      key.id,
      key.accountId,
      key.name,
      key.prefix,
      key.hash,
      tx.now,
    );
  },

  /** False if there is no such key, or it is revoked already. */
  revokeKey(tx: Transaction, keyId: string): boolean {
    return tx.run('UPDATE api_keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL', tx.now, keyId) === 1;
  },

  touchKey(tx: Transaction, keyId: string): void {
    tx.run('UPDATE api_keys SET last_used_at = ? WHERE id = ?', tx.now, keyId);
  },
};

export interface Account {
  readonly id: string;
  readonly email: string;
  readonly createdAt: number;
}

export interface NewKey {
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly prefix: string;
  readonly hash: string;
}

function accountOf(row: Row): Account {
  return { id: text(row, 'id'), email: text(row, 'email'), createdAt: integer(row, 'created_at') };
}
