import type { Table } from './table.ts';

/** What the writer says to PostgreSQL of a table, each for many rows at once: a parameter is a column's values. */
export function postgresStatements(table: Table<unknown>): PostgresStatements {
  const known = made.get(table) ?? {
    ...{ select: selectText(table), insert: insertText(table) },
    updates: new Map<string, PostgresUpdate>(),
  };
  made.set(table, known);
  return known;
}

export interface PostgresStatements {
  /** Rows by the parts of their keys. */
  readonly select: string;
  /** Rows by their columns. */
  readonly insert: string;
  /** By the columns that they change. */
  readonly updates: Map<string, PostgresUpdate>;
}

/**
 * Changes rows, each at the version that it must have; `count` is how many there are: fewer are a division by zero. Its
 * parameters are `columns`, the versions and the count.
 */
export interface PostgresUpdate {
  readonly name: string;
  readonly text: string;
  /** Places among the table's columns: those that change, then the key's. */
  readonly columns: readonly number[];
}

/** The statement that changes these columns, given by their places. */
export function postgresUpdate(table: Table<unknown>, changed: readonly number[]): PostgresUpdate {
  const { updates } = postgresStatements(table);
  const known = updates.get(changed.join()) ?? makeUpdate(table, changed, updates.size);
  updates.set(changed.join(), known);
  return known;
}

const made = new Map<Table<unknown>, PostgresStatements>();

/**
 * The account's row is locked, in the order of the accounts, and with it all that is the account's. Columns are named:
 * a newer version may add some while this one works, and a plan of all that there are would not be carried out again.
 */
function selectText(table: Table<unknown>): string {
  const wanted = table.key.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const same = table.key.map((name) => `found.${name} = wanted.${name}`).join(' AND ');
  const names = [...table.columns.map(({ name }) => name), ...(table.isChangeable ? ['version'] : [])];
  const text = `SELECT ${names.map((name) => `found.${name}`).join(', ')}
    FROM unnest(${wanted}) AS wanted (${table.key.join(', ')}) JOIN ${table.name} AS found ON ${same}`;
  return table.name === 'ledger_accounts' ? `${text} ORDER BY found.account_id FOR UPDATE OF found` : text;
}

function insertText(table: Table<unknown>): string {
  const names = table.columns.map(({ name }) => name).join(', ');
  return `INSERT INTO ${table.name} (${names}) SELECT * FROM unnest(${arrays(table.columns)})`;
}

function makeUpdate(table: Table<unknown>, changed: readonly number[], number: number): PostgresUpdate {
  const keys = table.columns.flatMap(({ name }, index) => (table.key.includes(name) ? [index] : []));
  const columns = [...changed, ...keys];
  const given = columns.flatMap((index) => table.columns[index] ?? []);
  const names = given.map(({ name }) => name);
  const set = names.slice(0, changed.length).map((name) => `${name} = changed.${name}`);
  const same = [...table.key, 'version'].map((name) => `old.${name} = changed.${name}`).join(' AND ');
  const text = `WITH updated AS (UPDATE ${table.name} AS old SET ${[...set, 'version = old.version + 1'].join(', ')}
    FROM unnest(${arrays(given)}, $${names.length + 1}::bigint[]) AS changed (${names.join(', ')}, version)
    WHERE ${same} RETURNING 1)
    SELECT 1 / (count(*) = $${names.length + 2}::bigint)::int FROM updated`;
  return { name: `update_${table.name}_${number}`, text, columns };
}

function arrays(columns: Table<unknown>['columns']): string {
  return columns.map(({ type }, index) => `$${index + 1}::${type}[]`).join(', ');
}
