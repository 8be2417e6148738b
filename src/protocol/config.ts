import * as z from 'zod/mini';
import { RateCardBody } from './api.ts';

/** The largest body that is read unless configured: a message of 1 MB, its files and images around it. */
const DEFAULT_BODY_BYTES = 10_485_760;
/** Two a second, far above a person's pace and a tool loop's. */
const DEFAULT_REQUESTS_PER_MINUTE = 120;
/** A person with several windows and a batch; more at once is a program. */
const DEFAULT_CONCURRENT_GENERATIONS = 8;

const Positive = z.int().check(z.positive());
const HttpUrl = z.url({ protocol: /^https?$/ });
/** The name of an environment variable that holds a secret; secrets never stand in the file. */
const SecretName = z.optional(z.nullable(z.string().check(z.minLength(1))));
/** A rate card multiplier: 0.25 to 20 with at most two decimals, so that charges stay exact. */
const Multiplier = z.number().check(
  z.gte(0.25),
  z.lte(20),
  z.refine((value) => Math.round(value * 100) / 100 === value, { error: 'has more than two decimals' }),
);

export const ConfiguredModel = z.strictObject({
  id: z.string().check(z.minLength(1)),
  name: z.optional(z.string().check(z.minLength(1))),
  multiplier: z._default(Multiplier, 1),
  contextWindow: z._default(Positive, 65_536),
  maxOutputTokens: z._default(Positive, 8_192),
});

export const ConfiguredUpstream = z.strictObject({
  id: z.string().check(z.minLength(1)),
  baseUrl: HttpUrl,
  apiKeyEnv: SecretName,
  /** A file that holds nothing but the key, relative to the data folder. */
  apiKeyFile: SecretName,
  /** The key is in the editor's secret storage: each window hands it over when it finds the backend. */
  apiKeyFrom: z.optional(z.literal('editor')),
  /**
   * The field that limits the output at this service; without it, the client's own, or what is known of the service.
   */
  outputLimitField: z.optional(z.enum(['max_tokens', 'max_completion_tokens'])),
  models: z.array(ConfiguredModel).check(z.minLength(1)),
});
export type ConfiguredUpstream = z.infer<typeof ConfiguredUpstream>;

const Auth = z.strictObject({
  mode: z._default(z.enum(['local', 'keys', 'oidc', 'github']), 'local'),
  issuer: z.optional(HttpUrl),
  clientId: z.optional(z.string()),
  clientSecretEnv: SecretName,
});

const Payments = z.strictObject({
  provider: z._default(z.enum(['sandbox', 'stripe']), 'sandbox'),
  secretKeyEnv: SecretName,
  webhookSecretEnv: SecretName,
  prices: z.optional(z.record(z.string(), z.string())),
  apiBase: z.optional(HttpUrl),
});

const Publishing = z.strictObject({
  /** `file:` and a folder, or `s3://` with a bucket and, if wanted, a folder in it. */
  store: z._default(z.string().check(z.regex(/^(file:.+|s3:\/\/[^/]+(\/[\w./-]+)?)$/)), 'file:apps'),
  /** Every app is at a name of its own below this one. */
  baseDomain: z._default(z.string().check(z.regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/)), 'localhost'),
  /** Where an S3-compatible service is, if it isn't Amazon's. */
  endpoint: z.optional(HttpUrl),
  region: z.optional(z.string().check(z.minLength(1))),
  accessKeyIdEnv: SecretName,
  secretAccessKeyEnv: SecretName,
});
export type PublishingConfig = z.infer<typeof Publishing>;

const Limits = z.strictObject({
  requestsPerMinute: z._default(Positive, DEFAULT_REQUESTS_PER_MINUTE),
  concurrentGenerations: z._default(Positive, DEFAULT_CONCURRENT_GENERATIONS),
  bodyBytes: z._default(Positive, DEFAULT_BODY_BYTES),
});

/** An Ollama that runs on this machine is offered by itself in local mode, unless `discover` is off. */
const Ollama = z.strictObject({
  discover: z._default(z.boolean(), true),
  baseUrl: z._default(HttpUrl, 'http://127.0.0.1:11434'),
  multiplier: z._default(Multiplier, 0.5),
});

/** The backend's one configuration file; every key is also an environment variable. An unknown key is a mistake. */
export const Config = z.strictObject({
  database: z._default(z.string().check(z.regex(/^(sqlite:.+|postgres(ql)?:\/\/.+)/)), 'sqlite:tokenfare.db'),
  publicUrl: z.optional(HttpUrl),
  /** Where people ask for help; the issue tracker if nothing else is said. */
  supportUrl: z.optional(HttpUrl),
  auth: z.prefault(Auth, {}),
  upstreams: z._default(z.array(ConfiguredUpstream), []),
  ollama: z.prefault(Ollama, {}),
  payments: z.prefault(Payments, {}),
  publishing: z.prefault(Publishing, {}),
  limits: z.prefault(Limits, {}),
  rateCard: z.optional(RateCardBody),
});
export type Config = z.infer<typeof Config>;
