import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Publication } from './publications.ts';
import type { AppServer } from './appServer.ts';

/**
 * A port of its own for every published app, on this machine alone: windows on another machine, and those in a
 * browser, reach no name of this one but localhost, and an origin is a name and a port. Cookies know no ports: those of
 * the portal are of 127.0.0.1, which is another site than localhost.
 */
export class AppPorts {
  readonly #server: AppServer;
  readonly #onFault: (error: unknown) => void;
  readonly #open = new Map<string, Server>();

  constructor(server: AppServer, onFault: (error: unknown) => void) {
    this.#server = server;
    this.#onFault = onFault;
  }

  /** How many apps are up. */
  get size(): number {
    return this.#open.size;
  }

  /** Where an app is; null if it has no port. */
  urlOf(id: string): string | null {
    const address = this.#open.get(id)?.address();
    return address === null || address === undefined || typeof address === 'string'
      ? null
      : `http://localhost:${address.port}`;
  }

  /** Gives an app its port, the same after every start as far as it is free. */
  async open({ id, slug }: Pick<Publication, 'id' | 'slug'>): Promise<void> {
    if (this.#open.has(id)) return;
    const server = createServer((request, response) => {
      this.#server.serve(slug, request, response).catch((error: unknown) => {
        this.#onFault(error);
        response.destroy();
      });
    });
    this.#open.set(id, server);
    await listenFirst(server, [usualPort(slug), 0]);
  }

  close(id: string): void {
    const server = this.#open.get(id);
    this.#open.delete(id);
    server?.close();
    server?.closeAllConnections();
  }

  closeAll(): void {
    for (const id of [...this.#open.keys()]) this.close(id);
  }
}

/** Below those that systems give away by themselves, above those of well-known services. */
const [FIRST_PORT, PORT_COUNT] = [20_000, 10_000];

/** An app's port by its address, so that a link outlives a restart. */
function usualPort(slug: string): number {
  let sum = 0;
  for (const character of slug) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % PORT_COUNT;
  return FIRST_PORT + sum;
}

async function listenFirst(server: Server, ports: readonly number[]): Promise<void> {
  for (const port of ports) {
    try {
      const listening = once(server, 'listening');
      server.listen(port, '127.0.0.1');
      await listening;
      return;
    } catch {
      // Somebody else has it: the next one.
    }
  }
  throw new Error('no port is free');
}
