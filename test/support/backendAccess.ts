import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';
import { AccountBody, Discovery, GenerationsBody, PublicationsBody } from '../../src/protocol/api.ts';

/** The embedded backend of a data folder, asked directly: what the screens claim is held against it. */
export function backendAccess(data: string) {
  const url = (): string => Discovery.parse(JSON.parse(readFileSync(path.join(data, 'backend.json'), 'utf8'))).url;
  const ask = async <T extends z.ZodMiniType>(
    route: string,
    schema: T,
    init: RequestInit = {},
  ): Promise<z.infer<T>> => {
    const key = readFileSync(path.join(data, 'key'), 'utf8').trim();
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = await fetch(url() + route, { ...init, headers });
    return schema.parse(await answer.json());
  };
  return {
    url,
    account: () => ask('/v1/account', AccountBody),
    publications: () => ask('/v1/publications', PublicationsBody),
    generations: () => ask('/v1/generations', GenerationsBody),
    /** Chooses a plan and pays for it with a practice card. */
    buy: async (planId: string, card: string) => {
      const choice = { method: 'POST', body: JSON.stringify({ planId }) };
      const checkout = await ask('/v1/subscription', z.object({ url: z.string() }), choice);
      await fetch(checkout.url, { method: 'POST', body: new URLSearchParams({ card }) });
    },
    /** Sends one plain message to a model, outside of the chat. */
    complete: (model: string, content: string) =>
      ask('/v1/chat/completions', z.looseObject({}), {
        method: 'POST',
        body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
      }),
  };
}
