import { context, build as runBuild } from 'esbuild';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * Bundles what ships into dist/: the extension, its threads for free edits and searches, the embedded backend and
 * the pages. What is dear to load sits in chunks of its own, read on first use. `release` minifies and leaves the
 * source maps out.
 */
export async function build({ release }) {
  const results = await Promise.all(bundles(release).map((options) => runBuild({ ...options, write: false })));
  const made = [...results.flatMap(({ outputFiles }) => outputFiles), ...iconFont()].filter((file) => !isIdle(file));
  made.forEach(writeChanged);
  removeAllBut(new Set(made.map((file) => file.path)));
}

/** Builds once, then again after every change, until the process ends. */
export async function watch() {
  await build({ release: false });
  const contexts = await Promise.all(bundles(false).map((options) => context(options)));
  await Promise.all(contexts.map((one) => one.watch()));
}

const root = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(root, 'dist');

/** CommonJS dependencies ask for `require`, `__filename` and `__dirname`, which an ES module does not have. */
const requireForCommonJs = `import { createRequire as tokenfareCreateRequire } from 'node:module';
const require = tokenfareCreateRequire(import.meta.url);`;

function settings(release) {
  return {
    absWorkingDir: root,
    bundle: true,
    minify: release,
    sourcemap: !release,
    legalComments: 'none',
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': release ? '"production"' : '"development"' },
  };
}

/** We say what is wrong in words of our own: of the fifty languages of zod's, whoever asks for one has English. */
const englishZod = {
  name: 'english-zod',
  setup: ({ onLoad }) => {
    onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, ({ path: file }) => ({
      contents: "export { default as en } from './en.js';",
      resolveDir: path.dirname(file),
    }));
  },
};

/**
 * A tokenizer's 200,000 words as a file that is read: parsed as a program they take 20 MB more that are never given
 * back; as a text in a program, that text stays, which is 6 MB.
 */
const ranksAsFile = {
  name: 'ranks-as-file',
  setup: ({ onLoad, onResolve }) => {
    onLoad({ filter: /gpt-tokenizer[\\/]esm[\\/]bpeRanks[\\/]\w+\.js$/ }, ({ path: file }) => ({
      contents: `import { readFileSync } from 'node:fs';
import file from ${JSON.stringify(`ranks:${file}`)};
export default JSON.parse(readFileSync(new URL(file, import.meta.url), 'utf8'));`,
    }));
    onResolve({ filter: /^ranks:/ }, ({ path: name }) => ({
      path: name.slice('ranks:'.length).replace(/\.js$/, '.json'),
      namespace: 'ranks',
    }));
    onLoad({ filter: /./, namespace: 'ranks' }, async ({ path: file }) => {
      const { default: ranks } = await import(pathToFileURL(file.replace(/\.json$/, '.js')).href);
      return { contents: JSON.stringify(ranks), loader: 'file' };
    });
  },
};

/**
 * axios calls by Node's own http here: of what it brings for fetch, forms, proxies of its own and HTTP/2, which is most
 * of it and of its time to load, nothing is ever used.
 */
const axiosOverHttp = {
  name: 'axios-over-http',
  setup: ({ onLoad, onResolve }) => {
    onResolve(
      { filter: /^(form-data|https-proxy-agent|proxy-from-env|http2)$|\/(fetch|xhr)\.js$/ },
      ({ path, importer }) => (/axios[\\/]lib[\\/]/.test(importer) ? { path, namespace: 'unused' } : null),
    );
    onLoad({ filter: /./, namespace: 'unused' }, () => ({
      contents: 'export default null; export const [getFetch, getProxyForUrl] = [() => null];',
    }));
  },
};

/**
 * The AI SDK needs all of zod: bundled together, whoever parses a balance would read all of that too. It stands where
 * the chunks of its importer do.
 */
const apartModelStream = {
  name: 'apart-model-stream',
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/modelStream\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './modelStream.js', external: true } : null,
    );
  },
};

