import { EventSourceParserStream } from 'eventsource-parser/stream';
import { AccountBody, KEY_START, WarningBody } from '../../protocol/api.ts';
import { BackendUnavailable } from './backendUnavailable.ts';
import type { Endpoint } from './endpoint.ts';

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
  const response = await fetch(`${endpoint.url}/v1/account/events`, {
    headers: { authorization: `Bearer ${endpoint.key}`, accept: 'text/event-stream' },
    signal,
  });
  if (response.status === 401) {
    const { host } = new URL(endpoint.url);
    if (!endpoint.key.startsWith(KEY_START)) throw new BackendUnavailable('The session is over.', { signedOut: true });
    throw new BackendUnavailable(`The key was refused by ${host}.`, { signedOut: true, refusedBy: host });
  }
  if (!response.ok || !response.body) throw new Error(`The account's events answered ${String(response.status)}.`);
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  for await (const event of events) {
    if (event.event === 'account') told.account(AccountBody.parse(JSON.parse(event.data)));
    if (event.event === 'warning') told.warning(WarningBody.parse(JSON.parse(event.data)));
  }
  throw new Error('The account’s events ended.');
}
