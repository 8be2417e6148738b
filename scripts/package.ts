import path from 'node:path';
import { packageVsix } from './packageVsix.ts';
import { projectRoot } from './projectRoot.ts';

const { vsix, bytes } = await packageVsix();
console.log(`${path.relative(projectRoot, vsix)}, ${(bytes / 1024 / 1024).toFixed(2)} MB`);
