import type { Readable } from 'node:stream';
import type { AxiosInstance, AxiosRequestConfig } from 'axios';
import type * as z from 'zod/mini';
import type { BackendAnswer, BackendRequest } from '../../protocol/account.ts';
import {
  AccountBody,
  ExportBody,
  GenerationBody,
  GenerationsBody,
  ModelsBody,
  PlansBody,
  ProjectsBody,
  PublicationBody,
  PublicationsBody,
  RefundBody,
  SubscriptionBody,
  UsageBody,
  headers as names,
} from '../../protocol/api.ts';
import { errorTable } from '../../protocol/errors.ts';
import { BackendRefusal } from './backendRefusal.ts';
import type { Endpoint } from './endpoint.ts';
import { loadAxios } from './loadAxios.ts';

/**
 * How long a call about the account may take: far above any healthy answer, short enough to say so to a waiting person.
 */
const TIMEOUT_MS = 15_000;
/** An upload over a slow line, and what the backend then does with ten thousand files. */
const UPLOAD_MS = 10 * 60_000;

const UNAUTHENTICATED = errorTable.unauthenticated.status;

type CallOptions = Omit<AxiosRequestConfig, 'headers'> & { headers?: Record<string, string> };

/** Account and billing calls. Every answer is parsed; an answer that says no rejects with BackendRefusal. */
export class BackendClient {
  readonly #endpoint: () => Promise<Endpoint>;
  readonly #refused: () => void;
  #http: Promise<AxiosInstance> | undefined;

  /** `refused` is told when the backend does not take the key, or the session is over. */
  constructor(endpoint: () => Promise<Endpoint>, refused: () => void = () => undefined) {
    this.#endpoint = endpoint;
    this.#refused = refused;
  }

  account(): Promise<AccountBody> {
    return this.#call('GET', '/v1/account', AccountBody);
  }

  plans(): Promise<PlansBody> {
    return this.#call('GET', '/v1/plans', PlansBody);
  }

  models(): Promise<ModelsBody> {
    return this.#call('GET', '/v1/models', ModelsBody);
  }

  generation(id: string): Promise<GenerationBody> {
    return this.#call('GET', `/v1/generations/${encodeURIComponent(id)}`, GenerationBody);
  }

  /** The latest generations of the account, as many as one page has. */
  async generations(): Promise<readonly GenerationBody[]> {
    return (await this.#call('GET', '/v1/generations?limit=200', GenerationsBody)).generations;
  }

  async stop(id: string): Promise<void> {
    await this.#call('POST', `/v1/generations/${encodeURIComponent(id)}/stop`);
  }

  /** Charges since `from` by the days of the time zone `tz` (an IANA name). */
  usageByDay(from: string, tz: string): Promise<UsageBody> {
    return this.#call(
      'GET',
      `/v1/usage?by=day&from=${encodeURIComponent(from)}&tz=${encodeURIComponent(tz)}`,
      UsageBody,
    );
  }

  subscribe(planId: string): Promise<SubscriptionBody> {
    return this.#call('POST', '/v1/subscription', SubscriptionBody, { planId });
  }

  /** Sets a plan as one's own monthly budget, at once. */
  setBudget(planId: string): Promise<SubscriptionBody> {
    return this.#call('POST', '/v1/subscription', SubscriptionBody, { planId, budget: true });
  }

  async callOffScheduledChange(): Promise<void> {
    await this.#call('DELETE', '/v1/subscription/scheduled');
  }

  /** The account's apps that are up. */
  async publications(): Promise<readonly PublicationBody[]> {
    return (await this.#call('GET', '/v1/publications', PublicationsBody)).publications;
  }

  /** Publishes a zip; `onSent` is told how many bytes have gone. */
  publish(
    zip: Readable,
    { project, name }: { project: string; name: string },
    onSent: (bytes: number) => void,
  ): Promise<PublicationBody> {
    return this.#call('POST', `/v1/publications?name=${encodeURIComponent(name)}`, PublicationBody, zip, {
      headers: { 'content-type': 'application/zip', [names.project]: project },
      timeout: UPLOAD_MS,
      // A stream can't be sent again to another place.
      ...{ maxRedirects: 0, maxBodyLength: Infinity },
      onUploadProgress: ({ loaded }) => {
        onSent(loaded);
      },
    });
  }

  async activateVersion(id: string, version: number): Promise<void> {
    const path = `/v1/publications/${encodeURIComponent(id)}/versions/${String(version)}/activate`;
    await this.#call('POST', path, PublicationBody, {});
  }

  async unpublish(id: string): Promise<void> {
    await this.#call('DELETE', `/v1/publications/${encodeURIComponent(id)}`);
  }

  /** The account's projects, and how often the plan's one project can still be moved. */
  projects(): Promise<ProjectsBody> {
    return this.#call('GET', '/v1/projects', ProjectsBody);
  }

  /** Makes a project known, or names it anew. */
  async registerProject(project: { id: string; name: string }): Promise<void> {
    await this.#call('POST', '/v1/projects', ProjectsBody, project);
  }

  /** Moves the plan's one project here. */
  async activateProject(id: string): Promise<void> {
    await this.#call('POST', `/v1/projects/${encodeURIComponent(id)}/activate`, ProjectsBody, {});
  }

  /** Says that code is exported; rejects with `plan_required` where the plan has no export. */
  async noteExport(projectId: string): Promise<void> {
    await this.#call('POST', '/v1/exports', ExportBody, { projectId });
  }

  /** What a refund would be answered, without asking for it. */
  refund(): Promise<RefundBody> {
    return this.#call('GET', '/v1/refunds', RefundBody);
  }

  requestRefund(): Promise<RefundBody> {
    return this.#call('POST', '/v1/refunds', RefundBody, {});
  }

  /** Passes a request on, and its answer back, whatever it says. */
  async send({ method, path, body }: BackendRequest, more: CallOptions = {}): Promise<BackendAnswer> {
    const { url, key } = await this.#endpoint();
    this.#http ??= loadAxios().then((axios) =>
      axios.create({ timeout: TIMEOUT_MS, proxy: false, validateStatus: () => true }),
    );
    const http = await this.#http;
    const headers = { ...more.headers, authorization: `Bearer ${key}` };
    const answer = await http.request<unknown>({ ...more, method, url: url + path, data: body, headers });
    if (answer.status === UNAUTHENTICATED) this.#refused();
    return { status: answer.status, body: answer.data };
  }

  async #call(method: BackendRequest['method'], path: string): Promise<unknown>;
  async #call<T extends z.ZodMiniType>(
    method: BackendRequest['method'],
    path: string,
    schema: T,
    body?: unknown,
    more?: CallOptions,
  ): Promise<z.infer<T>>;
  async #call(
    method: BackendRequest['method'],
    path: string,
    schema?: z.ZodMiniType,
    body?: unknown,
    more: CallOptions = {},
  ): Promise<unknown> {
    const answer = await this.send({ method, path, body }, more);
    if (answer.status >= 400) throw BackendRefusal.from(answer.status, answer.body);
    return schema ? schema.parse(answer.body) : answer.body;
  }
}
