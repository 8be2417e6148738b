/** What a page or a style sheet takes in, as it is written there. */
export interface FileLinks {
  sheets: LinkedSheet[];
  scripts: string[];
  /** What may reach a page besides: any sheet, those that no page links, or none. */
  besides: 'any' | 'unlinked' | 'none';
}

export interface LinkedSheet {
  source: string;
  /** False where it holds only sometimes: media="print". */
  always: boolean;
}

const NO_LINKS: FileLinks = { sheets: [], scripts: [], besides: 'none' };

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
  /<%|<\?(?!xml)|\{%|\{\{-?\s*(?:[>#]|(?:template|define|block|partial|include|extends?|yield)\b)|<!--#|^\s*---\s|%[A-Z_]{3,}%/;

/** What a bundler's scripts import reaches the page, and no link says so. */
const BUNDLED =
  /<script\b[^>]{0,300}\btype\s*=\s*["']?module\b|<(\w+)[^>]{0,300}\bid\s*=\s*["']?(?:root|app)["']?[^>]{0,300}>\s*<\/\1>/i;

const TAG = /<(link|script)\b((?:"[^"]{0,2000}"|'[^']{0,2000}'|[^"'>]){0,2000})>/gi;
const ATTRIBUTE = /([^\s=>"'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]+))/g;

function readPage(text: string): FileLinks {
  if (PUT_TOGETHER.test(text)) return { ...NO_LINKS, besides: 'any' };
  const shown = without(text, '<!--', '-->');
  const links: FileLinks = { sheets: [], scripts: [], besides: BUNDLED.test(shown) ? 'unlinked' : 'none' };
  for (const [, tag = '', source = ''] of shown.matchAll(TAG)) {
    const attributes = new Map(
      [...source.matchAll(ATTRIBUTE)].map(([, name = '', a, b, c]) => [name.toLowerCase(), a ?? b ?? c ?? '']),
    );
    const target = attributes.get(tag.toLowerCase() === 'link' ? 'href' : 'src');
    const computed = [...attributes.keys()].some((name) => /.\bhref\b/.test(name));
    if (computed || /\{\{|\$\{|@\{/.test(target ?? '')) return { ...NO_LINKS, besides: 'any' };
    if (target === undefined) continue;
    if (tag.toLowerCase() === 'script') links.scripts.push(target);
    else if (/\bstylesheet\b/i.test(attributes.get('rel') ?? '') || attributes.get('as') === 'style')
      links.sheets.push({ source: target, always: holdsAlways(attributes.get('media') ?? '') });
  }
  if (shown.includes('@import')) links.sheets.push(...readImports(shown));
  return links;
}

function holdsAlways(media: string): boolean {
  return /^\s*(?:(?:only\s+)?(?:all|screen)\s*(?:,.*)?)?$/i.test(media);
}

const AT_RULE = /(?:^|[;{}>])\s*@(import|use|forward)\b([^;{}]{1,2000})/gm;
const QUOTED = /url\(\s*["']?([^"')]+)["']?\s*\)|"([^"]*)"|'([^']*)'/g;

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
