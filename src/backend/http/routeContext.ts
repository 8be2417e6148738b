import type { HttpBindings } from '@hono/node-server';
import type { Hono } from 'hono';
import { type Context } from 'hono';
import * as z from 'zod/mini';
import type { RateCard } from '../../core/rateCard.ts';
import type { AccountBody } from '../../protocol/api.ts';
import type { AccountFeed } from '../accounts/accountFeed.ts';
import type { OidcSignIn } from '../accounts/oidcSignIn.ts';
import type { Clock } from '../clock.ts';
import type { CommandWriter } from '../commands.ts';
import type { Database } from '../database/database.ts';
import type { KeptAnswers } from '../generations/keptAnswers.ts';
import type { Stops } from '../generations/stops.ts';
import type { Models } from '../models/models.ts';
import type { Ids } from '../ids.ts';
import type { Publisher } from '../publications/publisher.ts';
import { portalSession } from '../portal/portalSession.ts';
import type { PaymentProvider } from '../payments/paymentProvider.ts';
import type { Authenticate } from './authentication.ts';
import { HttpRefusal } from './httpRefusal.ts';
import type { Metrics } from './metrics.ts';
import { readBody } from './readBody.ts';

/** What the routes work with. */
export interface RouteDeps {
  readonly authenticate: Authenticate;
  /** Whether this is local mode's own key, which no other client has. */
  readonly isOwner: (authorization: string | undefined) => boolean;
  readonly database: Database;
  readonly writer: CommandWriter;
  readonly feed: AccountFeed;
  readonly models: Models;
  readonly stops: Stops;
  readonly keptAnswers: KeptAnswers;
  readonly publisher: Publisher;
  readonly metrics: Metrics;
  readonly card: RateCard;
  readonly clock: Clock;
  /** This process, as its holds and its health name it. */
  readonly owner: string;
  /** Null where nobody signs in but by keys. */
  readonly signIn: OidcSignIn | null;
  /** Where the built pages are; a folder's URL, with a slash at its end. */
  readonly pagesFolder: URL;
  readonly ids: Ids;
  /** Whether the models are paid by whoever uses this backend, so that plans are budgets of their own. */
  readonly setsOwnBudget: () => boolean;
  readonly payments: PaymentProvider;
  /** Whether the checkout page is the sandbox's: elsewhere one that was opened before buys nothing. */
  readonly takesPracticeCards: boolean;
  /** Where people ask for help. */
  readonly supportUrl: string;
  readonly readAccount: (accountId: string) => Promise<AccountBody | null>;
  /** Where people reach this backend; known once it listens. */
  readonly publicUrl: () => string;
  readonly bodyBytes: number;
  /** Aborted when the process ends, so that open event streams end too. */
  readonly ending: AbortSignal;
}

export type Env = { Bindings: HttpBindings };
export type Routes = Hono<Env>;

/** Whose request this is, by its key or by the session of the portal. Throws `unauthenticated`. */
export function accountOf(context: Context<Env>, deps: RouteDeps): Promise<string> {
  const authorization = context.req.header('authorization');
  const session = authorization === undefined ? portalSession.keyOf(context) : undefined;
  return deps.authenticate(session === undefined ? authorization : `Bearer ${session}`);
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
