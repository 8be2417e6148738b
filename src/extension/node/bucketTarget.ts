import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AwsClient } from 'aws4fetch';
import * as z from 'zod/mini';
import { contentType } from '../../core/publishing/contentType.ts';
import { PublicationVersion, type PublicationBody } from '../../protocol/api.ts';
import type { AppTarget, AppToPublish } from '../publish/appTarget.ts';

/** Where a bucket is, how its pages are seen, and the keys to it. */
export interface BucketAccess {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly publicUrl: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

const Version = z.extend(PublicationVersion, { paths: z.array(z.string()) });

/** What is in the bucket, kept in it: whoever has its keys finds the same versions. */
const Index = z.object({
  project: z.string(),
  name: z.string(),
  version: z.int(),
  last: z.int(),
  versions: z.array(Version),
});
type Index = z.infer<typeof Index>;

/**
 * Publishing to a bucket of one's own, one app in it. A version is stored whole below `_tokenfare/<n>/` first; then its
 * files are copied to where they are seen, pages last, so that no page is seen before what it needs.
 */
export class BucketTarget implements AppTarget {
  readonly kind = 'bucket';
  readonly #access: BucketAccess;
  readonly #client: AwsClient;

  constructor(access: BucketAccess) {
    const { accessKeyId, secretAccessKey, region } = access;
    this.#access = access;
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES });
  }

  async find(project: string): Promise<PublicationBody | null> {
    const index = await this.#index();
    return index?.project === project ? this.#bodyOf(index) : null;
  }

  /** A bucket of one's own holds one app, and says so by itself. */
  refusalOf(): Promise<null> {
    return Promise.resolve(null);
  }

  async publish(app: AppToPublish, onProgress: (part: number) => void): Promise<PublicationBody> {
    const before = await this.#index();
    if (before !== null && before.project !== app.project) {
      throw new Error(`The bucket ${this.#access.bucket} holds another app, ${before.name}. Nothing was changed.`);
    }
    const number = (before?.last ?? 0) + 1;
    let sent = 0;
    await inTurns(app.files, async (file) => {
      const bytes = await readFile(path.join(app.folder, file.path));
      const headers = { 'content-type': contentType(file.path) };
      await this.#ask('PUT', keyOf(number, file.path), { body: bytes, headers });
      sent += file.size;
      onProgress(sent / Math.max(1, app.bytes));
    });
    const paths = app.files.map((file) => file.path);
    const createdAt = new Date().toISOString();
    const made = { version: number, bytes: app.bytes, files: paths.length, createdAt, paths };
    const all = [made, ...(before?.versions ?? [])];
    const index = { project: app.project, name: app.name, version: number, last: number };
    await this.#show(number, paths, before);
    const kept = { ...index, versions: all.slice(0, KEPT_VERSIONS) };
    await this.#write(kept);
    for (const old of all.slice(KEPT_VERSIONS)) await this.#remove(old.paths.map((each) => keyOf(old.version, each)));
    return this.#bodyOf(kept);
  }

  async activate(app: PublicationBody, version: number): Promise<void> {
    const index = await this.#index();
    const wanted = index?.versions.find((each) => each.version === version);
    if (index?.project !== app.project || wanted === undefined) throw new Error('There is no such version.');
    await this.#show(version, wanted.paths, index);
    await this.#write({ ...index, version });
  }

  async unpublish(): Promise<void> {
    const index = await this.#index();
    if (index === null) return;
    await this.#remove(shownPaths(index));
    for (const { version, paths } of index.versions) await this.#remove(paths.map((each) => keyOf(version, each)));
    await this.#remove([INDEX]);
  }

  /** Copies a version to where it is seen, and takes away what only the one before had. */
  async #show(number: number, paths: readonly string[], before: Index | null): Promise<void> {
    const isPage = (each: string): boolean => each.endsWith('.html');
    for (const group of [paths.filter((each) => !isPage(each)), paths.filter(isPage)]) {
      await inTurns(group, async (each) => {
        const source = `/${this.#access.bucket}/${encoded(keyOf(number, each))}`;
        await this.#ask('PUT', each, { headers: { 'x-amz-copy-source': source } });
      });
    }
    const now = new Set(paths);
    await this.#remove(shownPaths(before).filter((each) => !now.has(each)));
  }

  async #index(): Promise<Index | null> {
    const answer = await this.#ask('GET', INDEX, {}, [404]);
    return answer.status === 404 ? null : Index.parse(await answer.json());
  }

  async #write(index: Index): Promise<void> {
    await this.#ask('PUT', INDEX, { body: JSON.stringify(index), headers: { 'content-type': 'application/json' } });
  }

  #remove(keys: readonly string[]): Promise<void> {
    return inTurns(keys, async (key) => {
      await this.#ask('DELETE', key, {}, [404]);
    });
  }

  async #ask(method: string, key: string, init: RequestInit, expected: readonly number[] = []): Promise<Response> {
    const { endpoint, bucket } = this.#access;
    const url = `${endpoint.replace(/\/+$/, '')}/${bucket}/${encoded(key)}`;
    const response = await this.#client.fetch(url, { ...init, method, signal: AbortSignal.timeout(ANSWER_MS) });
    if (response.ok || expected.includes(response.status)) return response;
    const host = new URL(endpoint).host;
    if (response.status === 403) throw new Error(`The keys were refused by ${host}. Nothing new is up.`);
    throw new Error(`${host} answered ${String(response.status)}. What was up stays up.`);
  }

  #bodyOf({ project, name, version, versions }: Index): PublicationBody {
    const url = this.#access.publicUrl.replace(/\/+$/, '');
    const up = versions.find((each) => each.version === version);
    const shown = versions.map(({ paths: _, ...rest }) => rest);
    const counts = { bytes: up?.bytes ?? 0, files: up?.files ?? 0 };
    const slug = this.#access.bucket;
    return { id: project, slug, name, project, url, portUrl: null, version, ...counts, versions: shown };
  }
}

const INDEX = '_tokenfare/index.json';
/** As many as a backend keeps. */
const KEPT_VERSIONS = 10;
/** With doubling pauses that is some seconds. */
const RETRIES = 4;
/** One file over a slow line. */
const ANSWER_MS = 120_000;
/** Connections at a time: a browser's worth. */
const AT_ONCE = 6;

function keyOf(version: number, file: string): string {
  return `_tokenfare/${String(version)}/${file}`;
}

function shownPaths(index: Index | null): readonly string[] {
  return index?.versions.find(({ version }) => version === index.version)?.paths ?? [];
}

function encoded(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/');
}

async function inTurns<T>(all: readonly T[], step: (each: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  const worker = async (): Promise<void> => {
    for (const each of rest) await step(each);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
