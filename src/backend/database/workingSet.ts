import { Rows } from './rows.ts';
import { joinKey } from './table.ts';
import { tables, type Row, type TableName } from './tables.ts';

/** Names a row: its table and the parts of its key. */
export type RowKey = readonly [table: TableName, ...parts: string[]];

/**
 * A unit of work as the nouns' main functions take it first: the rows that were asked for, each command's changes of
 * them in memory, and nothing of any database. Only the writer makes one.
 */
export interface Work extends Readonly<{ [Name in TableName]: Pick<Rows<Row<Name>>, 'find' | 'put' | 'add'> }> {
  /** The writer's clock when the round began, in milliseconds. */
  readonly now: number;
  /** Says that an account is another than before, for those who watch it. */
  touch(accountId: string): void;
}

const TABLE_NAMES = Object.keys(tables).filter((name): name is TableName => name in tables);

/** The rows of a unit of work, table by table, with what its store needs to fill and to write them. */
export class WorkingSet implements Work {
  now = 0;
  readonly #undo: (() => void)[] = [];
  #touched = new Set<string>();

  readonly ledgerAccounts = new Rows(tables.ledgerAccounts, this.#undo);
  readonly subscriptions = new Rows(tables.subscriptions, this.#undo);
  readonly accounts = new Rows(tables.accounts, this.#undo);
  readonly warnings = new Rows(tables.warnings, this.#undo);
  readonly apiKeys = new Rows(tables.apiKeys, this.#undo);
  readonly calls = new Rows(tables.calls, this.#undo);
  readonly transfers = new Rows(tables.transfers, this.#undo);
  readonly checkouts = new Rows(tables.checkouts, this.#undo);
  readonly publications = new Rows(tables.publications, this.#undo);
  readonly paymentEvents = new Rows(tables.paymentEvents, this.#undo);
  readonly invoices = new Rows(tables.invoices, this.#undo);
  readonly refunds = new Rows(tables.refunds, this.#undo);
  readonly projects = new Rows(tables.projects, this.#undo);

  /** In the order in which all processes lock and write them. */
  readonly names = TABLE_NAMES;

  get all(): readonly Rows<unknown>[] {
    return this.names.map((name) => this[name]);
  }

  /** What of these keys has not been looked for yet: each once, by table. */
  missing(keys: readonly RowKey[]): [Rows<unknown>, string[][]][] {
    const wanted = new Map<TableName, Map<string, string[]>>();
    for (const [name, ...key] of keys) {
      if (this[name].has(key)) continue;
      const ofTable = wanted.get(name) ?? new Map<string, string[]>();
      wanted.set(name, ofTable.set(joinKey(key), key));
    }
    return this.names.flatMap((name) => {
      const ofTable = wanted.get(name);
      return ofTable === undefined ? [] : [[this[name], [...ofTable.values()]]];
    });
  }

  /**
   * Whether the rows of these keys are known here from when they are new until they are on the disk. Rows that are only
   * added are not.
   */
  keeps(keys: readonly RowKey[]): boolean {
    return keys.every(([name]) => tables[name].isChangeable);
  }

  touch(accountId: string): void {
    if (this.#touched.has(accountId)) return;
    this.#touched.add(accountId);
    this.#undo.push(() => this.#touched.delete(accountId));
  }

  get touched(): ReadonlySet<string> {
    return this.#touched;
  }

  /** Does what a command does, whole or not at all: what it changed before it threw is taken back. */
  attempt<T>(carryOut: () => T): T {
    this.#undo.length = 0;
    try {
      return carryOut();
    } catch (error) {
      for (const undo of this.#undo.reverse()) undo();
      throw error;
    } finally {
      this.#undo.length = 0;
    }
  }

  /** What is new has been taken to be written: the next round begins with it. */
  settle(): void {
    for (const rows of this.all) rows.settle();
    this.#touched = new Set();
  }

  /** Nothing that was read is known to be true any more. */
  forget(): void {
    for (const rows of this.all) rows.forget();
    this.#touched = new Set();
  }

  /** How many rows it keeps. */
  get size(): number {
    return this.all.reduce((sum, rows) => sum + rows.size, 0);
  }
}
