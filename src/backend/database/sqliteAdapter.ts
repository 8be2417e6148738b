import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Shows Node's own SQLite to kysely's SqliteDialect, which knows another library's face. */
export function sqliteAdapter(database: DatabaseSync): SqliteDatabase {
  return { close: () => database.close(), prepare: (sql) => adaptStatement(database.prepare(sql)) };
}

function adaptStatement(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(inputValue)),
    run: (parameters) => statement.run(...parameters.map(inputValue)),
    iterate: (parameters) => statement.iterate(...parameters.map(inputValue)),
  };
}

/** Node's SQLite stores a Date as NULL and throws at undefined; whoever passes either has a bug that should be seen. */
function inputValue(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'number' || typeof value === 'string' || typeof value === 'bigint')
    return value;
  throw new TypeError(`not a value for SQLite: ${typeof value}`);
}
