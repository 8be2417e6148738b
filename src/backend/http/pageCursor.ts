import * as z from 'zod/mini';
import { HttpRefusal } from './httpRefusal.ts';

/** Which page of a list is asked for. */
export interface Page {
  /** Where the page before ended; null for the first. */
  readonly cursor: string | null;
  readonly limit: number;
}

/** Reads `cursor` and `limit` of a query. Throws an HttpRefusal that names the one that is wrong. */
export function readPage(query: Readonly<Record<string, string>>): Page {
  const limit = z
    .int()
    .check(z.gte(1), z.lte(LARGEST_PAGE))
    .safeParse(Number(query['limit'] ?? USUAL_PAGE));
  if (!limit.success) {
    throw new HttpRefusal('invalid_request', `limit must be from 1 to ${LARGEST_PAGE}.`, { param: 'limit' });
  }
  return { cursor: query['cursor'] ?? null, limit: limit.data };
}

const USUAL_PAGE = 50;
const LARGEST_PAGE = 200;
