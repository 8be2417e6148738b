import * as z from 'zod/mini';
import type { UpstreamModel } from './upstream.ts';

/**
 * The models of an Ollama on this machine. Asked in the background and kept for a while: nobody waits for one that is
 * not there, except the first list, for a moment.
 */
export class OllamaModels {
  readonly #options: OllamaOptions;
  #models: UpstreamModel[] = [];
  #askedAt = -Infinity;
  #asking: Promise<void> | null = null;

  constructor(options: OllamaOptions) {
    this.#options = options;
  }

  /** What is known now; asks again if that is old. Waits for the answer only the first time. */
  async list(): Promise<UpstreamModel[]> {
    const isFirst = this.#askedAt === -Infinity;
    if (this.#options.clock() - this.#askedAt > KEPT_MS) this.#refresh();
    if (isFirst && this.#asking !== null) await this.#asking;
    return this.#models;
  }

  #refresh(): void {
    if (this.#asking !== null) return;
    this.#askedAt = this.#options.clock();
    this.#asking = this.#ask().finally(() => (this.#asking = null));
  }

  async #ask(): Promise<void> {
    try {
      const url = `${this.#options.baseUrl.replace(/\/+$/, '')}/api/tags`;
      const answer = await fetch(url, { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
      const { models } = Tags.parse(await answer.json());
      const { multiplier } = this.#options;
      this.#models = models.map(({ name }) => ({ id: name, name: `${name} (Ollama)`, multiplier, ...LIMITS }));
    } catch {
      // What it had is still its: one that is there again in a moment has not lost them.
    }
  }
}

/** Where none listens, the refusal comes at once; one that takes longer is not worth a wait. */
const ASK_TIMEOUT_MS = 500;
/** A model pulled meanwhile is seen after this. */
const KEPT_MS = 15_000;
/** Ollama's list does not tell these; a model with other limits stands in the configuration. */
const LIMITS = { contextWindow: 32_768, maxOutputTokens: 8_192 } as const;

const Tags = z.object({ models: z.array(z.object({ name: z.string() })) });

export interface OllamaOptions {
  readonly baseUrl: string;
  readonly multiplier: number;
  readonly clock: () => number;
}
