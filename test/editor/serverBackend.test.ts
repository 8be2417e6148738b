import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type * as vscode from 'vscode';
import { BackendUnavailable } from '../../src/extension/backend/backendUnavailable.ts';
import { ServerBackend } from '../../src/extension/backend/serverBackend.ts';

describe('a server in the editor', () => {
  const asked: string[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    asked.push(`${method ?? ''} ${url ?? ''} ${headers.authorization ?? ''}`);
    response.end('{}');
  });
  const kept = new Map<string, string>();
  const secrets = {
    get: (key: string) => Promise.resolve(kept.get(key)),
    store: (key: string, value: string) => Promise.resolve(void kept.set(key, value)),
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
  } as unknown as vscode.SecretStorage;
  let url: string;

  before(async () => {
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  after(() => {
    server.close();
  });

  it('ends the session there when one signs out, and forgets it here', async () => {
    const backend = new ServerBackend(`${url}/`, secrets);
    await backend.storeKey('session-1');
    assert.deepEqual(await backend.locate(), { url, key: 'session-1' });
    await backend.endSession();
    assert.deepEqual(asked, ['POST /api/auth/sign-out Bearer session-1']);
    await backend.forgetKey();
    await assert.rejects(backend.locate(), (error) => error instanceof BackendUnavailable && error.signedOut);
    await backend.endSession();
    assert.equal(asked.length, 1, 'without a session there is nothing to end');
  });

  it('has the key of its own address, and of no other', async () => {
    await new ServerBackend(url, secrets).storeKey('mine');
    await assert.rejects(new ServerBackend('http://127.0.0.1:1', secrets).locate());
  });
});
