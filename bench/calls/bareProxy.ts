import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request } from 'undici';

// What a proxy costs that only passes on: node:http and undici, nothing else. Takes the upstream's URL, prints its own.
const [upstream = ''] = process.argv.slice(2);
const agent = new Agent();

const server = createServer((incoming, response) => {
  const chunks: Buffer[] = [];
  incoming.on('data', (bytes: Buffer) => chunks.push(bytes));
  incoming.on('end', () => {
    void request(upstream + (incoming.url ?? ''), {
      ...{ method: 'POST', dispatcher: agent, body: Buffer.concat(chunks) },
      headers: { 'content-type': 'application/json' },
    }).then((answer) => {
      response.writeHead(answer.statusCode, { 'content-type': String(answer.headers['content-type']) });
      answer.body.pipe(response);
    });
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', 1024, () => {
  console.log(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
});
