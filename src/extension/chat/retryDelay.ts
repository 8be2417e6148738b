import type { CallError } from './callError.ts';

/** After this many tries a busy provider is left alone: three times the longest usual wait. */
const MAX_RETRIES = 3;
/** Where the provider does not say how long. Seconds. */
const DEFAULT_DELAYS_SECONDS = [2, 5, 12];
/** Nobody waits longer than this in front of a chat; then it is a failure with a Retry button. */
const LONGEST_DELAY_SECONDS = 60;

/** In how many seconds a call that was refused because someone is busy is sent again, or null if it is not. */
export function retryDelaySeconds(error: CallError, attempt: number): number | null {
  const busy =
    error.code === 'rate_limited' ||
    (error.code === 'upstream_failed' && (error.upstreamStatus === 429 || error.upstreamStatus === 503));
  if (!busy || attempt >= MAX_RETRIES) return null;
  const delay = error.retryAfterSeconds ?? DEFAULT_DELAYS_SECONDS[attempt] ?? LONGEST_DELAY_SECONDS;
  return delay <= LONGEST_DELAY_SECONDS ? delay : null;
}
