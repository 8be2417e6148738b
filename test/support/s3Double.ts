import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { AwsV4Signer } from 'aws4fetch';

export const s3Keys = { accessKeyId: 'test-access', secretAccessKey: 'test-secret' } as const;

/**
 * A small S3 on loopback with one bucket: PUT, GET with ranges, DELETE and paged lists. Every request's signature is
 * checked against one made anew of what arrived; the first requests can be made to fail.
 */
export async function startS3Double(bucket = 'apps'): Promise<S3Double> {
  const objects = new Map<string, { bytes: Buffer; type: string | undefined }>();
  const double = { failures: 0, asked: 0 };
  const server = createServer((request, response) => {
    double.asked += 1;
    void answer(request, response, { bucket, objects, double });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    objects,
    failNext: (count) => (double.failures = count),
    asked: () => double.asked,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export interface S3Double {
  readonly endpoint: string;
  readonly objects: Map<string, { readonly bytes: Buffer; readonly type: string | undefined }>;
  /** The next requests answer 503. */
  failNext(count: number): void;
  asked(): number;
  stop(): Promise<void>;
}

/** Small, so that a list of a few goes over pages. */
const PAGE_KEYS = 3;

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { bucket, objects, double }: { bucket: string; objects: S3Double['objects']; double: { failures: number } },
): Promise<void> {
  const body = await buffer(request);
  if (double.failures > 0) {
    double.failures -= 1;
    return void response.writeHead(503).end();
  }
  const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
  if (!(await isSigned(request, url))) return void response.writeHead(403).end();
  if (url.pathname === `/${bucket}` && request.method === 'GET') return void response.end(listOf(objects, url));
  const key = decodeURIComponent(url.pathname.slice(bucket.length + 2));
  const found = objects.get(key);
  switch (request.method) {
    case 'PUT': {
      const source = request.headers['x-amz-copy-source'];
      const copied =
        typeof source === 'string' ? objects.get(decodeURIComponent(source.slice(bucket.length + 2))) : null;
      if (copied === undefined) return void response.writeHead(404).end();
      objects.set(key, copied ?? { bytes: body, type: request.headers['content-type'] });
      return void response.end();
    }
    case 'DELETE':
      objects.delete(key);
      return void response.writeHead(204).end();
    case 'GET': {
      if (found === undefined) return void response.writeHead(404).end();
      const [, start, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '') ?? [];
      if (start === undefined) return void response.end(found.bytes);
      return void response.writeHead(206).end(found.bytes.subarray(Number(start), Number(end) + 1));
    }
    default:
      response.writeHead(405).end();
  }
}

async function isSigned(request: IncomingMessage, url: URL): Promise<boolean> {
  const { authorization = '', 'x-amz-date': datetime, 'x-amz-content-sha256': sum } = request.headers;
  const [, region] = /Credential=[^/]+\/\d+\/([^/]+)\/s3\/aws4_request/.exec(authorization) ?? [];
  const signed = (/SignedHeaders=([^,]+)/.exec(authorization)?.[1] ?? '').split(';');
  const kept = signed.filter((name) => name !== 'host').map((name) => [name, String(request.headers[name])] as const);
  const signer = new AwsV4Signer({
    ...{
      ...s3Keys,
      method: request.method ?? 'GET',
      url: url.href,
      headers: Object.fromEntries(kept),
      service: 's3',
    },
    ...(region === undefined ? {} : { region }),
    ...(typeof datetime === 'string' ? { datetime } : {}),
  });
  return sum !== undefined && (await signer.sign()).headers.get('authorization') === authorization;
}

function listOf(objects: S3Double['objects'], url: URL): string {
  const prefix = url.searchParams.get('prefix') ?? '';
  const after = url.searchParams.get('continuation-token') ?? '';
  const rest = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = rest.slice(0, PAGE_KEYS);
  const keys = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  const next = rest.length > page.length ? `<NextContinuationToken>${page.at(-1) ?? ''}</NextContinuationToken>` : '';
  return `<?xml version="1.0"?><ListBucketResult>${keys}${next}</ListBucketResult>`;
}
