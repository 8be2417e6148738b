import { hash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { PlanId } from '../../core/plans.ts';
import { largestUpload, publishingLimits } from '../../core/publishing/publishingLimits.ts';
import { slug } from '../../core/publishing/slug.ts';
import type { PublicationBody } from '../../protocol/api.ts';
import type { Clock } from '../clock.ts';
import type { CommandWriter } from '../commands.ts';
import type { Reader } from '../database/database.ts';
import { HttpRefusal } from '../http/httpRefusal.ts';
import type { Ids } from '../ids.ts';
import type { AppAddresses } from './appAddress.ts';
import type { AppPorts } from './appPorts.ts';
import { uploadPrefix } from './appServer.ts';
import type { AppStore } from './appStore.ts';
import { publications, type NewVersion, type Publication, type PublicationName } from './publications.ts';
import { receiveUpload } from './receiveUpload.ts';
import { storeUpload } from './storeUpload.ts';

/** Publishes, lists, rolls back and takes down the apps of accounts. Everything here costs 0. */
export class Publisher {
  readonly #deps: PublisherDeps;

  constructor(deps: PublisherDeps) {
    this.#deps = deps;
  }

  /**
   * Receives a zip, stores it whole as a new version of the account's app of that project or name, and only then puts
   * it up: until that one step, and if this ends before it, the version before stays up. Throws an HttpRefusal.
   */
  async publish(request: IncomingMessage, app: AppToPublish): Promise<PublicationBody> {
    const { accountId, name, project } = app;
    this.#refuseUnreachable();
    const limits = publishingLimits(app.planId);
    const identity = hash('sha256', JSON.stringify([accountId, project ?? '', project === null ? name : '']));
    const id = identity.slice(0, ID_CHARACTERS);
    await this.#refuseOneMore({ accountId, id, planId: app.planId });
    const upload = await receiveUpload(request, largestUpload(limits));
    const uploadId = this.#deps.ids();
    const prefix = uploadPrefix(id, uploadId);
    try {
      const stored = await storeUpload(this.#deps.store, { file: upload.file, prefix, limits });
      const suffix = (Number.parseInt(identity.slice(-SUFFIX_BITS / 4), 16) % SUFFIXES).toString(36);
      const names = { id, accountId, name, project, slug: slug(name, suffix.padStart(SUFFIX_CHARACTERS, '0')) };
      const number = await this.#putUp({ ...names, ...stored, upload: uploadId }, prefix);
      const up = await publications.find(this.#deps.query, { accountId, id });
      if (up === null) throw new HttpRefusal('not_found', 'The app was taken down again meanwhile.');
      await this.#deps.ports?.open(up);
      return { ...this.#bodyOf(up), version: number };
    } finally {
      await upload.remove();
    }
  }

  /** The account's apps that are up. */
  async list(accountId: string): Promise<PublicationBody[]> {
    return (await publications.list(this.#deps.query, accountId)).map((up) => this.#bodyOf(up));
  }

  /** Puts an earlier version up again. Throws `not_found`. */
  async activate(version: { accountId: string; id: string; number: number }): Promise<PublicationBody> {
    const done = await this.#deps.writer.submit('activateVersion', version);
    const up = done ? await publications.find(this.#deps.query, version) : null;
    if (up === null) throw new HttpRefusal('not_found', 'There is no such version.');
    return this.#bodyOf(up);
  }

  /** Takes an app down and removes its files, but for those on their way to be put up next. Throws `not_found`. */
  async unpublish(app: PublicationName): Promise<void> {
    const dropped = await this.#deps.writer.submit('unpublish', app);
    if (dropped === null) throw new HttpRefusal('not_found', 'There is no such publication.');
    this.#deps.ports?.close(app.id);
    await this.#removeDropped(app, dropped);
  }

  /** Opens the ports of everything that was up when the process before this one ended. */
  async openPorts(accountId: string): Promise<void> {
    for (const up of await publications.list(this.#deps.query, accountId)) await this.#deps.ports?.open(up);
  }

  async #putUp(version: NewVersion, prefix: string): Promise<number> {
    // A database that doesn't answer may have put it up: then its files are needed.
    const added = await this.#deps.writer.submit('addVersion', version);
    if (added.kind === 'tooMany') {
      await this.#deps.store.remove(prefix);
      throw tooManyApps(added.limit);
    }
    await this.#removeDropped(version, added.dropped);
    return added.number;
  }

  async #removeDropped(app: PublicationName, dropped: readonly string[]): Promise<void> {
    const { store, onFault } = this.#deps;
    for (const upload of dropped) await store.remove(uploadPrefix(app.id, upload)).catch(onFault);
    await this.#sweep(app).catch(onFault);
  }

  /** Removes what publishes have left that came to no end, once they can't be running any more. */
  async #sweep({ accountId, id }: PublicationName): Promise<void> {
    const { store, query, clock } = this.#deps;
    const up = await publications.find(query, { accountId, id });
    const kept = new Set(up?.versions.map(({ upload }) => upload));
    const stored = new Set((await store.list(`${id}/`)).map((key) => key.split('/')[1] ?? ''));
    const isOld = (upload: string): boolean => clock() - startOf(upload) > LONGEST_PUBLISH_MS;
    const left = [...stored].filter((upload) => !kept.has(upload) && isOld(upload));
    for (const upload of left) await store.remove(uploadPrefix(id, upload));
  }

  #refuseUnreachable(): void {
    if (this.#deps.addresses.isReachable) return;
    const message = 'Apps have no domain on this server yet: its operator sets publishing.baseDomain.';
    throw new HttpRefusal('unavailable', message, { retry: false });
  }

  /** Before anything is uploaded; those that come at once are told apart when they are put up. */
  async #refuseOneMore({ accountId, id, planId }: { accountId: string; id: string; planId: PlanId }) {
    const limit = publishingLimits(planId).publications;
    const others = (await publications.list(this.#deps.query, accountId)).filter((up) => up.id !== id);
    if (others.length >= limit) throw tooManyApps(limit);
  }

  #bodyOf({ active, versions, ...app }: Publication): PublicationBody {
    const { addresses, ports } = this.#deps;
    return {
      ...app,
      url: addresses.urlOf(app.slug),
      portUrl: ports?.urlOf(app.id) ?? null,
      ...{ version: active.number, bytes: active.bytes, files: active.files },
      versions: versions.map(({ number, bytes, files, createdAt }) => ({
        ...{ version: number, bytes, files, createdAt: new Date(createdAt).toISOString() },
      })),
    };
  }
}

export interface PublisherDeps {
  readonly query: Reader;
  readonly writer: CommandWriter;
  readonly store: AppStore;
  readonly addresses: AppAddresses;
  /** Only where one works alone on this machine. */
  readonly ports: AppPorts | null;
  readonly ids: Ids;
  readonly clock: Clock;
  readonly onFault: (error: unknown) => void;
}

export interface AppToPublish {
  readonly accountId: string;
  readonly planId: PlanId;
  readonly name: string;
  /** Publishing a project again makes a new version; without one, publishing the same name again. */
  readonly project: string | null;
}

/** 128 bits of the hash of whose app it is and which: the same app again is the same row. */
const ID_CHARACTERS = 32;
/** Enough that two accounts' apps of one name never meet, and short enough to be read out. */
const SUFFIX_CHARACTERS = 8;
const SUFFIXES = 36 ** SUFFIX_CHARACTERS;
const SUFFIX_BITS = 48;
/** An upload of the largest size over a slow line is over by then. */
const LONGEST_PUBLISH_MS = 60 * 60 * 1000;

function tooManyApps(limit: number): HttpRefusal {
  return new HttpRefusal('plan_required', `This plan keeps ${limit} apps up at a time. Unpublish one first.`, {
    details: { publications: limit },
  });
}

/** Ids begin with the millisecond in which they were made. */
function startOf(upload: string): number {
  return Number.parseInt(upload.replaceAll('-', '').slice(0, 12), 16);
}
