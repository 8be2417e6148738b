import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { moduleBundle, modulePages, pageBundle } from '../../esbuild.config.mjs';
import { projectRoot } from '../../scripts/projectRoot.ts';
import { editorStyles } from './editorStyles.ts';
import { editorThemes, type EditorTheme } from './editorThemes.ts';
import { launchChromium } from './launchChromium.ts';

/** One of the pages by itself in Chromium, as it ships, under the policy that VS Code gives it, on a fake extension. */
export class PageAlone {
  readonly #server: Server;
  readonly #browser: Browser;
  /** By what is special about them. A page opens three times as fast where one like it has been read and compiled. */
  readonly #contexts = new Map<string, Promise<BrowserContext>>();
  /** What the page reads at once of its scripts, minified, in bytes. */
  readonly scriptBytes: number;

  private constructor(server: Server, browser: Browser, scriptBytes: number) {
    this.#server = server;
    this.#browser = browser;
    this.scriptBytes = scriptBytes;
  }

  static async start(name: PageName): Promise<PageAlone> {
    const files = await bundled(name);
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
      const theme = (searchParams.get('theme') ?? 'dark') as EditorTheme;
      const file = pathname === '/' ? { type: 'text/html', body: document(name, theme) } : files[pathname];
      response.writeHead(file === undefined ? 404 : 200, {
        'content-type': `${file?.type ?? 'text/plain'}; charset=utf-8`,
        'cache-control': `max-age=${String(LONGER_THAN_A_SUITE_S)}`,
      });
      response.end(pathname === '/theme.css' ? themeCss(theme) : file?.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new PageAlone(server, await launchChromium(), bytesAtOnce(files, `/${name}.js`));
  }

  /**
   * A fresh page, without any state of those before it. `connect` makes the fake extension, given how to post to the
   * page. Whatever the page logs as an error, policy breaches included, is in `errors`.
   */
  async open<Host extends FakeHost>(connect: (post: Post) => Host, view: View = {}): Promise<OpenPage<Host>> {
    const { theme = 'dark', width = 400, height = 760, context: options = {} } = view;
    const page = await (await this.#context(options)).newPage();
    await page.setViewportSize({ width, height });
    const errors: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    page.on('pageerror', (error) => errors.push(error.message));
    const host = connect(async (message) => {
      // A test that ends closes the page under answers that are still on their way.
      if (page.isClosed()) return;
      await page.evaluate((data) => window.postMessage(data, '*'), message).catch(() => undefined);
    });
    await page.exposeFunction('toExtension', (message: unknown) => {
      host.hear(message);
    });
    const { port } = this.#server.address() as AddressInfo;
    await page.goto(`http://127.0.0.1:${port}/?theme=${theme}`);
    return { page, host, errors, close: () => page.close() };
  }

  #context(options: BrowserContextOptions): Promise<BrowserContext> {
    const key = JSON.stringify(options);
    const made = this.#contexts.get(key) ?? this.#browser.newContext({ ...CONTEXT, ...options });
    this.#contexts.set(key, made);
    return made;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const CONTEXT: BrowserContextOptions = { reducedMotion: 'reduce', locale: 'en-GB', timezoneId: 'UTC' };
const LONGER_THAN_A_SUITE_S = 3_600;

export interface View {
  readonly theme?: EditorTheme;
  readonly width?: number;
  readonly height?: number;
  readonly context?: BrowserContextOptions;
}

export interface OpenPage<Host> {
  readonly page: Page;
  readonly host: Host;
  readonly errors: string[];
  readonly close: () => Promise<void>;
}

/** The extension's side of a page: hears what the page posts. */
export interface FakeHost {
  hear(message: unknown): void;
}

type Post = (message: unknown) => Promise<void>;
type PageName = 'chat' | 'review' | 'account';

type Files = Record<string, { type: string; body: Uint8Array | string }>;

async function bundled(page: PageName): Promise<Files> {
  const bundle = modulePages.includes(page) ? moduleBundle(true, page) : pageBundle(true);
  const result = await build({ ...bundle, write: false });
  const made = Object.fromEntries(
    result.outputFiles.map(({ path: name, contents }) => [
      `/${path.relative(bundle.outdir ?? '', name)}`,
      { type: name.endsWith('.css') ? 'text/css' : 'text/javascript', body: contents },
    ]),
  );
  const icons = path.join(projectRoot, 'node_modules/@vscode/codicons/dist');
  return {
    ...made,
    '/codicon.css': { type: 'text/css', body: readFileSync(path.join(icons, 'codicon.css')) },
    '/codicon.ttf': { type: 'font/ttf', body: readFileSync(path.join(icons, 'codicon.ttf')) },
    '/first/media/logo.png': { type: 'text/plain', body: 'no picture' },
    '/workspace/media/logo.png': { type: 'image/png', body: readFileSync(path.join(projectRoot, 'media/icon.png')) },
    '/theme.css': { type: 'text/css', body: '' },
  };
}

/** A script and those that it imports at once; what it may load later is not among them. */
function bytesAtOnce(files: Files, entry: string): number {
  const read = new Set([entry]);
  for (const name of read) {
    const text = new TextDecoder().decode(bodyOf(files, name));
    const imports = text.matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g);
    for (const [, specifier = ''] of imports) read.add(path.posix.join(path.posix.dirname(name), specifier));
  }
  return [...read].reduce((sum, name) => sum + bodyOf(files, name).length, 0);
}

function bodyOf(files: Files, name: string): Uint8Array {
  const body = files[name]?.body ?? '';
  return typeof body === 'string' ? new TextEncoder().encode(body) : body;
}

const NONCE = 'bm9uY2UtZm9yLXRlc3Rz';
const POLICY = `default-src 'none'; script-src 'nonce-${NONCE}'; font-src 'self'; img-src 'self' data:; style-src 'self'`;
/** As in the extension, only the page with Monaco may have styles of its own. */
const policies: Record<PageName, string> = { chat: POLICY, account: POLICY, review: `${POLICY} 'unsafe-inline'` };

const LATER = `<link rel="modulepreload" nonce="${NONCE}" href="review/diffs.js">`;

/** As the extension writes it; the first script stands in for what VS Code puts into every page. */
function document(name: PageName, theme: EditorTheme): string {
  const { bodyClass, kind } = editorThemes[theme];
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policies[name]}">
<title>Tokenfare</title>
<meta name="pictures" content="/first /workspace">
<link rel="icon" href="data:,"><link rel="stylesheet" href="theme.css?theme=${theme}"><link rel="stylesheet" href="codicon.css">${name === 'review' ? LATER : ''}<link rel="stylesheet" href="${name}.css">
<script nonce="${NONCE}">
window.acquireVsCodeApi = () => ({
  postMessage: (message) => { void window.toExtension(message); },
  getState: () => JSON.parse(sessionStorage.getItem('state') ?? 'null') ?? undefined,
  setState: (state) => { sessionStorage.setItem('state', JSON.stringify(state)); },
});
</script>
</head>
<body class="${bodyClass}" data-vscode-theme-kind="${kind}">
<script${modulePages.includes(name) ? ' type="module"' : ''} nonce="${NONCE}" src="${name}.js"></script>
</body>
</html>`;
}

function themeCss(theme: EditorTheme): string {
  const variables = Object.entries(editorThemes[theme].variables).map(([name, value]) => `--vscode-${name}: ${value};`);
  return `${editorStyles}\nhtml { ${variables.join(' ')} background: var(--vscode-sideBar-background); }`;
}
