import * as z from 'zod/mini';
import {
  AccountBody,
  BillingBody,
  EstimateBody,
  EstimateRequest,
  ExportBody,
  ExportRequest,
  GenerationBody,
  GenerationsBody,
  HealthBody,
  KeyRequest,
  KeysBody,
  LedgerBody,
  ModelsBody,
  NewKeyBody,
  PlansBody,
  ProjectRequest,
  ProjectsBody,
  RefundBody,
  PublicationBody,
  PublicationsBody,
  SubscriptionBody,
  SubscriptionRequest,
  UpstreamKeysBody,
  UpstreamKeysRequest,
  UsageBody,
} from '../../protocol/api.ts';
import { ErrorBody } from '../../protocol/errors.ts';
import { version } from '../version.ts';

/** The API as OpenAPI 3.1, made from the schemas that both sides parse with. */
export function openApi(url: string): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = operation.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Tokenfare', version, description: 'The metered backend. Amounts are integer millitokens.' },
    servers: [{ url }],
    security: [{ key: [] }],
    paths,
    components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  };
}

interface Operation {
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly query?: readonly string[];
  readonly request?: z.ZodMiniType;
  /** The type of a body that is no JSON. */
  readonly upload?: string;
  readonly answer?: z.ZodMiniType;
  readonly open?: true;
}

/** OpenAI's own fields are OpenAI's to describe; what we read of them is checked where it is read. */
const OpenAiRequest = z.looseObject({ model: z.string(), messages: z.array(z.looseObject({ role: z.string() })) });
const page = ['cursor', 'limit'];

/** Every route of the API. A test compares it with what is served. */
export const operations: readonly Operation[] = [
  { method: 'get', path: '/healthz', summary: 'Is it alive', answer: HealthBody, open: true },
  { method: 'get', path: '/readyz', summary: 'Is it ready', answer: HealthBody, open: true },
  { method: 'get', path: '/metrics', summary: 'Prometheus metrics', open: true },
  { method: 'get', path: '/openapi.json', summary: 'This document', open: true },
  { method: 'get', path: '/v1/plans', summary: 'Plans and the rate card', answer: PlansBody },
  { method: 'get', path: '/v1/account', summary: 'The account as it stands', answer: AccountBody },
  { method: 'get', path: '/v1/account/events', summary: 'The account at once and after every change, as SSE' },
  { method: 'get', path: '/v1/models', summary: 'Models on offer', answer: ModelsBody },
  {
    method: 'post',
    path: '/v1/estimate',
    summary: 'What a message will cost',
    request: EstimateRequest,
    answer: EstimateBody,
  },
  {
    method: 'post',
    path: '/v1/upstreams/keys',
    summary: "Hand over providers' keys that the editor keeps; on one's own machine alone",
    request: UpstreamKeysRequest,
    answer: UpstreamKeysBody,
  },
  { method: 'post', path: '/v1/chat/completions', summary: 'A chat completion, metered', request: OpenAiRequest },
  {
    method: 'get',
    path: '/v1/generations',
    summary: 'Generations, the newest first',
    query: page,
    answer: GenerationsBody,
  },
  { method: 'get', path: '/v1/generations/:id', summary: 'One generation and its calls', answer: GenerationBody },
  { method: 'post', path: '/v1/generations/:id/stop', summary: 'Stop a generation', answer: GenerationBody },
  {
    method: 'get',
    path: '/v1/generations/:id/stream',
    summary: 'The rest of a streamed answer after so many of its events, as SSE',
    query: ['after'],
  },
  { method: 'get', path: '/v1/usage', summary: 'Charges summed', query: ['from', 'to', 'tz', 'by'], answer: UsageBody },
  { method: 'get', path: '/v1/ledger', summary: 'Transfers, the newest first', query: page, answer: LedgerBody },
  {
    method: 'post',
    path: '/v1/subscription',
    summary: 'Choose a plan',
    request: SubscriptionRequest,
    answer: SubscriptionBody,
  },
  {
    method: 'delete',
    path: '/v1/subscription/scheduled',
    summary: 'Call off a scheduled change',
    answer: SubscriptionBody,
  },
  { method: 'get', path: '/v1/publications', summary: 'The apps that are up', answer: PublicationsBody },
  {
    method: 'post',
    path: '/v1/publications',
    summary: 'Publish a zip with an index.html at its top: a new app, or a new version of the same project or name',
    query: ['name'],
    upload: 'application/zip',
    answer: PublicationBody,
  },
  { method: 'delete', path: '/v1/publications/:id', summary: 'Take an app down' },
  {
    method: 'post',
    path: '/v1/publications/:id/versions/:n/activate',
    summary: 'Put an earlier version up again',
    answer: PublicationBody,
  },
  { method: 'get', path: '/v1/keys', summary: 'API keys in use', answer: KeysBody },
  { method: 'post', path: '/v1/keys', summary: 'Make an API key', request: KeyRequest, answer: NewKeyBody },
  { method: 'delete', path: '/v1/keys/:id', summary: 'Revoke an API key' },
  { method: 'get', path: '/account', summary: 'The account page', open: true },
  { method: 'post', path: '/account/sign-in', summary: 'Sign a browser in with a key', open: true },
  { method: 'post', path: '/account/sign-out', summary: 'Sign a browser out', open: true },
  { method: 'post', path: '/v1/billing', summary: "The payment provider's portal", answer: BillingBody },
  { method: 'post', path: '/webhooks/stripe', summary: "Stripe's events, signed", open: true },
  { method: 'get', path: '/v1/refunds', summary: 'What asking for a refund would be answered', answer: RefundBody },
  { method: 'post', path: '/v1/refunds', summary: 'Ask for the latest payment back', answer: RefundBody },
  { method: 'get', path: '/v1/projects', summary: 'Projects, and which are active', answer: ProjectsBody },
  {
    method: 'post',
    path: '/v1/projects',
    summary: 'Register a project, or name it anew',
    request: ProjectRequest,
    answer: ProjectsBody,
  },
  {
    method: 'post',
    path: '/v1/projects/:id/activate',
    summary: "Move the plan's one project here",
    answer: ProjectsBody,
  },
  { method: 'post', path: '/v1/exports', summary: 'Note an export', request: ExportRequest, answer: ExportBody },
  { method: 'get', path: '/checkout/:id', summary: "The sandbox's checkout page", open: true },
  { method: 'post', path: '/checkout/:id', summary: 'Pay with a practice card', open: true },
];

function describe({ path, summary, query, request, upload, answer, open }: Operation): Record<string, unknown> {
  const inPath = Array.from(path.matchAll(/:(\w+)/g), ([, name]) => parameter(name ?? '', 'path'));
  const inQuery = (query ?? []).map((name) => parameter(name, 'query'));
  return {
    summary,
    ...(open === undefined ? {} : { security: [] }),
    parameters: [...inPath, ...inQuery],
    ...(request === undefined ? {} : { requestBody: { required: true, content: json(request) } }),
    ...(upload === undefined ? {} : { requestBody: { required: true, content: { [upload]: {} } } }),
    responses: {
      200: { description: 'Done', ...(answer === undefined ? {} : { content: json(answer) }) },
      default: { description: 'Refused', content: json(ErrorBody) },
    },
  };
}

function parameter(name: string, where: 'path' | 'query'): Record<string, unknown> {
  return { name, in: where, required: where === 'path', schema: { type: 'string' } };
}

function json(schema: z.ZodMiniType): Record<string, unknown> {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { io: 'input' });
  return { 'application/json': { schema: plain } };
}
