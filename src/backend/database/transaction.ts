import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { Ids } from '../ids.ts';
import type { Row } from './row.ts';

/** An open write transaction, as the nouns' main functions take it first. Only the writer makes one. */
export interface Transaction {
  /** The writer's clock when the command's turn came, in milliseconds. */
  readonly now: number;
  readonly newId: Ids;
  /** The first row of a statement, or undefined. */
  get(sql: string, ...values: SQLInputValue[]): Row | undefined;
  all(sql: string, ...values: SQLInputValue[]): Row[];
  /** How many rows a statement changed. */
  run(sql: string, ...values: SQLInputValue[]): number;
  /** Says that an account is another than before, for those who watch it. */
  touch(accountId: string): void;
}

/** Transactions over one connection. Statements are prepared once: every text is a constant of the program. */
export function transactionsOf(
  connection: DatabaseSync,
  newId: Ids,
): (now: number, touched: Set<string>) => Transaction {
  const prepared = new Map<string, StatementSync>();
  const statement = (sql: string): StatementSync => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const made = connection.prepare(sql);
    prepared.set(sql, made);
    return made;
  };
  return (now, touched) => ({
    now,
    newId,
    get: (sql, ...values) => statement(sql).get(...values),
    all: (sql, ...values) => statement(sql).all(...values),
    run: (sql, ...values) => Number(statement(sql).run(...values).changes),
    touch: (accountId) => void touched.add(accountId),
  });
}
