import { emptyModel, type FileModel } from './fileModel.ts';
import { readHtml } from './readHtml.ts';
import { readJsx } from './readJsx.ts';
import { readStyles, type StyleLanguage } from './readStyles.ts';
import { readSvelte, readVue } from './readTemplate.ts';
import { isTranslation, readTranslations } from './readTranslations.ts';
import { shareAlike } from './shareAlike.ts';

/** Larger files are generated or data. What is not is read within 250 ms, also where it was made to take long. */
export const MAX_FILE_LENGTH = 250_000;

type Reader = (model: FileModel) => void;

const READERS: readonly (readonly [RegExp, Reader])[] = [
  [/\.css$/i, styles('css')],
  [/\.(?:scss)$/i, styles('scss')],
  [/\.less$/i, styles('less')],
  [/\.html?$/i, readHtml],
  [/\.(?:jsx|tsx|js|ts|mjs|mts)$/i, readJsx],
  [/\.vue$/i, readVue],
  [/\.svelte$/i, readSvelte],
];

/** Types, tests and settings hold nothing that a person sees. */
const NOT_READ = /\.d\.ts$|\.(?:test|spec|stories|config)\.[jt]sx?$|(?:^|\/)(?:node_modules|\.git)\//i;

function styles(language: StyleLanguage): Reader {
  return (model) => {
    const scoped = /\.module\.\w+$/i.test(model.path);
    readStyles(model, { css: model.text, offset: 0, language, component: null, scoped });
  };
}

/** What a file says, or null for files this engine does not read: other kinds, too large, binary, outside. */
export function readFile(path: string, text: string): FileModel | null {
  const reader = readerOf(path);
  if (!reader || text.length > MAX_FILE_LENGTH || isBinary(text) || !isInWorkspace(path)) return null;
  const model = emptyModel(path, text);
  try {
    reader(model);
    shareAlike(model);
  } catch {
    // Parsers throw on what they don't understand, and on nesting deeper than the stack.
    return { ...emptyModel(path, text), broken: true };
  }
  return model.broken ? { ...emptyModel(path, text), broken: true } : model;
}

/** Whether a file of this path is read at all, as far as its path says. */
export function isReadable(path: string): boolean {
  return readerOf(path) !== null && isInWorkspace(path);
}

function readerOf(path: string): Reader | null {
  if (NOT_READ.test(path)) return null;
  if (isTranslation(path)) return readTranslations;
  return READERS.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}

function isBinary(text: string): boolean {
  return text.slice(0, 4096).includes('\0');
}

/** Relative, without a way out of the workspace. */
function isInWorkspace(path: string): boolean {
  return path !== '' && !/^(?:[a-z]:|[/\\~])/i.test(path) && !path.split(/[/\\]/).includes('..');
}
