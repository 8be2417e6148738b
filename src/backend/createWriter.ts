import { commands, shardKeyOf, type CommandWriter } from './commands.ts';
import type { Database } from './database/database.ts';
import { ShardedWriter } from './database/shardedWriter.ts';
import { ThreadWriter } from './database/threadWriter.ts';
import { Writer, type WriterOptions } from './database/writer.ts';

/**
 * The writer of a running backend: one thread for a file, whose program is given; for a server several connections,
 * each with the accounts that are its own.
 */
export function createWriter(database: Database, options: WriterOptions & { program: URL }): CommandWriter {
  if (database.file !== null) return new ThreadWriter<typeof commands>({ ...options, file: database.file });
  const connections = Array.from({ length: WRITING_CONNECTIONS }, () => database.openStore());
  const writers = connections.map((store) => new Writer(store, commands, options));
  return new ShardedWriter<typeof commands>(writers, shardKeyOf);
}

/** More commits at once than this would only wait for the same disk. */
const WRITING_CONNECTIONS = 4;
