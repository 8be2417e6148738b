/** What a page or a style sheet takes in, as it is written there. */
export interface FileLinks {
  sheets: LinkedSheet[];
  scripts: string[];
  /** What may reach a page besides: any sheet, those that no page links, or none. */
  besides: 'any' | 'unlinked' | 'none';
  /** A whole document that links no sheet: one that has its own style in it, or one that has none at all. */
  apart: 'styled' | 'bare' | 'no';
}

export interface LinkedSheet {
  source: string;
  /** False where it holds only sometimes: media="print". */
  always: boolean;
}

const NO_LINKS: FileLinks = { sheets: [], scripts: [], besides: 'none', apart: 'no' };

/** The links of a page or a style sheet; files of other kinds have none that a rule of the cascade follows. */
export function readLinks(path: string, text: string): FileLinks {
  if (isPage(path)) return readPage(text);
  return isSheet(path) && /@(?:import|use|forward)\b/.test(text)
    ? { ...NO_LINKS, sheets: readImports(text) }
    : NO_LINKS;
}

export function isPage(path: string): boolean {
  return /\.html?$/i.test(path);
}

export function isSheet(path: string): boolean {
  return /\.(?:css|scss|less)$/i.test(path);
}

/** A page that a server or a generator puts together from parts. */
const PUT_TOGETHER =
  /<%|<\?(?!xml)|\{%|\{\{-?\s*(?:[>#]|(?:template|define|block|partial|include|extends?|yield)\b)|<!--#|^\s*---\s/;

/** An element that a script fills: what its bundler imports reaches the page, and no link says so. */
const MOUNT = /\bid\s*=\s*["']?(?:root|app)["']?[^<>]{0,100}>\s*<\/(?:div|main|section)>/i;

function readPage(text: string): FileLinks {
  if (PUT_TOGETHER.test(text)) return { ...NO_LINKS, besides: 'any' };
  const shown = without(text, '<!--', '-->');
  const links: FileLinks = {
    ...NO_LINKS,
    sheets: [],
    scripts: [],
    besides: MOUNT.test(shown) ? 'unlinked' : 'none',
  };
  for (const { 0: tag, index } of shown.matchAll(/<(?:link|script)\b/gi)) {
    const attributes = attributesAt(shown, index + tag.length);
    if (/^<script$/i.test(tag)) readScript(links, attributes);
    else if (isOfStyle(attributes)) {
      if (isComputed(attributes)) return { ...NO_LINKS, besides: 'any' };
      const [source, media = ''] = [attributes.get('href'), attributes.get('media')];
      if (source !== undefined) links.sheets.push({ source, always: holdsAlways(media) });
    }
  }
  if (shown.includes('@import')) links.sheets.push(...readImports(shown));
  return { ...links, apart: isForeign(links.sheets) ? apartness(shown, links) : 'no' };
}

function isForeign(sheets: readonly LinkedSheet[]): boolean {
  return sheets.every(({ source }) => /^\s*(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(source));
}

/** A part of a page does not say what it is put into, and a script may bring what no link says. */
function apartness(shown: string, { besides, scripts }: FileLinks): FileLinks['apart'] {
  if (besides !== 'none' || !/<html\b/i.test(shown) || /<[a-z]+-[a-z]/i.test(shown)) return 'no';
  if (/<style\b[^<>]{0,200}>[^<]/i.test(shown)) return 'styled';
  return scripts.length === 0 ? 'bare' : 'no';
}

function readScript(links: FileLinks, attributes: ReadonlyMap<string, string>): void {
  const source = attributes.get('src');
  if (source !== undefined) links.scripts.push(source);
  if (attributes.get('type') === 'module') links.besides = 'unlinked';
}

function isOfStyle(attributes: ReadonlyMap<string, string>): boolean {
  return /\bstylesheet\b/i.test(attributes.get('rel') ?? '') || attributes.get('as') === 'style';
}

function isComputed(attributes: ReadonlyMap<string, string>): boolean {
  const source = attributes.get('href') ?? '';
  return /\{\{|\$\{|@\{|%[A-Z_]{3,40}%/.test(source) || [...attributes.keys()].some((name) => /.\bhref\b/.test(name));
}

/** Nobody writes more into one tag, and what is longer is data; so a page is read in one go, whatever is in it. */
const MAX_ATTRIBUTES = 40;
const ATTRIBUTE =
  /\s{0,200}([^\s=>"'/<]{1,100})(?:\s{0,20}=\s{0,20}(?:"([^"]{0,2000})"|'([^']{0,2000})'|([^\s>"']{1,2000})))?/y;

function attributesAt(text: string, start: number): Map<string, string> {
  const attributes = new Map<string, string>();
  ATTRIBUTE.lastIndex = start;
  for (let match = ATTRIBUTE.exec(text); match && attributes.size < MAX_ATTRIBUTES; match = ATTRIBUTE.exec(text))
    attributes.set((match[1] ?? '').toLowerCase(), match[2] ?? match[3] ?? match[4] ?? '');
  return attributes;
}

function holdsAlways(media: string): boolean {
  return /^\s*(?:(?:only\s+)?(?:all|screen)\s*(?:,.*)?)?$/i.test(media);
}

const AT_RULE = /(?:^|[;{}>])[ \t]*@(import|use|forward)\b([^;{}]{1,2000})/gm;
const QUOTED = /url\(\s*["']?([^"')\s]+)["']?\s*\)|"([^"]*)"|'([^']*)'/g;

function readImports(text: string): LinkedSheet[] {
  const links: LinkedSheet[] = [];
  for (const [, rule = '', said = ''] of without(text, '/*', '*/').matchAll(AT_RULE)) {
    const sources = [...said.matchAll(QUOTED)].map(([, a, b, c]) => a ?? b ?? c ?? '');
    const media = said.replace(QUOTED, '').replace(/^\s*\([^)]*\)|\blayer\b(?:\([^)]*\))?|,/g, '');
    const always = rule !== 'import' || holdsAlways(media);
    for (const source of rule === 'import' ? sources : sources.slice(0, 1)) links.push({ source, always });
  }
  return links;
}

/** A text without what stands between two marks; comments are long, so they are looked for, not matched. */
function without(text: string, open: string, close: string): string {
  let kept = '';
  let at = 0;
  for (let from = text.indexOf(open); from >= 0; from = text.indexOf(open, at)) {
    kept += text.slice(at, from);
    const end = text.indexOf(close, from + open.length);
    if (end < 0) return kept;
    at = end + close.length;
  }
  return kept + text.slice(at);
}
