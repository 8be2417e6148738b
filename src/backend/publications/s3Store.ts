import { Readable } from 'node:stream';
import { AwsClient } from 'aws4fetch';
import type { AppStore } from './appStore.ts';

/** Published apps in an S3-compatible bucket. Every request is signed; what fails for a moment is tried again. */
export class S3Store implements AppStore {
  readonly #client: AwsClient;
  readonly #bucketUrl: string;
  readonly #prefix: string;

  constructor({ endpoint, bucket, prefix, region, accessKeyId, secretAccessKey }: S3Options) {
    this.#client = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3', retries: RETRIES });
    // The bucket in the path: compatible services have no name of its own for each.
    this.#bucketUrl = `${endpoint.replace(/\/+$/, '')}/${bucket}`;
    this.#prefix = prefix;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    await this.#ask('PUT', this.#urlOf(key), { body: Buffer.from(bytes) });
  }

  async get(key: string, range?: { start: number; end: number }): Promise<Readable | null> {
    const headers = range === undefined ? {} : { range: `bytes=${range.start}-${range.end}` };
    const response = await this.#ask('GET', this.#urlOf(key), { headers }, [404]);
    if (response.status === 404) {
      await response.body?.cancel();
      return null;
    }
    return response.body === null ? Readable.from([]) : Readable.from(response.body);
  }

  /** A service that has said yes has done that. */
  sync(): Promise<void> {
    return Promise.resolve();
  }

  async list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for (let token: string | undefined = ''; token !== undefined;) {
      const query: URLSearchParams = new URLSearchParams({
        ...{ 'list-type': '2', prefix: this.#prefix + prefix },
        ...(token === '' ? {} : { 'continuation-token': token }),
      });
      const xml = await (await this.#ask('GET', `${this.#bucketUrl}?${query}`, {})).text();
      // Keys are of our own making, with nothing in them that XML would write otherwise.
      for (const [, key = ''] of xml.matchAll(/<Key>([^<]*)<\/Key>/g)) keys.push(key.slice(this.#prefix.length));
      token = /<NextContinuationToken>([^<]*)</.exec(xml)?.[1];
    }
    return keys;
  }

  async remove(prefix: string): Promise<void> {
    const keys = await this.list(prefix);
    while (keys.length > 0) {
      await Promise.all(keys.splice(0, REMOVED_AT_ONCE).map((key) => this.#ask('DELETE', this.#urlOf(key), {}, [404])));
    }
  }

  #urlOf(key: string): string {
    return `${this.#bucketUrl}/${this.#prefix}${key}`;
  }

  async #ask(method: string, url: string, init: RequestInit, expected: readonly number[] = []): Promise<Response> {
    const signal = AbortSignal.timeout(ANSWER_MS);
    const response = await this.#client.fetch(url, { ...init, method, signal });
    if (response.ok || expected.includes(response.status)) return response;
    await response.body?.cancel();
    throw new Error(`the store answered ${response.status} to ${method}`);
  }
}

export interface S3Options {
  /** The service's URL. */
  readonly endpoint: string;
  readonly bucket: string;
  /** A folder in the bucket that ends with `/`, or nothing. */
  readonly prefix: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** With doubling pauses that is some seconds: a service that is away for longer is away. */
const RETRIES = 4;
/** One file over a slow line, and the pauses before it. */
const ANSWER_MS = 120_000;
/** Connections that one clean-up opens. */
const REMOVED_AT_ONCE = 16;