function bundles(release) {
  const node = {
    ...settings(release),
    plugins: [englishZod],
    platform: 'node',
    target: 'node24',
    format: 'esm',
    splitting: true,
    outdir: dist,
    banner: { js: requireForCommonJs },
    define: { ...settings(release).define, __filename: 'import.meta.filename', __dirname: 'import.meta.dirname' },
  };
  const all = [
    {
      ...node,
      plugins: [englishZod, apartModelStream, axiosOverHttp],
      entryPoints: { extension: 'src/extension/activate.ts' },
      chunkNames: 'extension/[name]-[hash]',
      external: ['vscode'],
    },
    {
      ...node,
      entryPoints: { 'extension/modelStream': 'src/extension/chat/modelStream.ts' },
      chunkNames: 'extension/[name]-[hash]',
      external: ['vscode'],
    },
    {
      ...node,
      plugins: [englishZod, ranksAsFile],
      entryPoints: { backend: 'src/backend/main.ts', backendSqlite: 'src/backend/database/sqlite.worker.ts' },
      chunkNames: 'backend/[name]-[hash]',
      assetNames: 'backend/[name]-[hash]',
      // A company's sign-in is for a server, which runs from the source; what ships is the backend of one machine.
      external: ['better-auth', 'better-auth/*'],
    },
    {
      ...node,
      entryPoints: { localEditWorker: 'src/extension/node/localEditWorker.ts' },
      chunkNames: 'localEdits/[name]-[hash]',
    },
    {
      ...node,
      entryPoints: {
        historyWorker: 'src/extension/node/historyWorker.ts',
        textSearchWorker: 'src/extension/node/textSearchWorker.ts',
      },
      chunkNames: 'search/[name]-[hash]',
    },
    pageBundle(release),
    ...modulePages.map((name) => moduleBundle(release, name)),
  ];
  return all.filter(({ entryPoints }) => Object.values(entryPoints).every((file) => existsSync(path.join(root, file))));
}

/** How the other pages are bundled, each into one script and one stylesheet. */
export function pageBundle(release) {
  return {
    ...settings(release),
    platform: 'browser',
    target: 'chrome140',
    format: 'iife',
    outdir: path.join(dist, 'webview'),
    entryPoints: pages(),
    // The toolkit's test for :focus-visible would breach the pages' policy; see there.
    alias: { '@microsoft/fast-web-utilities': './webview/components/fastWebUtilities.ts' },
  };
}

/**
 * A page in modules: what it does not need at first is loaded later. Of the review page that is Monaco and a language's
 * grammar, of the chat the words of its advice and the colours of code. In one script, all of Monaco would be wrapped
 * in functions because of its grammars, which nearly doubles the time until the first diff.
 */
export function moduleBundle(release, name) {
  return {
    ...pageBundle(release),
    format: 'esm',
    splitting: true,
    chunkNames: `${name}/[name]-[hash]`,
    // By this Monaco would look for a worker's script, which the page needs none of and its policy forbids.
    define: { ...settings(release).define, 'import.meta.url': 'undefined' },
    entryPoints: { [name]: `webview/${name}/main.ts`, ...laterParts[name] },
  };
}

/** Parts that are loaded later, by names that the page's document can tell the browser from the start. */
const laterParts = { review: { 'review/diffs': 'webview/review/startDiffs.ts' } };

/** The pages that come in modules. */
export const modulePages = ['chat', 'review'];

/**
 * Every other folder of webview/ with a main.ts is a page: webview/account/main.ts becomes dist/webview/account.js and
 * .css.
 */
function pages() {
  const folders = readdirSync(path.join(root, 'webview')).filter(
    (name) => !modulePages.includes(name) && existsSync(path.join(root, 'webview', name, 'main.ts')),
  );
  return Object.fromEntries(folders.map((name) => [name, `webview/${name}/main.ts`]));
}

/** Every part of the review page that is loaded later gets all its styles once more; nobody asks for those. */
function isIdle(file) {
  return /^webview[\\/]review[\\/].*\.css(\.map)?$/.test(path.relative(dist, file.path));
}

/** Whatever runs from dist/ reads whole files, also while the same is built once more. */
function writeChanged(file) {
  if (existsSync(file.path) && readFileSync(file.path).equals(file.contents)) return;
  mkdirSync(path.dirname(file.path), { recursive: true });
  writeFileSync(file.path, file.contents);
}

/** What an earlier build left goes only now, so that a build that fails leaves a dist/ that works; a package stays. */
function removeAllBut(written) {
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && !written.has(file) && !file.endsWith('.vsix')) rmSync(file);
  }
}

function iconFont() {
  const from = path.join(root, 'node_modules', '@vscode', 'codicons', 'dist');
  return ['codicon.css', 'codicon.ttf'].map((name) => {
    return { path: path.join(dist, 'webview', name), contents: readFileSync(path.join(from, name)) };
  });
}
