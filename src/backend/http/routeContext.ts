import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { type Context } from 'hono';
import * as z from 'zod/mini';
import type { RateCard } from '../../core/rateCard.ts';
import type { AccountBody } from '../../protocol/api.ts';
import type { AccountFeed } from '../accounts/accountFeed.ts';
import type { Clock } from '../clock.ts';
import type { CommandWriter } from '../commands.ts';
import type { Database } from '../database/database.ts';
import type { KeptAnswers } from '../generations/keptAnswers.ts';
import type { OpenCalls } from '../generations/openCalls.ts';
import type { Models } from '../models/models.ts';
import type { Ids } from '../ids.ts';
import type { Publisher } from '../publications/publisher.ts';
import type { Authenticate } from './authentication.ts';
import { HttpRefusal } from './httpRefusal.ts';
import type { Metrics } from './metrics.ts';
import { readBody } from './readBody.ts';

/** What the routes work with. */
export interface RouteDeps {
  readonly authenticate: Authenticate;
  readonly database: Database;
  readonly writer: CommandWriter;
  readonly feed: AccountFeed;
  readonly models: Models;
  readonly openCalls: OpenCalls;
  readonly keptAnswers: KeptAnswers;
  readonly publisher: Publisher;
  readonly metrics: Metrics;
  readonly card: RateCard;
  readonly clock: Clock;
  readonly ids: Ids;
  /** This process, as its holds and its health name it. */
  readonly owner: string;
  readonly newCheckoutId: () => string;
  readonly readAccount: (accountId: string) => Promise<AccountBody | null>;
  /** Where people reach this backend; known once it listens. */
  readonly publicUrl: () => string;
  readonly bodyBytes: number;
  /** Aborted when the process ends, so that open event streams end too. */
  readonly ending: AbortSignal;
}

export type Env = { Bindings: HttpBindings };
export type Routes = Hono<Env>;

/** Whose request this is. Throws `unauthenticated`. */
export function accountOf(context: Context<Env>, deps: RouteDeps): Promise<string> {
  return deps.authenticate(context.req.header('authorization'));
}

/** A JSON body of a shape. Throws `invalid_request` that names the field that is wrong. */
export async function jsonBody<T extends z.ZodMiniType>(
  context: Context<Env>,
  deps: RouteDeps,
  schema: T,
): Promise<z.infer<T>> {
  const bytes = await readBody(context.env.incoming, deps.bodyBytes);
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new HttpRefusal('invalid_request', 'The body is not JSON.');
  }
  const parsed = schema.safeParse(value, { error: z.locales.en().localeError });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const param = issue?.path.join('.') ?? '';
  throw new HttpRefusal('invalid_request', `${param || 'The body'}: ${issue?.message ?? 'is not valid'}.`, { param });
}
