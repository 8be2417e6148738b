import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { pageBundle } from '../../esbuild.config.mjs';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { editorThemes, type EditorTheme } from './editorThemes.ts';
import { FakeChatHost, type Snapshot } from './fakeChatHost.ts';
import { launchChromium } from './workbench.ts';

/** The chat page by itself in Chromium, as it ships, under the policy that VS Code gives it, on a fake extension. */
export class ChatPageAlone {
  readonly #server: Server;
  readonly #browser: Browser;
  /** What the script and the stylesheet weigh, minified, in bytes. */
  readonly scriptBytes: number;

  private constructor(server: Server, browser: Browser, scriptBytes: number) {
    this.#server = server;
    this.#browser = browser;
    this.scriptBytes = scriptBytes;
  }

  static async start(): Promise<ChatPageAlone> {
    const files = await bundled();
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const theme = (searchParams.get('theme') ?? 'dark') as EditorTheme;
      const file = pathname === '/' ? { type: 'text/html', body: document(theme) } : files[pathname];
      response.writeHead(file === undefined ? 404 : 200, {
        'content-type': `${file?.type ?? 'text/plain'}; charset=utf-8`,
      });
      response.end(pathname === '/theme.css' ? themeCss(theme) : file?.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new ChatPageAlone(server, await launchChromium(), files['/chat.js']?.body.length ?? 0);
  }

  /** A fresh page in a fresh context. Whatever the page logs as an error, policy breaches included, is in `errors`. */
  async open(snapshot: Snapshot, view: View = {}): Promise<OpenChat> {
    const { theme = 'dark', width = 400, height = 760, context: options = {} } = view;
    const context = await this.#browser.newContext({
      viewport: { width, height },
      reducedMotion: 'reduce',
      locale: 'en-GB',
      timezoneId: 'UTC',
      ...options,
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    const host = new FakeChatHost(snapshot, async (message) => {
      // A test that ends closes the page under answers that are still on their way.
      if (page.isClosed()) return;
      await page.evaluate((data) => window.postMessage(data, '*'), message).catch(() => undefined);
    });
    await page.exposeFunction('toExtension', (message: unknown) => {
      host.hear(message);
    });
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/?theme=${theme}`);
    return { page, host, errors, close: () => context.close() };
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export interface View {
  readonly theme?: EditorTheme;
  readonly width?: number;
  readonly height?: number;
  readonly context?: BrowserContextOptions;
}

export interface OpenChat {
  readonly page: Page;
  readonly host: FakeChatHost;
  readonly errors: string[];
  readonly close: () => Promise<void>;
}

type Files = Record<string, { type: string; body: Uint8Array | string }>;

async function bundled(): Promise<Files> {
  const result = await build({ ...pageBundle(true), write: false });
  const made = Object.fromEntries(
    result.outputFiles.map(({ path: name, contents }) => [
      `/${path.basename(name)}`,
      { type: name.endsWith('.css') ? 'text/css' : 'text/javascript', body: contents },
    ]),
  );
  const icons = path.join(projectRoot, 'node_modules/@vscode/codicons/dist');
  return {
    ...made,
    '/codicon.css': { type: 'text/css', body: readFileSync(path.join(icons, 'codicon.css')) },
    '/codicon.ttf': { type: 'font/ttf', body: readFileSync(path.join(icons, 'codicon.ttf')) },
    '/theme.css': { type: 'text/css', body: '' },
  };
}

const NONCE = 'bm9uY2UtZm9yLXRlc3Rz';
const POLICY = `default-src 'none'; script-src 'nonce-${NONCE}'; style-src 'self'; font-src 'self'; img-src 'self' data:`;

/** As the extension writes it; the first script stands in for what VS Code puts into every page. */
function document(theme: EditorTheme): string {
  const { bodyClass, kind } = editorThemes[theme];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>Tokenfare</title>
<link rel="icon" href="data:,"><link rel="stylesheet" href="theme.css?theme=${theme}"><link rel="stylesheet" href="codicon.css"><link rel="stylesheet" href="chat.css">
<script nonce="${NONCE}">
window.acquireVsCodeApi = () => ({
  postMessage: (message) => { void window.toExtension(message); },
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
  setState: (state) => { sessionStorage.setItem('state', JSON.stringify(state)); },
});
</script>
</head>
<body class="${bodyClass}" data-vscode-theme-kind="${kind}">
<script nonce="${NONCE}" src="chat.js"></script>
</body>
</html>`;
}

function themeCss(theme: EditorTheme): string {
  const variables = Object.entries(editorThemes[theme].variables).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `html { ${variables.join(' ')} background: var(--vscode-sideBar-background); }`;
}
