import * as vscode from 'vscode';
import { defaultRateCard, type RateCard } from '../../core/rateCard.ts';
import type { ModelsBody } from '../../protocol/api.ts';
import type { Composer } from '../../protocol/chat.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import type { BackendConnection } from '../backend/backendConnection.ts';
import { settings } from '../contributions.ts';
import { currentModel } from '../models/currentModel.ts';

/** What the backend offers and what it charges: read when the line to it stands, and again when that was lost. */
export class ModelCatalog implements vscode.Disposable {
  readonly #connection: BackendConnection;
  readonly #client: BackendClient;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #subscriptions: vscode.Disposable[];
  #models: ModelsBody['data'] = [];
  #card: RateCard | null = null;
  #loading: Promise<void> | undefined;
  #wasReady = false;

  constructor(connection: BackendConnection, client: BackendClient) {
    this.#connection = connection;
    this.#client = client;
    this.#subscriptions = [
      connection.onDidChange(() => this.#follow()),
      vscode.workspace.onDidChangeConfiguration((change) => {
        if (change.affectsConfiguration(settings.defaultModel)) this.#changed.fire();
      }),
    ];
    this.#follow();
  }

  /** The model that the next message goes to; null until the backend said which there are. */
  get model(): Composer['model'] | null {
    const model = currentModel(this.#models);
    if (!model) return null;
    const { name, multiplier, contextWindow } = model.tokenfare;
    return { id: model.id, name: name ?? model.id, multiplier, contextWindow };
  }

  get card(): RateCard {
    return this.#card ?? defaultRateCard;
  }

  get isLoaded(): boolean {
    return this.#card !== null;
  }

  /** Resolves once there was an attempt to read both. Never rejects. */
  async load(): Promise<void> {
    if (this.isLoaded && this.model) return;
    this.#loading ??= this.#read().finally(() => (this.#loading = undefined));
    await this.#loading;
  }

  /** How many models of an Ollama on this machine the backend offers, asked anew: it may have been started since. */
  async countOllamaModels(): Promise<number> {
    await this.#reload();
    return this.#models.filter(({ owned_by }) => owned_by === 'ollama').length;
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    this.#changed.dispose();
  }

  #follow(): void {
    const ready = this.#connection.state.kind === 'ready';
    if (ready && !this.#wasReady) void this.#reload();
    this.#wasReady = ready;
  }

  async #reload(): Promise<void> {
    this.#loading ??= this.#read().finally(() => (this.#loading = undefined));
    await this.#loading;
  }

  async #read(): Promise<void> {
    const [models, plans] = await Promise.allSettled([this.#client.models(), this.#client.plans()]);
    if (models.status === 'fulfilled') this.#models = models.value.data;
    if (plans.status === 'fulfilled') this.#card = plans.value.rateCard;
    this.#changed.fire();
  }
}
