import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The absolute path of the checkout. */
export const projectRoot = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
