import { AccountBody, GenerationBody } from '../../src/protocol/api.ts';
import { startFakeUpstream, type FakeUpstream } from './fakeUpstream.ts';
import { configFor, startBackend, type TestBackend } from './startBackend.ts';

/** The real backend in front of a scripted service, and what tests ask of it again and again. */
export async function startMeteredBackend(config: Record<string, unknown> = {}): Promise<MeteredBackend> {
  const upstream = await startFakeUpstream();
  const backend = await startBackend({ config: configFor(upstream.baseUrl, config) });
  const generation = async (id: string): Promise<GenerationBody> =>
    GenerationBody.parse(await backend.json(`/v1/generations/${id}`));
  return {
    upstream,
    backend,
    generation,
    complete: (json, headers = {}) => backend.request('/v1/chat/completions', { json, headers }),
    balance: async () => AccountBody.parse(await backend.json('/v1/account')).balance,
    ended: async (id) => {
      // Its settlement follows a hang-up without anybody to tell.
      for (;;) {
        const found = await generation(id);
        if (found.state !== 'open') return found;
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
    dispose: async () => {
      await backend.dispose();
      await upstream.close();
    },
  };
}

export interface MeteredBackend {
  readonly upstream: FakeUpstream;
  readonly backend: TestBackend;
  complete(json: unknown, headers?: Record<string, string>): Promise<Response>;
  balance(): Promise<AccountBody['balance']>;
  generation(id: string): Promise<GenerationBody>;
  /** The generation once it is no longer open. */
  ended(id: string): Promise<GenerationBody>;
  /** Ends both, and proves the ledger. */
  dispose(): Promise<void>;
}

/** What an error answer says. */
export async function refusalOf(response: Response): Promise<Refusal> {
  const { error } = (await response.json()) as { error: Omit<Refusal, 'status'> };
  return { ...error, status: response.status };
}

export interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly param?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** A plain request to the scripted service's model. */
export const ask = {
  model: 'test-model',
  messages: [{ role: 'user', content: 'Create a users table with columns: name, email.' }],
  max_tokens: 500,
} as const;
