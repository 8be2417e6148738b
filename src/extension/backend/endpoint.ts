/**
 * Where a backend listens and what it takes as a key: the base URL has no trailing slash, the key is sent as a bearer
 * token.
 */
export interface Endpoint {
  readonly url: string;
  readonly key: string;
}
