import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { packageVsix } from '../scripts/packageVsix.ts';
import { projectRoot } from '../scripts/projectRoot.ts';

// What is downloaded, what is read when the extension activates, and what the chat page reads: the release build's
// bytes.
const { bytes } = await packageVsix();
const dist = path.join(projectRoot, 'dist');
report('vsix', bytes);
report('activation_javascript', withStaticImports(path.join(dist, 'extension.js')));
report('chat_page_javascript', withStaticImports(path.join(dist, 'webview', 'chat.js')));

function report(metric: string, value: number): void {
  console.log(JSON.stringify({ bench: 'size', metric, value, unit: 'bytes' }));
}

/** The bytes of a module and of every chunk that it loads at once; a dynamic import is read later, or never. */
function withStaticImports(entry: string): number {
  const files = new Set([entry]);
  for (const file of files) {
    const imports = readFileSync(file, 'utf8').matchAll(/(?:\bfrom|\bimport)\s*"(\.[^"]+)"/g);
    for (const [, specifier = ''] of imports) files.add(path.join(path.dirname(file), specifier));
  }
  return [...files].reduce((sum, file) => sum + statSync(file).size, 0);
}
