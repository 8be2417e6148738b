import * as z from 'zod/mini';
import { KEPT_VERSIONS, publishingLimits } from '../../core/publishing/publishingLimits.ts';
import type { Reader } from '../database/database.ts';
import type { Row } from '../database/tables.ts';
import type { RowKey, Work } from '../database/workingSet.ts';
import { subscriptions } from '../subscriptions/subscriptions.ts';

/**
 * Published apps: which there are, which versions of them are kept, and which one is up. A version is added and goes up
 * in one step, after all of its files are stored; until then nobody sees it.
 */
export const publications = {
  /** The rows that everything here needs. */
  needs({ accountId, id }: PublicationName): RowKey[] {
    return [['publications', accountId, id]];
  },

  /** The rows of what puts an app up or takes it down: the subscription counts how many are up. */
  needsToCount({ accountId, id }: PublicationName): RowKey[] {
    return [...subscriptions.needs(accountId), ['publications', accountId, id]];
  },

  /**
   * Adds a version and puts it up. Answers with its number, and with the uploads that nothing needs any more; nothing
   * is changed where the plan has no room for one app more. An upload is one version, however often it is asked for.
   * The account must be in its period.
   */
  addVersion(work: Work, { upload, bytes, files, ...app }: NewVersion): AddAnswer {
    const earlier = work.publications.find(app.accountId, app.id);
    const known = versionsOf(earlier).find((version) => version.upload === upload);
    if (known !== undefined) return { kind: 'added', number: known.number, dropped: [] };
    if (!isUp(earlier)) {
      const { publications: limit } = publishingLimits(subscriptions.planNow(work, app.accountId).id);
      const { appsUp } = subscriptions.read(work, app.accountId);
      if (appsUp >= limit) return { kind: 'tooMany', limit };
      subscriptions.change(work, app.accountId, { appsUp: appsUp + 1 });
    }
    const number = (earlier?.lastNumber ?? 0) + 1;
    const all = [...versionsOf(earlier), { number, upload, bytes, files, createdAt: work.now }];
    const kept = all.slice(-KEPT_VERSIONS);
    work.publications.put({
      ...app,
      slug: earlier?.slug ?? app.slug,
      ...{ active: number, lastNumber: number, versions: JSON.stringify(kept) },
      ...{ createdAt: earlier?.createdAt ?? work.now, updatedAt: work.now },
    });
    return { kind: 'added', number, dropped: all.slice(0, -KEPT_VERSIONS).map((version) => version.upload) };
  },

  /** Puts an earlier version up again. False if there is no such version. */
  activate(work: Work, name: PublicationName & { number: number }): boolean {
    const found = work.publications.find(name.accountId, name.id);
    if (found === undefined || !versionsOf(found).some(({ number }) => number === name.number)) return false;
    work.publications.put({ ...found, active: name.number, updatedAt: work.now });
    return true;
  },

  /**
   * Takes an app down with all its versions; its address is kept for it. Answers with the uploads that nothing needs
   * any more; null if it isn't up.
   */
  unpublish(work: Work, { accountId, id }: PublicationName): string[] | null {
    const found = work.publications.find(accountId, id);
    if (!isUp(found)) return null;
    work.publications.put({ ...found, active: 0, versions: '[]', updatedAt: work.now });
    subscriptions.change(work, accountId, { appsUp: subscriptions.read(work, accountId).appsUp - 1 });
    return versionsOf(found).map((version) => version.upload);
  },

  /** The apps of an account that are up, the one published last first. */
  async list(query: Reader, accountId: string): Promise<Publication[]> {
    const rows = await selectUp(query).where('account_id', '=', accountId).orderBy('updated_at', 'desc').execute();
    return rows.map(publicationOf);
  },

  /** One that is up; null if it isn't. */
  async find(query: Reader, { accountId, id }: PublicationName): Promise<Publication | null> {
    const row = await selectUp(query).where('account_id', '=', accountId).where('id', '=', id).executeTakeFirst();
    return row === undefined ? null : publicationOf(row);
  },

  /** What is up at an address; null if nothing is. */
  async atSlug(query: Reader, slug: string): Promise<Publication | null> {
    const row = await selectUp(query).where('slug', '=', slug).executeTakeFirst();
    return row === undefined ? null : publicationOf(row);
  },
};

export interface PublicationName {
  readonly accountId: string;
  readonly id: string;
}

/** An app that is up. */
export interface Publication extends Pick<Row<'publications'>, 'id' | 'slug' | 'name' | 'project'> {
  readonly active: Version;
  /** The newest first. */
  readonly versions: readonly Version[];
}

/** `upload` names what was uploaded in the store. */
const Version = z.object({ number: z.int(), upload: z.string(), bytes: z.int(), files: z.int(), createdAt: z.int() });
export type Version = z.infer<typeof Version>;

export interface NewVersion extends Pick<Row<'publications'>, 'accountId' | 'id' | 'slug' | 'name' | 'project'> {
  readonly upload: string;
  readonly bytes: number;
  readonly files: number;
}

export type AddAnswer =
  | { readonly kind: 'added'; readonly number: number; readonly dropped: string[] }
  /** So many apps may be up at a time. */
  | { readonly kind: 'tooMany'; readonly limit: number };

const Versions = z.array(Version);

function isUp(row: Row<'publications'> | undefined): row is Row<'publications'> {
  return row !== undefined && row.active > 0;
}

function versionsOf(row: { versions: string } | undefined): Version[] {
  return Versions.parse(JSON.parse(row?.versions ?? '[]'));
}

function selectUp(query: Reader) {
  return query
    .selectFrom('publications')
    .select(['id', 'slug', 'name', 'project', 'active', 'versions'])
    .where('active', '>', 0);
}

function publicationOf(row: {
  id: string;
  slug: string;
  name: string;
  project: string | null;
  active: number;
  versions: string;
}): Publication {
  const { id, slug, name, project } = row;
  const versions = versionsOf(row).reverse();
  const active = versions.find(({ number }) => number === row.active);
  if (active === undefined) throw new Error('the version that is up is not kept');
  return { id, slug, name, project, active, versions };
}
