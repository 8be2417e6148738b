import * as vscode from 'vscode';
import { planById } from '../../core/plans.ts';
import { publishingLimits } from '../../core/publishing/publishingLimits.ts';
import type { PublicationBody } from '../../protocol/api.ts';
import type { BackendClient } from '../backend/backendClient.ts';
import type { AppTarget, AppToPublish } from './appTarget.ts';

/** Publishing through a backend: the one on this computer, or a server. */
export class BackendTarget implements AppTarget {
  readonly kind: 'computer' | 'server';
  readonly #client: BackendClient;

  constructor(kind: 'computer' | 'server', client: BackendClient) {
    this.kind = kind;
    this.#client = client;
  }

  async find(project: string): Promise<PublicationBody | null> {
    return (await this.#client.publications()).find((app) => app.project === project) ?? null;
  }

  async refusalOf(project: string): Promise<string | null> {
    const [{ plan }, up] = await Promise.all([this.#client.account(), this.#client.publications()]);
    const limit = publishingLimits(planById(plan.id)?.id ?? 'free').publications;
    if (up.length < limit || up.some((app) => app.project === project)) return null;
    return vscode.l10n.t(
      '{0} keeps {1} apps up at a time, and so many are up. Unpublish one on the account page first. 0 tokens.',
      plan.name,
      limit,
    );
  }

  async publish(app: AppToPublish, onProgress: (part: number) => void): Promise<PublicationBody> {
    const { project, name, bytes } = app;
    return this.#client.publish(await app.zip(), { project, name }, (sent) => {
      onProgress(Math.min(1, sent / Math.max(1, bytes)));
    });
  }

  async activate(app: PublicationBody, version: number): Promise<void> {
    await this.#client.activateVersion(app.id, version);
  }

  async unpublish(app: PublicationBody): Promise<void> {
    await this.#client.unpublish(app.id);
  }
}
