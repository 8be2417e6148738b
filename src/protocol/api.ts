import * as z from 'zod/mini';
import type { Millitokens } from '../core/tokens.ts';

/** Raised by one when an older extension and a newer backend can no longer talk to each other. */
export const PROTOCOL_VERSION = 1;

/** What a backend's process ends with where another has its data folder: whoever started it looks for that one. */
export const SECOND_EXIT_CODE = 3;

/** Request and response headers that Tokenfare adds to OpenAI's. Lower case, as Node gives them. */
export const headers = {
  idempotencyKey: 'idempotency-key',
  generation: 'tokenfare-generation',
  hold: 'tokenfare-hold',
  maxCharge: 'tokenfare-max-charge',
  project: 'tokenfare-project',
  session: 'tokenfare-session',
  resume: 'tokenfare-resume',
} as const;

/** How every key begins; the session of somebody who has signed in doesn't. */
export const KEY_START = 'tf_';

/** An amount of tokens in integer millitokens. The cast is the door where a checked integer gets its unit. */
export const Amount = z.int() as unknown as z.ZodMiniType<Millitokens, number>;
const Instant = z.string();
const Money = z.object({ amount: z.int(), currency: z.string() });
const Count = z.int().check(z.nonnegative());

const Entitlements = z.object({
  publish: z.boolean(),
  codeExport: z.boolean(),
  projects: z.nullable(Count),
});

export const RateCardBody = z.object({
  version: z.int(),
  message: z.int(),
  promptPer1000: z.int(),
  promptCap: z.int(),
  contextPer1000: z.int(),
  cachedPer1000: z.int(),
  responsePer1000: z.int(),
});

export const PlansBody = z.object({
  plans: z.array(
    z.object({ id: z.string(), name: z.string(), allowance: Amount, price: Money, entitlements: Entitlements }),
  ),
  rateCard: RateCardBody,
});
export type PlansBody = z.infer<typeof PlansBody>;

const Threshold = z.enum(['low', 'very_low', 'empty']);
export const Warning = z.nullable(Threshold);
/** The event `warning` of an account's events: once per threshold and period, to one of those who listen. */
export const WarningBody = z.object({ threshold: Threshold });
export type WarningBody = z.infer<typeof WarningBody>;

export const AccountBody = z.object({
  account: z.object({ id: z.string(), email: z.string() }),
  plan: z.object({ id: z.string(), name: z.string() }),
  period: z.object({ start: Instant, end: Instant }),
  balance: z.object({ available: Amount, held: Amount, allowance: Amount, used: Amount }),
  warning: Warning,
  scheduledChange: z.nullable(z.object({ planId: z.string(), at: Instant })),
  entitlements: Entitlements,
  supportUrl: z.string(),
  /** The models are paid by the person, so that a plan is a monthly budget of their own, without a checkout. */
  setsOwnBudget: z.optional(z.boolean()),
  /** Nobody pays for the plan: whoever runs the server gave it. Absent as a rule, and on Free. */
  planIsGiven: z.optional(z.boolean()),
  /** A practice card paid for the plan, and money is taken by now: it ends with its period and can't be kept. */
  planIsPractice: z.optional(z.boolean()),
  /** What stands against the account; absent as a rule. A renewal that stays unpaid ends in Free at `until`. */
  notice: z.optional(
    z.union([
      z.object({ kind: z.literal('on_hold') }),
      z.object({ kind: z.literal('renewal_unpaid'), planId: z.string(), until: Instant }),
    ]),
  ),
});
export type AccountBody = z.infer<typeof AccountBody>;

export const ModelBody = z.object({
  id: z.string(),
  object: z.literal('model'),
  created: z.int(),
  owned_by: z.string(),
  tokenfare: z.object({
    name: z.optional(z.string()),
    multiplier: z.number(),
    contextWindow: Count,
    maxOutputTokens: Count,
    /** Its service could not be had when it was last asked. */
    failing: z.optional(z.boolean()),
  }),
});
export const ModelsBody = z.object({ object: z.literal('list'), data: z.array(ModelBody) });
export type ModelsBody = z.infer<typeof ModelsBody>;

