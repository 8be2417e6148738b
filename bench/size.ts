import path from 'node:path';
import { bytesReadAtActivation } from '../scripts/bytesReadAtActivation.ts';
import { bytesReadAtOnce } from '../scripts/bytesReadAtOnce.ts';
import { packageVsix } from '../scripts/packageVsix.ts';
import { projectRoot } from '../scripts/projectRoot.ts';

// What is downloaded, what is read when the extension activates, and what the chat page reads: the release build's
// bytes.
const { bytes } = await packageVsix();
const dist = path.join(projectRoot, 'dist');
report('vsix', bytes);
report('activation_javascript', bytesReadAtActivation());
report('chat_page_javascript', bytesReadAtOnce(path.join(dist, 'webview', 'chat.js')));

function report(metric: string, value: number): void {
  console.log(JSON.stringify({ bench: 'size', metric, value, unit: 'bytes' }));
}
