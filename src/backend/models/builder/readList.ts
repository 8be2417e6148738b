import { pattern } from './pattern.ts';
import { readField, type ReadField } from './readField.ts';
import { readFeature, type Feature } from './readFeature.ts';
import { words } from './words.ts';

/** What a list of columns, fields and features says. */
export interface ReadList {
  readonly kind: 'list';
  readonly fields: readonly ReadField[];
  readonly features: readonly Feature[];
}

export interface Unread {
  readonly kind: 'unread';
  /** The person's own words that were not understood. */
  readonly words: string;
}

const marker = pattern`
    ^(?:with |having |including |include |includes |containing |contains |has |have\x20
    |and )*(?:(?:the|these|following|its?|a few|only|just|some|two|three|four|five|six
    |\d) )*(?:columns?|fields?|inputs?|input fields?|attributes|properties)(?: for| called
    | named| like| are| should be| as follows| to enter| to fill in| of)?\s*(?::|$|\s)\s*
  `;

/**
 * Reads `name, email and status (as a badge), sortable`: fields and features as they come. `known` are fields named
 * earlier.
 */
export function readList(text: string, noun: string, known: readonly ReadField[] = []): ReadList | Unread {
  const fields: ReadField[] = [];
  const features: Feature[] = [];
  for (const item of itemsOf(joinPhrases(text))) {
    const all = [...known, ...fields];
    const last = features.at(-1);
    if (last && extend(last, item, all)) continue;
    const feature = readFeature(item);
    const field = feature && !isAboutNewField(feature, all) ? null : readItem(item, noun);
    if (field) fields.push(field);
    else if (feature) features.push(feature);
    else return { kind: 'unread', words: item };
  }
  return { kind: 'list', fields, features };
}

/** The items of a list, split at commas and at `and`, but not inside brackets or quotes. */
export function itemsOf(text: string): string[] {
  const items: string[] = [];
  let depth = 0;
  let item = '';
  for (const part of text.split(/([()[\]"“”]|[,;]|\s+(?:and|plus)\s+|\s&\s|\s\+\s)/i)) {
    if (part === '(' || part === '[' || part === '“') depth += 1;
    if (part === ')' || part === ']' || part === '”') depth = Math.max(0, depth - 1);
    if (part === '"') depth = depth === 0 ? 1 : 0;
    if (depth === 0 && /^([,;]|\s+(and|plus)\s+|\s&\s|\s\+\s)$/i.test(part)) {
      items.push(item);
      item = '';
    } else item += part;
  }
  return [...items, item]
    .map((each) =>
      each
        .trim()
        .replace(/^(and|plus)\s+/i, '')
        .replace(/[.:]$/, ''),
    )
    .filter(Boolean);
}

/** Puts phrases into one piece that would otherwise be split: the operations of a CRUD page, ranges, paired names. */
export function joinPhrases(text: string): string {
  const operation =
    '(?:add(?:ing)?|creat(?:e|ing)|new|edit(?:ing)?|updat(?:e|ing)|delet(?:e|ing)|remov(?:e|ing)|view(?:ing)?|read)';
  const operations = pattern`
    (?:(?:buttons?|links?|a way|actions?|options?|forms?) (?:to|for)\x20|
    (?:to\x20|let me\x20|i can\x20|users can\x20|able to\x20)+)?
    \b${operation}(?:(?:\s*,\s*|\s*\/\s*|\s+and\s+|\s*,\s*and\s+|\s*&\s*)${operation})+\b
    (?: (?:buttons?|actions?|operations?|them|rows?|items?|entries|records|functionality|forms?|links?|it))*
  `;
  return text
    .replace(new RegExp(operations, 'gi'), 'crud')
    .replace(/\bfirst (?:and|&) last name\b/gi, 'first name, last name')
    .replace(/\bbetween (\d+) and (\d+)\b/gi, '($1-$2)')
    .replace(/\bfrom (\d+) to (\d+)\b/gi, '($1-$2)');
}

function readItem(item: string, noun: string): ReadField | null {
  const bare = item.replace(marker, '').trim();
  return bare === '' ? null : readField(bare.replace(/^(?:with|having|including|shows?|for) (?=\S)/i, ''), noun);
}

/** `status as a badge` in a list names a new column; `sorting on status` speaks about one that is there. */
function isAboutNewField(feature: Feature, all: readonly ReadField[]): boolean {
  if (!('on' in feature) || feature.on === 'all') return false;
  if (feature.kind !== 'badge' && feature.kind !== 'required' && feature.kind !== 'optional') return false;
  return !feature.on.some((name) => all.some((each) => words.same(each.field.label, name)));
}

/** After `sortable by name` the next item may be a second name; it is, if such a field is known. */
function extend(feature: Feature, item: string, all: readonly ReadField[]): boolean {
  if (!('on' in feature) || feature.on === 'all') return false;
  const name = item.replace(/^the\s+/i, '').replace(/\s+(columns?|fields?)$/i, '');
  if (!all.some((each) => words.same(each.field.label, name))) return false;
  feature.on = [...feature.on, name];
  return true;
}
