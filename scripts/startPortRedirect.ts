import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * A server on 127.0.0.1 that sends `/PORT/path` on to `http://127.0.0.1:PORT/path`. In a browser, VS Code leads every
 * link to a port of this machine, such as the checkout page's, to a proxy of code-server, which is not running here;
 * `template` is what VSCODE_PROXY_URI takes instead of that proxy.
 */
export async function startPortRedirect(): Promise<{ template: string; close(): void }> {
  const server = createServer((request, response) => {
    const [, port, path] = /^\/(\d{1,5})(\/.*)$/.exec(request.url ?? '') ?? [];
    if (port === undefined || path === undefined) response.writeHead(404).end();
    else response.writeHead(302, { location: `http://127.0.0.1:${port}${path}` }).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The redirect has no port');
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { template: `http://127.0.0.1:${address.port}/{{port}}/`, close };
}
