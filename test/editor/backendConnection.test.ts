import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { BackendConnection, type BackendLocator } from '../../src/extension/backend/backendConnection.ts';
import { accountBody } from '../support/accountBody.ts';

const opened: { dispose(): void }[] = [];

async function served(answer: RequestListener): Promise<string> {
  const server: Server = createServer(answer).listen(0, '127.0.0.1');
  opened.push({
    dispose: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  await once(server, 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

function well(): Promise<string> {
  return served((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(`event: account\ndata: ${JSON.stringify(accountBody())}\n\n`);
  });
}

function connect(locator: BackendLocator): BackendConnection {
  const log = vscode.window.createOutputChannel('Tokenfare connection test', { log: true });
  const connection = new BackendConnection(locator, log, () => new Date());
  opened.push(connection, log);
  return connection;
}

async function ready(connection: BackendConnection): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const listening = connection.onDidChange(() => {
    if (connection.state.kind === 'ready') resolve(undefined);
  });
  await promise;
  listening.dispose();
}

describe('backend connection', () => {
  afterEach(() => {
    for (const one of opened.splice(0).reverse()) one.dispose();
  });

  it('calls the backend that is there after the first one died before its account', async () => {
    const dead = await served((request) => {
      request.socket.destroy();
    });
    const urls = [dead, await well()];
    const connection = connect({ locate: () => Promise.resolve({ url: urls.shift() ?? '', key: 'k' }) });
    await ready(connection);
    assert.notEqual((await connection.endpoint()).url, dead);
  });

  it('never calls with the key of before a restart, though it was found later', async () => {
    const url = await well();
    const early = Promise.withResolvers<{ url: string; key: string }>();
    const late = Promise.withResolvers<{ url: string; key: string }>();
    const answers = [early.promise, late.promise];
    const connection = connect({ locate: () => answers.shift() ?? late.promise });
    connection.restart();
    early.resolve({ url, key: 'old' });
    await early.promise;
    setImmediate(() => {
      late.resolve({ url, key: 'new' });
    });
    assert.equal((await connection.endpoint()).key, 'new');
  });

  it('gives whoever was waiting at a restart the backend of after it', async () => {
    const url = await well();
    const answers = [new Promise<never>(() => undefined), Promise.resolve({ url, key: 'new' })];
    const connection = connect({ locate: () => answers.shift() ?? Promise.reject(new Error('asked once too often')) });
    const waiting = connection.endpoint();
    connection.restart();
    assert.equal((await waiting).key, 'new');
  });
});
