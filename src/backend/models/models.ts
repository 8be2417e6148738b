import type { Upstream, UpstreamModel } from './upstream.ts';

/** Every model on offer, by its id, which is unique: of two with one id the first upstream's counts. */
export class Models {
  readonly #upstreams: readonly Upstream[];
  #cheapest = 1;
  #hasOthers = false;

  constructor(upstreams: readonly Upstream[]) {
    this.#upstreams = upstreams;
  }

  /** The smallest multiplier on offer when the models were last listed. */
  get cheapestMultiplier(): number {
    return this.#cheapest;
  }

  /** Whether another service than `builder` had a model on offer when the models were last listed. */
  get hasOthers(): boolean {
    return this.#hasOthers;
  }

  /** All models, in the order of their upstreams. */
  async list(): Promise<OfferedModel[]> {
    const lists = await Promise.all(this.#upstreams.map((upstream) => this.#offer(upstream)));
    const seen = new Set<string>();
    const offered = lists.flat().filter(({ model }) => !seen.has(model.id) && seen.add(model.id));
    if (offered.length > 0) this.#cheapest = Math.min(...offered.map(({ model }) => model.multiplier));
    this.#hasOthers = offered.some(({ upstream }) => upstream.id !== BUILDER);
    return offered;
  }

  /** The model of this id; later upstreams are asked only if earlier ones have it not. */
  async find(id: string): Promise<OfferedModel | undefined> {
    for (const upstream of this.#upstreams) {
      const found = (await this.#offer(upstream)).find(({ model }) => model.id === id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  async #offer(upstream: Upstream): Promise<OfferedModel[]> {
    const models = await upstream.models();
    return models.map((model) => ({ upstream, model }));
  }
}

export interface OfferedModel {
  readonly upstream: Upstream;
  readonly model: UpstreamModel;
}

/** What is on this machine anyway, and costs nobody anything. */
const BUILDER = 'builder';
