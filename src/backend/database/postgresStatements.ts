import type { Table } from './table.ts';

/** What the writer says to PostgreSQL of a table, each for many rows at once: a parameter is a column's values. */
export function postgresStatements(table: Table<unknown>): PostgresStatements {
  const known = made.get(table) ?? { select: selectText(table), insert: insertText(table), update: updateText(table) };
  made.set(table, known);
  return known;
}

export interface PostgresStatements {
  /** Rows by the parts of their keys. */
  readonly select: string;
  /** Rows by their columns. */
  readonly insert: string;
  /** Rows by their columns, and last the version that each must have. */
  readonly update: string;
}

const made = new Map<Table<unknown>, PostgresStatements>();

/** The account's row is locked, in the order of the accounts, and with it all that is the account's. */
function selectText(table: Table<unknown>): string {
  const wanted = table.key.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const same = table.key.map((name) => `found.${name} = wanted.${name}`).join(' AND ');
  const text = `SELECT found.* FROM unnest(${wanted}) AS wanted (${table.key.join(', ')})
    JOIN ${table.name} AS found ON ${same}`;
  return table.name === 'ledger_accounts' ? `${text} ORDER BY found.account_id FOR UPDATE OF found` : text;
}

function insertText(table: Table<unknown>): string {
  const names = table.columns.map(({ name }) => name).join(', ');
  return `INSERT INTO ${table.name} (${names}) SELECT * FROM unnest(${arrays(table)})`;
}

function updateText(table: Table<unknown>): string {
  const names = table.columns.map(({ name }) => name);
  const set = names.filter((name) => !table.key.includes(name)).map((name) => `${name} = changed.${name}`);
  const same = [...table.key, 'version'].map((name) => `old.${name} = changed.${name}`).join(' AND ');
  return `UPDATE ${table.name} AS old SET ${set.join(', ')}, version = old.version + 1
    FROM unnest(${arrays(table)}, $${names.length + 1}::bigint[]) AS changed (${names.join(', ')}, version)
    WHERE ${same}`;
}

function arrays(table: Table<unknown>): string {
  return table.columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
}
