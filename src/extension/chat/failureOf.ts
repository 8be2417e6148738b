import type { Millitokens } from '../../core/tokens.ts';
import type { Failure } from '../../protocol/chat.ts';
import type { CallError } from './callError.ts';

/** What the person is told about a failed call; sentences are the page's, except where only the backend knows more. */
export function failureOf(error: CallError, run: { readonly call: number; readonly settled: Millitokens }): Failure {
  switch (error.code) {
    case 'no_connection':
      return { kind: 'backendDown', reason: error.message };
    case 'unauthenticated':
      return { kind: 'signedOut' };
    case 'project_limit':
      return { kind: 'projectLimit' };
    case 'account_on_hold':
      return { kind: 'accountOnHold', supportUrl: '' };
    case 'upstream_failed':
      if (error.upstreamStatus === 401 || error.upstreamStatus === 403) {
        return { kind: 'keyRefused', host: error.upstreamHost ?? 'the provider' };
      }
      return { ...silent(run), ...(error.upstreamReason === null ? {} : { reason: error.upstreamReason }) };
    case 'unavailable':
    case 'rate_limited':
      return silent(run);
    default:
      return { kind: 'other', message: error.message };
  }
}

type SilentModel = Extract<Failure, { kind: 'modelSilent' | 'stepFailed' }>;

/** A failed call costs 0; what earlier calls of the same generation cost stays. */
function silent({ call, settled }: { readonly call: number; readonly settled: Millitokens }): SilentModel {
  return call > 1 ? { kind: 'stepFailed', step: call, charged: settled } : { kind: 'modelSilent', retryable: true };
}
