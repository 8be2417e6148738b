import path from 'node:path';
import { bytesReadAtActivation } from './bytesReadAtActivation.ts';
import { packageVsix } from './packageVsix.ts';
import { projectRoot } from './projectRoot.ts';

/** Every window reads this much, also where nobody uses the extension: one import too many shows here. */
const MOST_AT_ACTIVATION = 150_000;

const { vsix, bytes } = await packageVsix();
console.log(`${path.relative(projectRoot, vsix)}, ${(bytes / 1024 / 1024).toFixed(2)} MB`);
const atActivation = bytesReadAtActivation();
if (atActivation > MOST_AT_ACTIVATION) {
  console.error(`${atActivation} bytes are read at activation, ${MOST_AT_ACTIVATION} at most: something heavy is`);
  console.error('imported where it should be loaded at its first use.');
  process.exitCode = 1;
}
