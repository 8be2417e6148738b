import type { Migration } from 'kysely/migration';
import { countApps } from './countApps.ts';
import { firstTables } from './firstTables.ts';
import { givenPlans } from './givenPlans.ts';
import { transfersInCalls } from './transfersInCalls.ts';

/** Every migration by its name, the oldest first. Released ones are never changed; new ones are added at the end. */
export const migrations: Readonly<Record<string, Migration>> = {
  '0001-first-tables': firstTables,
  '0002-count-apps': countApps,
  '0003-given-plans': givenPlans,
  '0004-transfers-in-calls': transfersInCalls,
};
