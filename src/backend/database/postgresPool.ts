import { Pool, type PoolConfig } from 'pg';

/**
 * Connections to PostgreSQL. One that is lost while nobody asks it anything is nobody's error, though somebody may hold
 * it at that moment: the next question is answered by another, or says what is wrong.
 */
export function postgresPool(config: PoolConfig): Pool {
  const ignore = (): void => undefined;
  const pool = new Pool(config);
  pool.on('error', ignore);
  // The pool itself listens to those alone that nobody holds.
  pool.on('connect', (client) => client.on('error', ignore));
  return pool;
}
