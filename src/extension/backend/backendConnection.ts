import * as vscode from 'vscode';
import type { AccountBody, WarningBody } from '../../protocol/api.ts';
import { followAccount } from './accountFeed.ts';
import { BackendUnavailable } from './backendUnavailable.ts';
import type { Endpoint } from './endpoint.ts';

export type ConnectionState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  | { readonly kind: 'away'; readonly asOf: string }
  /** Like `away`, with no account known yet. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'signedOut'; readonly refusedBy: string | null }
  | { readonly kind: 'failed'; readonly reason: string };

/** Finds a backend, and starts it where it is ours to start. Rejects with BackendUnavailable. */
export interface BackendLocator {
  locate(signal: AbortSignal): Promise<Endpoint>;
}

/**
 * Waits between attempts, in milliseconds: a restarted backend is back within the first, a long outage costs little.
 */
const RECONNECT_DELAYS_MS = [250, 500, 1_000, 2_000, 5_000, 15_000];

/** The one live line to the backend: keeps the account current, and finds the backend again when it goes away. */
export class BackendConnection implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  readonly #warned = new vscode.EventEmitter<WarningBody>();
  /** This window is the one to tell. */
  readonly onWarning = this.#warned.event;
  readonly #locator: BackendLocator;
  readonly #log: vscode.LogOutputChannel;
  readonly #now: () => Date;
  #state: ConnectionState = { kind: 'starting' };
  #account: AccountBody | null = null;
  #located: PromiseWithResolvers<Endpoint> = newLocation();
  #run = new AbortController();
  #wake: () => void = () => undefined;

  constructor(locator: BackendLocator, log: vscode.LogOutputChannel, now: () => Date) {
    this.#locator = locator;
    this.#log = log;
    this.#now = now;
    void this.#stayConnected(this.#run.signal);
  }

  get state(): ConnectionState {
    return this.#state;
  }

  /** The last account that the backend sent; kept, with its time in `state`, while the backend is away. */
  get account(): AccountBody | null {
    return this.#account;
  }

  /** Where to call. Waits while the backend starts; rejects with BackendUnavailable when it cannot be had. */
  endpoint(): Promise<Endpoint> {
    return this.#located.promise;
  }

  /** Tries again at once: after a failure, after signing in, or when the configuration changed. */
  retry(): void {
    if (this.#state.kind === 'failed' || this.#state.kind === 'signedOut') {
      this.#located = newLocation();
      this.#show({ kind: 'starting' });
    }
    this.#wake();
  }

  /** Leaves the current backend and finds it anew, as another account if the key or the address changed. */
  restart(): void {
    this.#run.abort();
    this.#run = new AbortController();
    this.#account = null;
    const waited = this.#located;
    this.#located = newLocation();
    // Whoever was waiting waits for the new one.
    waited.resolve(this.#located.promise);
    this.#show({ kind: 'starting' });
    void this.#stayConnected(this.#run.signal);
  }

  dispose(): void {
    this.#run.abort();
    this.#wake();
    this.#changed.dispose();
    this.#warned.dispose();
  }

  async #stayConnected(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      const wasReady = await this.#holdLine(signal, failures);
      failures = wasReady ? 0 : failures + 1;
      await this.#pause(failures, signal);
    }
  }

  /**
   * Finds the backend and follows the account until the line ends; true if there was an account on it. `failures` is
   * how many there were in a row before.
   */
  async #holdLine(signal: AbortSignal, failures: number): Promise<boolean> {
    let wasReady = false;
    try {
      const endpoint = await this.#locator.locate(signal);
      signal.throwIfAborted();
      this.#located.resolve(endpoint);
      try {
        await followAccount(endpoint, signal, {
          account: (account) => {
            wasReady = true;
            this.#account = account;
            this.#show({ kind: 'ready' });
          },
          warning: (warning) => {
            this.#warned.fire(warning);
          },
        });
      } finally {
        // Whoever asks after a lost line waits for the next one.
        if (!signal.aborted) this.#located = newLocation();
      }
    } catch (error) {
      if (!signal.aborted) this.#fail(error, failures);
    }
    return wasReady;
  }

  #fail(error: unknown, failures: number): void {
    this.#log.warn(`Backend: ${error instanceof Error ? error.message : String(error)}`);
    if (error instanceof BackendUnavailable) {
      this.#located.reject(error);
      const { signedOut, refusedBy, message } = error;
      this.#show(signedOut ? { kind: 'signedOut', refusedBy } : { kind: 'failed', reason: message });
    } else if (this.#account) {
      const asOf = this.#state.kind === 'away' ? this.#state.asOf : this.#now().toISOString();
      this.#show({ kind: 'away', asOf });
    } else if (failures > 0) {
      // One failure is what a start looks like; with the second the person is told.
      this.#show({ kind: 'unreachable' });
    }
  }

  #show(state: ConnectionState): void {
    if (state.kind !== 'ready' && JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#changed.fire();
  }

  /** After a firm "no" only `retry` goes on; a lost line is tried again by itself. */
  async #pause(failures: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const wake = () => {
      resolve(undefined);
    };
    const firm = this.#state.kind === 'failed' || this.#state.kind === 'signedOut';
    const delay = RECONNECT_DELAYS_MS[Math.min(failures, RECONNECT_DELAYS_MS.length - 1)];
    const timer = firm ? undefined : setTimeout(wake, delay);
    this.#wake = wake;
    signal.addEventListener('abort', wake, { once: true });
    await promise;
    clearTimeout(timer);
    signal.removeEventListener('abort', wake);
  }
}

function newLocation(): PromiseWithResolvers<Endpoint> {
  const location = Promise.withResolvers<Endpoint>();
  location.promise.catch(() => undefined);
  return location;
}
