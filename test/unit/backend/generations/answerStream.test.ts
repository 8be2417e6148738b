import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { describe, it } from 'mocha';
import { AnswerStream } from '../../../../src/backend/generations/answerStream.ts';
import { KeptAnswer } from '../../../../src/backend/generations/keptAnswer.ts';

/** More than the machine's own buffers of a connection take. */
const LARGE = { bytes: Buffer.from(`data: ${'x'.repeat(16 * 1024 * 1024)}\n\n`), isData: true };

describe('an answer to a client that does not read', () => {
  for (const [kept, isLost] of [
    [null, true],
    [new KeptAnswer(() => true), false],
  ] as const) {
    it(`ends its connection, and ${kept === null ? 'is lost' : 'goes on where it is kept'}`, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
      socket.on('error', () => undefined).pause();
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n');
      const [, response] = (await once(server, 'request')) as [unknown, ServerResponse];
      const stream = new AnswerStream(response, kept, Date.now, 50);
      stream.begin(() => ({}));
      await stream.pass([kept === null ? LARGE : { ...LARGE, isData: false }]);
      assert.deepEqual([response.destroyed, stream.isLost], [true, isLost]);
      socket.destroy();
      server.close();
    });
  }
});
