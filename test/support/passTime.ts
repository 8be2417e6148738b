import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * As if so much time had gone by while the backend of a data folder was off: every instant that its database knows is
 * so much earlier.
 */
export function passTime(data: string, milliseconds: number): void {
  const database = new DatabaseSync(path.join(data, 'tokenfare.db'));
  const tables = database.prepare(`select name from sqlite_master where type = 'table'`).all();
  for (const { name: table } of tables) {
    const columns = database.prepare(`select name from pragma_table_info(?)`).all(String(table));
    for (const { name: column } of columns) {
      const isInstant = `typeof("${String(column)}") = 'integer' and "${String(column)}" > ${String(FIRST_INSTANT)}`;
      const earlier = `"${String(column)}" = "${String(column)}" - ${String(Math.ceil(milliseconds))}`;
      database.exec(`update "${String(table)}" set ${earlier} where ${isInstant}`);
    }
  }
  database.close();
}

/** In 2020: no amount is as large, and every instant of ours is later. */
const FIRST_INSTANT = Date.parse('2020-01-01');
