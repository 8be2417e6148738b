import { build, watch } from '../esbuild.config.mjs';

// `npm run build`, `npm run build -- --release`, `npm run build -- --watch`.
if (process.argv.includes('--watch')) await watch();
else await build({ release: process.argv.includes('--release') });
