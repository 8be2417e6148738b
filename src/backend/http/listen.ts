import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartRefusal } from '../startRefusal.ts';

/** Lets a server listen, and answers with its URL. Throws a StartRefusal that says why it can't. */
export async function listen(server: Server, at: { host: string; port: number }): Promise<string> {
  const listening = once(server, 'listening');
  server.listen(at.port, at.host);
  try {
    await listening;
  } catch (error) {
    throw new StartRefusal(reasonOf(error, at));
  }
  const { port } = server.address() as AddressInfo;
  return `http://${hostOf(at.host)}:${port}`;
}

function reasonOf(error: unknown, at: { host: string; port: number }): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `Port ${at.port} is in use.`;
  if (code === 'EACCES') return `Port ${at.port} needs more rights than this user has.`;
  return `The address ${at.host} can't be used: ${error instanceof Error ? error.message : String(error)}.`;
}

/** Listening on every address means that this computer can reach it by its own. */
function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
