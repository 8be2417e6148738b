import type { Readable } from 'node:stream';
import { createParser } from 'eventsource-parser';
import { AccountBody, KEY_START, WarningBody } from '../../protocol/api.ts';
import { BackendUnavailable } from './backendUnavailable.ts';
import type { Endpoint } from './endpoint.ts';
import { loadAxios } from './loadAxios.ts';

/**
 * Follows the account's live events until the line ends: the account at once and after every change, and what this
 * window is to warn of.
 * Rejects with BackendUnavailable if the key is refused, with another error if the line could not be had or broke.
 */
export async function followAccount(
  endpoint: Endpoint,
  signal: AbortSignal,
  told: { readonly account: (account: AccountBody) => void; readonly warning: (warning: WarningBody) => void },
): Promise<void> {
  const axios = await loadAxios();
  const response = await axios.get<Readable>(`${endpoint.url}/v1/account/events`, {
    headers: { authorization: `Bearer ${endpoint.key}`, accept: 'text/event-stream' },
    responseType: 'stream',
    proxy: false,
    validateStatus: () => true,
    signal,
  });
  if (response.status !== 200) {
    response.data.destroy();
    throw refusal(endpoint, response.status);
  }
  const parser = createParser({
    onEvent: ({ event, data }) => {
      if (event === 'account') told.account(AccountBody.parse(JSON.parse(data)));
      if (event === 'warning') told.warning(WarningBody.parse(JSON.parse(data)));
    },
  });
  for await (const text of response.data.setEncoding('utf8')) parser.feed(String(text));
  throw new Error('The account’s events ended.');
}

function refusal({ url, key }: Endpoint, status: number): Error {
  if (status !== 401) return new Error(`The account's events answered ${String(status)}.`);
  if (!key.startsWith(KEY_START)) return new BackendUnavailable('The session is over.', { signedOut: true });
  const { host } = new URL(url);
  return new BackendUnavailable(`The key was refused by ${host}.`, { signedOut: true, refusedBy: host });
}