/** A thousand times the largest context window of today; beyond, prices would be no safe integers. */
const MOST_CONTEXT_TOKENS = 1_000_000_000;

export const EstimateRequest = z.object({
  model: z.string(),
  prompt: z.string(),
  contextTokens: Count.check(z.lte(MOST_CONTEXT_TOKENS)),
  kind: z.optional(z.string()),
});
export const EstimateBody = z.object({
  kind: z.string(),
  low: Amount,
  likely: Amount,
  high: Amount,
  stopsAt: Amount,
  reasons: z.array(
    z.object({
      part: z.enum(['message', 'prompt', 'context', 'response']),
      millitokens: Amount,
      basis: z.enum(['prior', 'receipts']),
      n: z.optional(Count),
    }),
  ),
});
export type EstimateBody = z.infer<typeof EstimateBody>;

export const Parts = z.object({ message: Amount, prompt: Amount, context: Amount, response: Amount });

/** The `tokenfare` object that ends every answer to a chat completion. */
export const ChargeBody = z.object({
  generation: z.string(),
  charged: Amount,
  parts: Parts,
  balance: z.object({ available: Amount, held: Amount }),
  capped: z.boolean(),
});
export type ChargeBody = z.infer<typeof ChargeBody>;

export const CallBody = z.object({
  id: z.string(),
  state: z.enum(['reserved', 'sent', 'settled', 'released']),
  charged: Amount,
  hold: Amount,
  promptTokens: Count,
  contextTokens: Count,
  cachedTokens: Count,
  responseTokens: Count,
  counted: z.boolean(),
  recovered: z.boolean(),
});

export const GenerationBody = z.object({
  id: z.string(),
  state: z.enum(['open', 'settled', 'released']),
  createdAt: Instant,
  model: z.string(),
  project: z.nullable(z.string()),
  session: z.nullable(z.string()),
  charged: Amount,
  parts: Parts,
  calls: z.array(CallBody),
});
export type GenerationBody = z.infer<typeof GenerationBody>;
export const GenerationsBody = z.object({ generations: z.array(GenerationBody), next: z.nullable(z.string()) });

export const UsageBody = z.object({
  series: z.array(z.object({ key: z.string(), charged: Amount, generations: Count })),
});
export type UsageBody = z.infer<typeof UsageBody>;

export const LedgerBody = z.object({
  transfers: z.array(
    z.object({
      id: z.string(),
      at: Instant,
      kind: z.string(),
      amount: Amount,
      available: Amount,
      held: Amount,
      generation: z.optional(z.string()),
      reason: z.optional(z.string()),
    }),
  ),
  next: z.nullable(z.string()),
});

/** `budget`: as a monthly budget of one's own, which is for whoever pays the models themselves. */
export const SubscriptionRequest = z.object({ planId: z.string(), budget: z.optional(z.boolean()) });
export const SubscriptionBody = z.union([
  z.object({ kind: z.literal('checkout'), url: z.string() }),
  z.object({ kind: z.literal('changed') }),
  z.object({ kind: z.literal('scheduled'), at: Instant }),
]);
export type SubscriptionBody = z.infer<typeof SubscriptionBody>;

/** A version of a published app that can be rolled back to. */
export const PublicationVersion = z.object({ version: z.int(), bytes: Count, files: Count, createdAt: Instant });

/**
 * A published app. `url` is its own origin; `portUrl` the same app on a port of its own of this machine, for windows
 * that reach no other name of it, where there is one. `version`, `bytes` and `files` are those of the version that is
 * up.
 */
