import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

// A service that answers at once, or with the pause between two chunks that its path names: `/20/v1` is 20 ms. Prints
// its URL.
const CHUNKS = 20;
const usage = { prompt_tokens: 40, completion_tokens: CHUNKS, total_tokens: 40 + CHUNKS };
const head = { id: 'chatcmpl-1', created: 1, model: 'bench' };
const message = { role: 'assistant', content: 'word '.repeat(CHUNKS) };
const whole = JSON.stringify({
  ...{ ...head, object: 'chat.completion' },
  choices: [{ index: 0, message, finish_reason: 'stop' }],
  usage,
});
const chunk = (choices: unknown[], more = {}): string =>
  `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...more })}\n\n`;
const word = chunk([{ index: 0, delta: { content: 'word ' }, finish_reason: null }]);
const last = chunk([{ index: 0, delta: {}, finish_reason: 'stop' }]) + chunk([], { usage }) + 'data: [DONE]\n\n';

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (bytes: Buffer) => chunks.push(bytes));
  request.on('end', () => {
    if (!Buffer.concat(chunks).includes('"stream":true')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(whole);
    } else {
      void stream(response, Number(request.url?.split('/')[1]));
    }
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 1024, () => {
  console.log(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
});

async function stream(response: ServerResponse, pauseMs: number): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  for (let sent = 0; sent < CHUNKS && !response.destroyed; sent += 1) {
    if (pauseMs > 0) await wait(pauseMs);
    response.write(word);
  }
  response.end(last);
}
