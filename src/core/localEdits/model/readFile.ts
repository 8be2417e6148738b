import { emptyModel, type FileModel } from './fileModel.ts';
import { readHtml } from './readHtml.ts';
import { readJsx } from './readJsx.ts';
import { readStyles, type StyleLanguage } from './readStyles.ts';
import { readSvelte, readVue } from './readTemplate.ts';
import { isTranslation, readTranslations } from './readTranslations.ts';
import { shareAlike } from './shareAlike.ts';

/** Larger files are generated or data. */
export const MAX_FILE_LENGTH = 250_000;

/**
 * A file of more rules, declarations and tags than this is generated too. So many are read, planned and proved within
 * 250 ms, also where they were made to take long.
 */
export const MAX_PIECES = 6_000;

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
  if (hasTooManyPieces(path, text)) return { ...emptyModel(path, text), unread: 'too-large' };
  const model = emptyModel(path, text);
  try {
    reader(model);
    shareAlike(model);
  } catch {
    // Parsers throw on what they don't understand, and on nesting deeper than the stack.
    return { ...emptyModel(path, text), unread: 'broken' };
  }
  return model.unread === null ? model : { ...emptyModel(path, text), unread: 'broken' };
}

/** Counts what begins or ends a rule, a declaration, a tag or an expression; nothing is parsed for it. */
function hasTooManyPieces(path: string, text: string): boolean {
  let pieces = 0;
  for (let at = 0; at < text.length; at++) {
    const mark = text.charCodeAt(at);
    if (mark === BRACE || mark === CLOSING_BRACE || mark === TAG || mark === SEMICOLON) pieces++;
  }
  // The parser of LESS goes over the whole text once for each piece.
  const passes = /\.less$/i.test(path) ? 1 + text.length / LESS_PASS : 1;
  return pieces * passes > MAX_PIECES;
}

const [BRACE, CLOSING_BRACE, TAG, SEMICOLON] = [0x7b, 0x7d, 0x3c, 0x3b] as const;

/** So much text is passed over in the time that a piece takes otherwise. */
const LESS_PASS = 50_000;

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
