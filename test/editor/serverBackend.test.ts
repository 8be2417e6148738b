import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { BackendUnavailable } from '../../src/extension/backend/backendUnavailable.ts';
import { eventually } from '../support/eventually.ts';
import { ServerBackend } from '../../src/extension/backend/serverBackend.ts';

describe('a server in the editor', () => {
  const asked: string[] = [];
  const server = createServer(({ method, url, headers }, response) => {
    asked.push(`${method ?? ''} ${url ?? ''} ${headers.authorization ?? ''}`);
    response.end('{}');
  });
  const kept = new Map<string, string>();
  const changes = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  const set = (key: string, value?: string): Promise<void> => {
    if (value === undefined) kept.delete(key);
    else kept.set(key, value);
    changes.fire({ key });
    return Promise.resolve();
  };
  const secrets = {
    get: (key: string) => Promise.resolve(kept.get(key)),
    store: set,
    delete: set,
    onDidChange: changes.event,
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

  it('is told when another window signs in or out, not of what this one does', async () => {
    const [here, there] = [new ServerBackend(url, secrets), new ServerBackend(url, secrets)];
    const told: string[] = [];
    const following = [here.onDidChangeKey(() => told.push('here')), there.onDidChangeKey(() => told.push('there'))];
    await here.storeKey('session-2');
    await eventually(() => assert.deepEqual(told, ['there']));
    assert.deepEqual(await there.locate(), { url, key: 'session-2' });
    await there.forgetKey();
    await eventually(() => assert.deepEqual(told, ['there', 'here']));
    for (const each of following) each.dispose();
  });

  it('has the key of its own address, and of no other', async () => {
    await new ServerBackend(url, secrets).storeKey('mine');
    await assert.rejects(new ServerBackend('http://127.0.0.1:1', secrets).locate());
  });
});
