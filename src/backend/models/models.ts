import type { Clock } from '../clock.ts';
import type { Upstream, UpstreamModel } from './upstream.ts';

/** Every model on offer, by its id, which is unique: of two with one id the first upstream's counts. */
export class Models {
  readonly #upstreams: readonly Upstream[];
  readonly #options: ModelsOptions;
  readonly #health = new Map<Upstream, { askedAt: number; isFailing: boolean }>();
  #cheapest = 1;
  #hasOthers = false;

  constructor(upstreams: readonly Upstream[], options: ModelsOptions) {
    this.#upstreams = upstreams;
    this.#options = options;
  }

  /** The smallest multiplier on offer when the models were last listed. */
  get cheapestMultiplier(): number {
    return this.#cheapest;
  }

  /** Whether another service than `builder` had a model on offer when the models were last listed. */
  get hasOthers(): boolean {
    return this.#hasOthers;
  }

  /** All models, in the order of their upstreams, also of those that fail. */
  async list(): Promise<ListedModel[]> {
    const lists = await Promise.all(this.#upstreams.map((upstream) => this.#offer(upstream)));
    const seen = new Set<string>();
    const offered = lists.flat().filter(({ model }) => !seen.has(model.id) && seen.add(model.id));
    if (offered.length > 0) this.#cheapest = Math.min(...offered.map(({ model }) => model.multiplier));
    this.#hasOthers = offered.some(({ upstream }) => upstream.id !== BUILDER);
    for (const upstream of new Set(offered.map((each) => each.upstream))) this.#check(upstream);
    return offered.map((each) => ({ ...each, isFailing: this.#health.get(each.upstream)?.isFailing === true }));
  }

  /** Keys by the ids of their upstreams; answers the ids that there are. How they are is asked anew. */
  useKeys(keys: Readonly<Record<string, string>>): string[] {
    const taken = this.#upstreams.filter((each) => each.useKey !== undefined && keys[each.id] !== undefined);
    for (const upstream of taken) {
      upstream.useKey?.(keys[upstream.id] ?? '');
      this.#health.delete(upstream);
    }
    return taken.map(({ id }) => id);
  }

  /** The model of this id; later upstreams are asked only if earlier ones have it not. */
  async find(id: string): Promise<OfferedModel | undefined> {
    for (const upstream of this.#upstreams) {
      const model = (await upstream.models()).find((each) => each.id === id);
      if (model !== undefined) return { upstream, model };
    }
    return undefined;
  }

  async #offer(upstream: Upstream): Promise<OfferedModel[]> {
    const models = await upstream.models();
    return models.map((model) => ({ upstream, model }));
  }

  /** Asks in the background how an upstream is, if that is not known or old: nobody waits for it. */
  #check(upstream: Upstream): void {
    const known = this.#health.get(upstream);
    const now = this.#options.clock();
    if (upstream.check === undefined || (known !== undefined && now - known.askedAt < HEALTH_KEPT_MS)) return;
    const health = { askedAt: now, isFailing: known?.isFailing ?? false };
    this.#health.set(upstream, health);
    upstream.check(AbortSignal.timeout(CHECK_TIMEOUT_MS)).then(
      () => {
        health.isFailing = false;
        this.#options.onHealth(upstream.id, null);
      },
      (error: unknown) => {
        health.isFailing = true;
        this.#options.onHealth(upstream.id, error);
      },
    );
  }
}

export interface ModelsOptions {
  readonly clock: Clock;
  /** Told whenever an upstream was asked how it is: null is well. */
  readonly onHealth: (upstream: string, error: unknown) => void;
}

export interface OfferedModel {
  readonly upstream: Upstream;
  readonly model: UpstreamModel;
}

export interface ListedModel extends OfferedModel {
  /** Its upstream could not be had when it was last asked. */
  readonly isFailing: boolean;
}

/** What is told of an upstream is this old at most: one that fails is soon seen, one that is well hardly asked. */
const HEALTH_KEPT_MS = 60_000;
/** A list of models takes a healthy service a fraction of this. */
const CHECK_TIMEOUT_MS = 5_000;

/** What is on this machine anyway, and costs nobody anything. */
const BUILDER = 'builder';
