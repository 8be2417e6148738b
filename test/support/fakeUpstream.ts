import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * A service on loopback that speaks OpenAI's chat completions as the real ones do: chunks, tool calls, a usage chunk
 * where asked for.
 */
export async function startFakeUpstream(): Promise<FakeUpstream> {
  const requests: UpstreamRequest[] = [];
  const scripts: UpstreamScript[] = [];
  let usual: UpstreamScript = { text: ['Hello', ' there', '.'], usage: { prompt: 20, completion: 3 } };
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    void serve(request, response, (received) => {
      requests.push(received);
      for (const tell of waiting.splice(0)) tell();
      return scripts.shift() ?? usual;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    next: (...more) => void scripts.push(...more),
    always: (script) => void (usual = script),
    received: async (count) => {
      while (requests.length < count) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export interface FakeUpstream {
  /** Up to and including `/v1`. */
  readonly baseUrl: string;
  /** What it has been asked, the oldest first. */
  readonly requests: readonly UpstreamRequest[];
  /** How the next requests are answered, one script each. */
  next(...scripts: UpstreamScript[]): void;
  /** How all others are answered. */
  always(script: UpstreamScript): void;
  /** Resolves when so many requests have come. */
  received(count: number): Promise<void>;
  close(): Promise<void>;
}

export interface UpstreamRequest {
  readonly headers: IncomingMessage['headers'];
  readonly body: Readonly<Record<string, unknown>>;
  /** The body as it came. */
  readonly text: string;
  /** Resolves when the client has gone away before the answer was whole. */
  readonly abandoned: Promise<void>;
}

/** One answer. Without `status` it is 200. */
export interface UpstreamScript {
  readonly text?: readonly string[];
  /** `input` is written as JSON; `json` is sent as it stands, also where it is none. */
  readonly toolCalls?: readonly ({ readonly name: string } & (
    { readonly input: unknown } | { readonly json: string }
  ))[];
  /** Why the answer ends; without it `stop`, or `tool_calls` where there are any. */
  readonly finish?: 'stop' | 'tool_calls' | 'length';
  readonly refusal?: string;
  readonly usage?: { readonly prompt: number; readonly completion: number; readonly cached?: number } | null;
  readonly status?: number;
  readonly error?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Answers with exactly these bytes instead. */
  readonly raw?: string | Buffer;
  /** Streams exactly these instead, one by one. */
  readonly rawPieces?: readonly (string | Buffer)[];
  /** Keeps the connection of a `raw` stream open after it. */
  readonly staysOpen?: true;
  /** Called after so many pieces of text; waits for what it returns. */
  readonly afterPiece?: (count: number) => Promise<void> | void;
  /** Breaks the connection after so many pieces of text. */
  readonly breakAfter?: number;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  receive: (received: UpstreamRequest) => UpstreamScript,
): Promise<void> {
  if (request.method === 'GET') {
    listModels(request, response);
    return;
  }
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const body = JSON.parse(text) as Record<string, unknown>;
  const gone = Promise.withResolvers<undefined>();
  response.on('close', () => {
    if (!response.writableFinished) gone.resolve(undefined);
  });
  const script = receive({ headers: request.headers, body, text, abandoned: gone.promise });
  if (script.status !== undefined && script.status >= 400) {
    response.writeHead(script.status, { 'content-type': 'application/json', ...script.headers });
    response.end(script.raw ?? JSON.stringify({ error: script.error ?? { message: 'no', type: 'server_error' } }));
  } else if (body['stream'] === true) {
    await stream(script, body, response);
  } else {
    await whole(script, body, response);
  }
}

/** For those who ask which models there are; a key that says so is refused. */
function listModels(request: IncomingMessage, response: ServerResponse): void {
  const refused = request.headers.authorization === 'Bearer refused';
  response.writeHead(refused ? 401 : 200, { 'content-type': 'application/json' });
  const data = [{ id: 'listed-model', object: 'model', created: 1, owned_by: 'scripted' }];
  response.end(JSON.stringify(refused ? { error: { message: 'no such key' } } : { object: 'list', data }));
}

async function stream(script: UpstreamScript, body: Record<string, unknown>, response: ServerResponse): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'x-request-id': 'req_1', ...script.headers });
  if (script.rawPieces !== undefined) {
    await streamPieces(script.rawPieces, script, response);
    return;
  }
  if (script.raw !== undefined) {
    if (script.staysOpen) response.write(script.raw);
    else response.end(script.raw);
    return;
  }
  const options = body['stream_options'] as { include_usage?: boolean } | undefined;
  const withUsage = options?.include_usage === true && script.usage !== null;
  const base = { id: 'chatcmpl-1', object: 'chat.completion.chunk', created: 1, model: body['model'] };
  const send = (fields: Record<string, unknown>): void => {
    response.write(
      `data: ${JSON.stringify({ ...base, ...fields, ...(withUsage && !('usage' in fields) ? { usage: null } : {}) })}\n\n`,
    );
  };
  const choice = (delta: unknown, reason: string | null = null) => ({
    choices: [{ index: 0, delta, finish_reason: reason }],
  });
  send(choice({ role: 'assistant', content: '' }));
  let count = 0;
  for (const content of script.text ?? []) {
    send(choice({ content }));
    count += 1;
    await script.afterPiece?.(count);
    if (script.breakAfter === count) {
      response.destroy();
      return;
    }
    if (response.destroyed) return;
  }
  if (script.refusal !== undefined) send(choice({ refusal: script.refusal }));
  for (const [index, call] of (script.toolCalls ?? []).entries()) {
    const [id, { name }] = [`call_${index}`, call];
    send(choice({ tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }] }));
    send(choice({ tool_calls: [{ index, function: { arguments: argumentsOf(call) } }] }));
  }
  send(choice({}, finishOf(script)));
  if (withUsage) send({ choices: [], usage: usageOf(script) });
  response.end('data: [DONE]\n\n');
}

