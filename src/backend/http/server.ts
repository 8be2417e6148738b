import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Completions } from '../generations/completions.ts';
import type { AppAddresses } from '../publications/appAddress.ts';
import type { AppServer } from '../publications/appServer.ts';
import type { Activity } from './activity.ts';
import type { Authenticate } from './authentication.ts';
import { HttpRefusal } from './httpRefusal.ts';
import type { Metrics } from './metrics.ts';
import { readBody } from './readBody.ts';
import { refuseConnection } from './refuseConnection.ts';

/**
 * The HTTP server. Chat completions are served on Node's own request and response, since a framework's detour through
 * fetch costs three quarters of the throughput; everything else goes to the routes.
 */
export function createHttpServer(deps: ServerDeps): Server {
  const requestTimeout = deps.requestTimeoutMs ?? REQUEST_TIMEOUT_MS;
  const options = {
    ...{ requestTimeout, connectionsCheckingInterval: requestTimeout / LOOKS_WITHIN_TIMEOUT },
    // Whoever gives no Host is told so in the shape of every error.
    requireHostHeader: false,
  };
  const take = (request: IncomingMessage, response: ServerResponse): void => {
    const startedAt = performance.now();
    deps.activity.begin();
    response.once('close', () => {
      deps.activity.end();
      finish(deps, request, response, performance.now() - startedAt);
    });
    response.once('prefinish', () => {
      // Most clients have it all by now; one that does not take it is not waited for.
      if (response.writableLength > 0) response.setTimeout(deps.unreadMs ?? UNREAD_MS);
    });
    serve(deps, request, response).catch((error: unknown) => {
      answerError(deps, response, error);
    });
  };
  const server = createServer(options, take);
  // An expectation that nobody knows may be passed over (RFC 9110, 10.1.1).
  server.on('checkExpectation', take);
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  server.on('clientError', refuseConnection);
  return server;
}

/** Sends a refusal in OpenAI's error shape; a fault is logged, and told as 503 without its details. */
export function answerError(deps: Pick<ServerDeps, 'log'>, response: ServerResponse, error: unknown): void {
  if (!(error instanceof HttpRefusal)) deps.log.error({ err: error }, 'fault');
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const refusal =
    error instanceof HttpRefusal
      ? error
      : new HttpRefusal('unavailable', 'Something went wrong here; nothing was charged.');
  response.writeHead(refusal.status, { 'content-type': 'application/json', ...refusal.headers });
  response.end(JSON.stringify(refusal.body));
}

export interface ServerDeps {
  readonly completions: Pick<Completions, 'serve'>;
  readonly authenticate: Authenticate;
  /** Everything but chat completions. */
  readonly routes: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Published apps, each at a name of its own. */
  readonly apps: Pick<AppServer, 'serve'>;
  readonly slugOf: AppAddresses['slugOf'];
  readonly isHostAllowed: (host: string | undefined) => boolean;
  readonly isDraining: () => boolean;
  readonly activity: Activity;
  readonly metrics: Metrics;
  readonly bodyBytes: number;
  /** A request that has not arrived whole by then is cut off. */
  readonly requestTimeoutMs?: number;
  /** A client that takes nothing of a whole answer for so long is sent away. */
  readonly unreadMs?: number;
  readonly log: Logger;
}

/** A request has this long to arrive whole, however its bytes trickle in; 10 MB over a slow line takes a minute. */
const REQUEST_TIMEOUT_MS = 2 * 60_000;
/** How much later than that it ends at the latest: a tenth. */
const LOOKS_WITHIN_TIMEOUT = 10;
/** Nobody's line stands still for so long and comes back. */
const UNREAD_MS = 60_000;
/** Longer than clients keep their connections, so that it is they who close. */
const KEEP_ALIVE_MS = 65_000;

const COMPLETIONS = '/v1/chat/completions';

async function serve(deps: ServerDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request);
  if (!hasOneHost(request)) {
    throw new HttpRefusal('invalid_request', 'There must be one Host header.', { param: 'host' });
  }
  const slug = deps.slugOf(request.headers.host);
  if (slug !== null) return deps.apps.serve(slug, request, response);
  if (!deps.isHostAllowed(request.headers.host)) throw new HttpRefusal('not_found', 'There is nothing here.');
  // In no id and no path of ours; PostgreSQL stores no such text.
  if (request.url?.includes('%00') === true) {
    throw new HttpRefusal('invalid_request', 'The address is not valid.');
  }
  if (deps.isDraining()) {
    response.setHeader('connection', 'close');
    if (path !== '/healthz')
      throw new HttpRefusal('unavailable', 'The backend is shutting down.', { headers: { 'retry-after': '2' } });
  }
  if (path !== COMPLETIONS) return deps.routes(request, response);
  if (request.method !== 'POST') {
    throw new HttpRefusal('method_not_allowed', 'Only POST is answered here.', { headers: { allow: 'POST' } });
  }
  const accountId = await deps.authenticate(request.headers.authorization);
  const bytes = await readBody(request, deps.bodyBytes);
  return deps.completions.serve(accountId, request.headers, bytes, response);
}

/** Node reads the first of several; whoever stands in front may have read another. Only HTTP/1.0 needs none. */
function hasOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  const isHost = (value: string, index: number): boolean =>
    index % 2 === 0 && value.length === 4 && value.toLowerCase() === 'host';
  const first = rawHeaders.findIndex(isHost);
  return first === rawHeaders.findLastIndex(isHost) && (first !== -1 || httpVersion === '1.0');
}

/** One line a request, with nothing in it that a person wrote and nothing that opens a door. */
function finish(deps: ServerDeps, request: IncomingMessage, response: ServerResponse, ms: number): void {
  const { method = '' } = request;
  const aborted = !response.writableFinished;
  const { statusCode: status } = response;
  deps.metrics.requests.inc({ method: knownMethods.has(method) ? method : 'other', status });
  deps.metrics.requestSeconds.observe(ms / 1000);
  const path = (deps.slugOf(request.headers.host) === null ? pathOf(request) : '(app)')
    .replace(/^\/checkout\/.*/, '/checkout/:id')
    .slice(0, LOGGED_PATH);
  deps.log.info({ method, path, status, ms: Math.round(ms), ...(aborted ? { aborted } : {}) }, 'request');
}

const knownMethods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const LOGGED_PATH = 200;

/** A proxy's whole address (RFC 9112, 3.2.2) is asked for by its path too. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').replace(/^https?:\/\/[^/]*/, '').split('?', 1)[0] ?? '/';
}