export const PublicationBody = z.object({
  id: z.string(),
  slug: z.string(),
  name: z.string(),
  project: z.nullable(z.string()),
  url: z.string(),
  portUrl: z.nullable(z.string()),
  version: z.int(),
  bytes: Count,
  files: Count,
  versions: z.array(PublicationVersion),
});
export type PublicationBody = z.infer<typeof PublicationBody>;
export const PublicationsBody = z.object({ publications: z.array(PublicationBody) });
export type PublicationsBody = z.infer<typeof PublicationsBody>;

/** Where cards and invoices are; null where there are none. */
export const BillingBody = z.object({ url: z.nullable(z.string()) });

/** `id` and `money` are null if nothing was paid that could be given back; `supportUrl` comes with all but a yes. */
export const RefundBody = z.object({
  id: z.nullable(z.string()),
  status: z.enum(['approved', 'waiting', 'refused']),
  reason: z.string(),
  money: z.nullable(Money),
  supportUrl: z.optional(z.string()),
});
export type RefundBody = z.infer<typeof RefundBody>;

/** Long enough for any id that clients make and any folder's name. */
const MOST_NAME_LENGTH = 200;
export const ProjectRequest = z.object({
  id: z.string().check(z.regex(/^[\x21-\x7e]{1,200}$/)),
  name: z.string().check(z.minLength(1), z.maxLength(MOST_NAME_LENGTH)),
});
/** `movesLeft`: how often the plan's one project can still be moved in this period; null without a limit. */
export const ProjectsBody = z.object({
  projects: z.array(z.object({ id: z.string(), name: z.string(), active: z.boolean() })),
  movesLeft: z.nullable(Count),
});
export type ProjectsBody = z.infer<typeof ProjectsBody>;

export const ExportRequest = z.object({ projectId: z.string() });
export const ExportBody = z.object({ exportId: z.string() });
export type ExportBody = z.infer<typeof ExportBody>;

/** `instance` names the process: who finds it through its discovery file knows by it that it is the one. */
export const HealthBody = z.object({
  status: z.string(),
  version: z.string(),
  protocol: z.int(),
  instance: z.optional(z.string()),
});

/** What the embedded backend writes beside its database, so that every window finds the one process. */
export const Discovery = z.object({
  url: z.string(),
  pid: z.int().check(z.positive()),
  version: z.string(),
  protocol: z.int(),
  instance: z.string(),
});
export type Discovery = z.infer<typeof Discovery>;

/** Enough for "CI of the web shop, until spring"; a list of keys has to fit onto a page. */
const LONGEST_KEY_NAME = 80;

/** The longest that is taken for a provider's key: tokens of companies' own gateways are a few kilobytes. */
const LONGEST_PROVIDER_KEY = 10_000;

/** Keys by the ids of the configured upstreams that they are for. */
export const UpstreamKeysRequest = z.object({
  keys: z.record(z.string(), z.string().check(z.minLength(1), z.maxLength(LONGEST_PROVIDER_KEY))),
});
export type UpstreamKeysRequest = z.infer<typeof UpstreamKeysRequest>;
export const UpstreamKeysBody = z.object({ taken: z.array(z.string()) });
export type UpstreamKeysBody = z.infer<typeof UpstreamKeysBody>;

export const KeyRequest = z.object({ name: z.string().check(z.trim(), z.minLength(1), z.maxLength(LONGEST_KEY_NAME)) });
/** `prefix` is how the key begins, so that one's keys can be told apart. */
export const KeyBody = z.object({
  id: z.string(),
  name: z.string(),
  prefix: z.string(),
  createdAt: Instant,
  lastUsedAt: z.nullable(Instant),
});
export type KeyBody = z.infer<typeof KeyBody>;
export const KeysBody = z.object({ keys: z.array(KeyBody) });
export type KeysBody = z.infer<typeof KeysBody>;
/** `key` is said this once. */
export const NewKeyBody = z.extend(KeyBody, { key: z.string() });
export type NewKeyBody = z.infer<typeof NewKeyBody>;