async function streamPieces(
  pieces: readonly (string | Buffer)[],
  script: UpstreamScript,
  response: ServerResponse,
): Promise<void> {
  for (const [index, piece] of pieces.entries()) {
    response.write(piece);
    await script.afterPiece?.(index + 1);
    if (script.breakAfter === index + 1) response.destroy();
    if (response.destroyed) return;
  }
  response.end();
}

async function whole(script: UpstreamScript, body: Record<string, unknown>, response: ServerResponse): Promise<void> {
  await script.afterPiece?.(0);
  if (script.breakAfter !== undefined) {
    response.destroy();
    return;
  }
  const calls = script.toolCalls?.map((call, index) => ({
    id: `call_${index}`,
    type: 'function',
    function: { name: call.name, arguments: argumentsOf(call) },
  }));
  const message = {
    role: 'assistant',
    content: script.text?.join('') ?? null,
    ...(script.refusal === undefined ? {} : { refusal: script.refusal }),
    ...(calls === undefined ? {} : { tool_calls: calls }),
  };
  response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'req_1', ...script.headers });
  response.end(
    script.raw ??
      JSON.stringify({
        ...{ id: 'chatcmpl-1', object: 'chat.completion', created: 1, model: body['model'] },
        choices: [{ index: 0, message, finish_reason: finishOf(script) }],
        ...(script.usage === null ? {} : { usage: usageOf(script) }),
      }),
  );
}

function argumentsOf(call: NonNullable<UpstreamScript['toolCalls']>[number]): string {
  return 'json' in call ? call.json : JSON.stringify(call.input);
}

function finishOf({ finish, toolCalls }: UpstreamScript): string {
  return finish ?? (toolCalls === undefined ? 'stop' : 'tool_calls');
}

function usageOf({ usage }: UpstreamScript) {
  const { prompt, completion, cached } = usage ?? { prompt: 20, completion: 3 };
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    ...(cached === undefined ? {} : { prompt_tokens_details: { cached_tokens: cached } }),
  };
}
