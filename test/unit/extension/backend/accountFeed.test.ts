import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { followAccount } from '../../../../src/extension/backend/accountFeed.ts';
import { BackendUnavailable } from '../../../../src/extension/backend/backendUnavailable.ts';
import type { AccountBody } from '../../../../src/protocol/api.ts';
import { accountBody } from '../../../support/accountBody.ts';

const servers: Server[] = [];

async function served(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

function follow(
  url: string,
  onAccount: (account: AccountBody) => void = () => undefined,
  warned: string[] = [],
  key = 'key',
) {
  return followAccount({ url, key }, new AbortController().signal, {
    account: onAccount,
    warning: ({ threshold }) => warned.push(threshold),
  });
}

describe('account feed', () => {
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  it('hands on every account, however the bytes are cut, and ends when the line ends', async () => {
    const event = `event: account\ndata: ${JSON.stringify(accountBody())}\n\n`;
    const url = await served((request, response) => {
      assert.equal(request.headers.authorization, 'Bearer key');
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(event.slice(0, 40));
      response.end(`${event.slice(40)}: still here\n\n${event}event: warning\ndata: {"threshold":"low"}\n\n`);
    });
    const plans: string[] = [];
    const warned: string[] = [];
    await assert.rejects(
      follow(url, (account) => plans.push(account.plan.id), warned),
      /ended/,
    );
    assert.deepEqual([plans, warned], [['free', 'free'], ['low']]);
  });

  it('says firmly that the key was refused, or that the session is over', async () => {
    const url = await served((_, response) => response.writeHead(401).end());
    const refusedBy = async (key: string) => {
      const error: unknown = await follow(url, undefined, [], key).catch((thrown: unknown) => thrown);
      assert.ok(error instanceof BackendUnavailable && error.signedOut);
      return error.refusedBy;
    };
    assert.equal(await refusedBy('tf_key'), new URL(url).host);
    assert.equal(await refusedBy('a session'), null, 'nobody can change a session');
  });

  it('does not take an account of another shape for an account', async () => {
    const url = await served((_, response) => response.writeHead(200).end('event: account\ndata: {"plan":"free"}\n\n'));
    await assert.rejects(
      follow(url, () => {
        assert.fail('an account of another shape was handed on');
      }),
    );
  });
});
