import { AccountBody } from '../../src/protocol/api.ts';
import type { TestBackend } from './startBackend.ts';

/** The accounts that a backend tells on its event stream, from the first on, for as long as somebody asks for more. */
export async function* accountsTold(backend: TestBackend): AsyncGenerator<AccountBody, undefined> {
  const response = await backend.request('/v1/account/events');
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of response.body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) {
      const data = /^event: account\ndata: (.*)$/m.exec(event)?.[1];
      if (data !== undefined) yield AccountBody.parse(JSON.parse(data));
    }
  }
}

/** The next account that a backend tells; an assertion fails where the stream has ended. */
export async function nextAccount(told: AsyncGenerator<AccountBody, undefined>): Promise<AccountBody> {
  const { value } = await told.next();
  if (value === undefined) throw new Error('the event stream has ended');
  return value;
}
