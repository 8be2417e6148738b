import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { contentType } from '../../core/publishing/contentType.ts';
import type { Reader } from '../database/database.ts';
import { appHeaders, NOTHING_HERE } from './appHeaders.ts';
import { AppManifests, type AppManifest } from './appManifest.ts';
import type { AppStore } from './appStore.ts';
import { byteRange } from './byteRange.ts';
import { publications } from './publications.ts';
import { resolveAppPath } from './resolveAppPath.ts';

/** Serves published apps to whoever asks: files as they were uploaded, with types, ETags and ranges, and no cookies. */
export class AppServer {
  readonly #query: Reader;
  readonly #store: AppStore;
  readonly #manifests: AppManifests;

  constructor(query: Reader, store: AppStore) {
    this.#query = query;
    this.#store = store;
    this.#manifests = new AppManifests(store);
  }

  /** Answers a request to the app at an address. */
  async serve(slug: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      sayNothing(response, 405, { allow: 'GET, HEAD' });
      return;
    }
    const app = await publications.atSlug(this.#query, slug);
    if (app === null) {
      sayNothing(response, 404);
      return;
    }
    const prefix = uploadPrefix(app.id, app.active.upload);
    const { files } = await this.#manifests.read(prefix);
    const [pathname = '/', query] = (request.url ?? '/').split('?', 2);
    const answer = resolveAppPath(files, { pathname, wantsPage: wantsPage(request) });
    const file = answer.kind === 'file' ? files[answer.path] : undefined;
    if (answer.kind === 'folder') {
      const location = answer.location + (query === undefined ? '' : `?${query}`);
      sayNothing(response, 308, { location });
      return;
    }
    if (answer.kind === 'nothing' || file === undefined) {
      sayNothing(response, 404);
      return;
    }
    await this.#send(request, response, { ...answer, key: prefix + file.hash, file });
  }

  async #send(request: IncomingMessage, response: ServerResponse, found: Found): Promise<void> {
    const { hash, size } = found.file;
    const etag = `"${hash.slice(0, ETAG_CHARACTERS)}"`;
    const headers = { ...appHeaders, 'content-type': contentType(found.path), etag };
    const isWhole = found.status === 200;
    if (isWhole && matches(request.headers['if-none-match'], etag)) return void response.writeHead(304, headers).end();
    const rangeCounts = isWhole && (request.headers['if-range'] ?? etag) === etag;
    const range = byteRange(rangeCounts ? request.headers.range : undefined, size);
    if (range.kind === 'unsatisfiable') {
      return void response.writeHead(416, { ...headers, 'content-range': `bytes */${size}` }).end();
    }
    const part = range.kind === 'part' ? range : { start: 0, end: size - 1 };
    const partHeaders = range.kind === 'part' ? { 'content-range': `bytes ${part.start}-${part.end}/${size}` } : {};
    const length = part.end - part.start + 1;
    const isBodyless = request.method === 'HEAD' || length === 0;
    const body = isBodyless ? null : await this.#store.get(found.key, range.kind === 'part' ? part : undefined);
    if (body === null && !isBodyless) throw new Error('a file of a published app is missing');
    response.writeHead(range.kind === 'part' ? 206 : found.status, {
      ...{ ...headers, ...partHeaders, 'content-length': length },
    });
    if (body === null) return void response.end();
    // A visitor who leaves in the middle is no fault.
    await pipeline(body, response).catch(() => undefined);
  }
}

/** Where the files of an upload are in the store. */
export function uploadPrefix(id: string, upload: string): string {
  return `${id}/${upload}/`;
}

interface Found {
  readonly path: string;
  readonly status: 200 | 404;
  readonly key: string;
  readonly file: AppManifest['files'][string];
}

/** Half of a SHA-256: enough that no two contents share it. */
const ETAG_CHARACTERS = 32;

/** A browser that goes somewhere says so; others that take HTML are let in like one. */
function wantsPage({ headers }: IncomingMessage): boolean {
  const mode = headers['sec-fetch-mode'];
  return mode === undefined ? (headers.accept ?? '').includes('text/html') : mode === 'navigate';
}

/** Compared weakly, as RFC 9110 asks. */
function matches(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(',').some((each) => ['*', etag, `W/${etag}`].includes(each.trim()));
}

function sayNothing(response: ServerResponse, status: number, more: Record<string, string> = {}): void {
  response.writeHead(status, { ...appHeaders, 'content-type': 'text/plain; charset=utf-8', ...more });
  response.end(status === 404 ? NOTHING_HERE : undefined);
}
