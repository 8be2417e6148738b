import type * as z from 'zod/mini';
import type { AccountHostCalls, BackendRequest } from '../../src/protocol/account.ts';
import {
  AccountBody,
  BillingBody,
  GenerationsBody,
  KeysBody,
  NewKeyBody,
  PlansBody,
  ProjectsBody,
  PublicationsBody,
  RefundBody,
  SubscriptionBody,
  UsageBody,
  type GenerationBody,
} from '../../src/protocol/api.ts';
import { AccountRefusal } from './accountRefusal.ts';

/** How usage is summed. */
export type UsageKey = 'day' | 'project' | 'model' | 'session';

/** What the page asks of the backend. Every answer is parsed; a "no" rejects with AccountRefusal. */
export class AccountApi {
  readonly #send: AccountHostCalls['backend'];

  constructor(send: AccountHostCalls['backend']) {
    this.#send = send;
  }

  account(): Promise<AccountBody> {
    return this.#ask({ method: 'GET', path: '/v1/account' }, AccountBody);
  }

  plans(): Promise<PlansBody> {
    return this.#ask({ method: 'GET', path: '/v1/plans' }, PlansBody);
  }

  choosePlan(planId: string): Promise<SubscriptionBody> {
    return this.#ask({ method: 'POST', path: '/v1/subscription', body: { planId } }, SubscriptionBody);
  }

  /** Sets a plan as one's own monthly budget, at once. */
  setBudget(planId: string): Promise<SubscriptionBody> {
    return this.#ask({ method: 'POST', path: '/v1/subscription', body: { planId, budget: true } }, SubscriptionBody);
  }

  /** Where cards and invoices are; null where there are none. */
  async billing(): Promise<string | null> {
    return (await this.#ask({ method: 'POST', path: '/v1/billing', body: {} }, BillingBody)).url;
  }

  callOffChange(): Promise<unknown> {
    return this.#ask({ method: 'DELETE', path: '/v1/subscription/scheduled' });
  }

  /** Charges from an instant (ISO) on, days being those of the time zone. */
  usage(by: UsageKey, from: string, timeZone: string): Promise<UsageBody> {
    const query = new URLSearchParams({ by, from, tz: timeZone });
    return this.#ask({ method: 'GET', path: `/v1/usage?${query.toString()}` }, UsageBody);
  }

  /** A page of receipts, the newest first, after `cursor`. */
  receipts(cursor: string | null): Promise<{ generations: GenerationBody[]; next: string | null }> {
    const query = new URLSearchParams({ limit: String(RECEIPTS_A_PAGE), ...(cursor === null ? {} : { cursor }) });
    return this.#ask({ method: 'GET', path: `/v1/generations?${query.toString()}` }, GenerationsBody);
  }

  /** What would come of asking for a refund. */
  refund(): Promise<RefundBody | null> {
    return this.#find('/v1/refunds', RefundBody);
  }

  requestRefund(): Promise<RefundBody> {
    return this.#ask({ method: 'POST', path: '/v1/refunds', body: {} }, RefundBody);
  }

  projects(): Promise<ProjectsBody | null> {
    return this.#find('/v1/projects', ProjectsBody);
  }

  activateProject(id: string): Promise<unknown> {
    return this.#ask({ method: 'POST', path: `/v1/projects/${encodeURIComponent(id)}/activate`, body: {} });
  }

  keys(): Promise<KeysBody> {
    return this.#ask({ method: 'GET', path: '/v1/keys' }, KeysBody);
  }

  createKey(name: string): Promise<NewKeyBody> {
    return this.#ask({ method: 'POST', path: '/v1/keys', body: { name } }, NewKeyBody);
  }

  revokeKey(id: string): Promise<unknown> {
    return this.#ask({ method: 'DELETE', path: `/v1/keys/${encodeURIComponent(id)}` });
  }

  publications(): Promise<PublicationsBody | null> {
    return this.#find('/v1/publications', PublicationsBody);
  }

  /** Puts an earlier version up again. */
  activateVersion(id: string, version: number): Promise<unknown> {
    const path = `/v1/publications/${encodeURIComponent(id)}/versions/${version}/activate`;
    return this.#ask({ method: 'POST', path, body: {} });
  }

  unpublish(id: string): Promise<unknown> {
    return this.#ask({ method: 'DELETE', path: `/v1/publications/${encodeURIComponent(id)}` });
  }

  /** Null where this backend has no such thing. */
  async #find<T extends z.ZodMiniType>(path: string, schema: T): Promise<z.infer<T> | null> {
    try {
      return await this.#ask({ method: 'GET', path }, schema);
    } catch (error) {
      if (error instanceof AccountRefusal && error.code === 'not_found') return null;
      throw error;
    }
  }

  async #ask(request: BackendRequest): Promise<unknown>;
  async #ask<T extends z.ZodMiniType>(request: BackendRequest, schema: T): Promise<z.infer<T>>;
  async #ask(request: BackendRequest, schema?: z.ZodMiniType): Promise<unknown> {
    const { status, body } = await this.#send(request);
    if (status >= 400) throw AccountRefusal.from(status, body);
    return schema ? schema.parse(body) : body;
  }
}

/** The largest page that the backend gives. */
const RECEIPTS_A_PAGE = 200;
