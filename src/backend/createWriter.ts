import { commands, shardKeyOf, type CommandWriter } from './commands.ts';
import type { Database } from './database/database.ts';
import { ShardedWriter } from './database/shardedWriter.ts';
import { SqliteStore } from './database/sqliteStore.ts';
import { SqliteThread } from './database/sqliteThread.ts';
import { Writer, type WriterOptions } from './database/writer.ts';

/**
 * The writer of a running backend: for a file one, whose commits wait for the disk in a thread of the given program;
 * for a server several connections, each with the accounts that are its own.
 */
export function createWriter(database: Database, options: WriterOptions & { sqliteProgram: URL }): CommandWriter {
  const { file } = database;
  if (file !== null) {
    return new Writer(new SqliteStore(file, new SqliteThread(options.sqliteProgram, file)), commands, options);
  }
  const connections = Array.from({ length: WRITING_CONNECTIONS }, () => database.openStore());
  const writers = connections.map((store) => new Writer(store, commands, options));
  return new ShardedWriter<typeof commands>(writers, shardKeyOf);
}

/** More commits at once than this would only wait for the same disk. */
const WRITING_CONNECTIONS = 4;
