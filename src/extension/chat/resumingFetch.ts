import type { Endpoint } from '../backend/endpoint.ts';

/**
 * A fetch that takes up an answer that is being given already, from its beginning, in the place of asking for it again.
 * `found` is called as soon as there is one.
 */
export function resumingFetch(
  real: typeof fetch,
  { url, key }: Endpoint,
  generation: string,
  found: () => void,
): typeof fetch {
  return async (_asked, init) => {
    const response = await real(`${url}/v1/generations/${encodeURIComponent(generation)}/stream?after=0`, {
      headers: { authorization: `Bearer ${key}` },
      signal: init?.signal ?? null,
    });
    if (response.ok) found();
    return response;
  };
}
