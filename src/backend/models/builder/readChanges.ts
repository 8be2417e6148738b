import { pattern } from './pattern.ts';
import type { Chart, Metric } from './pageSpec.ts';
import { readChart } from './readChart.ts';
import { readMetric } from './readMetric.ts';
import { readField, type ReadField } from './readField.ts';
import { readFeature, type Feature } from './readFeature.ts';
import { itemsOf, joinPhrases, readList } from './readList.ts';
import type { Reading } from './readRequest.ts';
import { words } from './words.ts';

/** One change to a page that stands. Names are the person's words; they are looked up in the page. */
export type Change =
  | { readonly kind: 'add'; readonly fields: readonly ReadField[]; readonly place: Place | null }
  | { readonly kind: 'remove'; readonly names: readonly string[] }
  | { readonly kind: 'rename'; readonly from: string; readonly to: string }
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'feature'; readonly feature: Feature }
  | { readonly kind: 'without'; readonly what: readonly Removable[] }
  | { readonly kind: 'chart'; readonly chart: Chart }
  | { readonly kind: 'metric'; readonly metric: Metric };

/** What a table can lose again. */
export type Removable = 'sorting' | 'search' | 'filters' | 'paging';

export interface Place {
  readonly side: 'after' | 'before' | 'first';
  readonly name: string;
}

interface Draft {
  page: string | null;
  readonly changes: Change[];
}

const politeness = pattern`
    ^(?:(?:hi|hey|please|pls|kindly|ok|okay|now|next|so|also|then|great|thanks|and|finally)[,!]?\s+
    |(?:can|could|would|will) you (?:please |also )?|(?:i|we)(?:'d| would)? (?:need
    |want|like)(?: you)? to (?=add|make|rename|remove|sort|show)|let's )+
  `;
const nextClause = pattern`
    (?:,\s*(?:and\s+|then\s+)?|\s+and\s+(?:then\s+|also\s+)?|;\s*)(?=(?:add|make|rename
    |remove|delete|drop|turn|show|include|enable|change|insert|allow|call|let|sort|filter
    |search|paginate)\b)
  `;

/**
 * Reads a message as changes to a page that Builder made earlier. A phrase that isn't one makes the message a refusal.
 */
export function readChanges(sentences: readonly string[]): Reading {
  const draft: Draft = { page: null, changes: [] };
  for (const sentence of sentences) {
    for (const clause of joinPhrases(sentence.replace(politeness, '')).split(nextClause)) {
      if (!readClause(clause.replace(politeness, '').trim(), draft)) return { kind: 'refusal', words: clause.trim() };
    }
  }
  if (draft.changes.length === 0) return { kind: 'refusal', words: null };
  return { kind: 'change', page: draft.page, changes: draft.changes };
}

function readClause(clause: string, draft: Draft): boolean {
  const text = resolveIt(withoutPlace(clause, draft).replace(/[,\s]+(?:please|thanks|too|as well)$/i, ''), draft);
  const change =
    readTitle(text) ??
    readButton(text) ??
    readStartSort(text) ??
    readRename(text) ??
    readRemove(text) ??
    readAdd(text) ??
    readPart(text);
  if (change) draft.changes.push(change);
  return change !== null || readFeatures(text, draft) || readLoneField(text, clause, draft);
}

/** Takes `to the users table` or `in users.html` out of the clause and notes which page it names. */
function withoutPlace(clause: string, draft: Draft): string {
  const leading = pattern`
    ^(?:in|on|for)\s+((?:the\x20|my\x20)?(?:[\w-]+ (?:table|list|page|form|dashboard)|[\w-]+\.html))\b,?\s+
    (?:please\s+)?(.+)$
  `.exec(clause);
  if (leading) return withoutPlace(`${leading[2] ?? ''} in ${leading[1] ?? ''}`, draft);
  const file = /\s+(?:to|in|on|from|of|for)\s+(?:the\s+)?[`"]?([\w-]+)\.(?:html|js|css|tsx)[`"]?/i.exec(clause);
  const page = pattern`
      \s+(?:to|in|on|from|of|for)\s+(?:the|my|our|this|that)\s+(?:([a-z][\w-]*(?: [a-z][\w-]*)?)\s+)?
      (?:table|list|page|form|dashboard|wizard)\b(?! (?:title|heading|header))
    `.exec(clause);
  const found = file ?? page;
  if (!found) return clause;
  const name = found[1]?.toLowerCase();
  if (name !== undefined && !/^(?:whole|same|main|new|current|existing|crud|above|data)$/.test(name)) {
    if (draft.page !== null && !words.same(draft.page, name)) return clause;
    draft.page = name;
  }
  return clause.slice(0, found.index) + clause.slice(found.index + found[0].length);
}

/** `add a phone column and make it required`: it is the field that was just added. */
function resolveIt(text: string, draft: Draft): string {
  const last = draft.changes.at(-1);
  const named =
    last?.kind === 'add' && last.fields.length === 1
      ? last.fields[0]?.field.label
      : last?.kind === 'rename'
        ? last.to
        : undefined;
  return named === undefined ? text : text.replace(/^(make|turn|show) (?:it|this|that)\b/i, `$1 ${named}`);
}

const quoted = `["“'‘\`]?([^"”’'\`]{1,60}?)["”’'\`]?`;

function readTitle(text: string): Change | null {
  const found = pattern`
    ^(?:change|rename|set|update|make)\s+(?:the\s+)?(?:[\w-]+\s+)?(?:page\x20|table\x20|form\x20|dashboard\x20)?
    (?:title|heading|name of the (?:page|table|form)|page name|page heading)
    (?:\s+from\s+["']?[^"']+?["']?)?\s+(?:to|be|as|into)\s+${quoted}$
  `.exec(text);
  const page = pattern`
    ^(?:rename|retitle|call)\s+(?:the|this|my)\s+(?:[\w-]+\s+)?(?:page|table|form|dashboard|list)\s+
    (?:to\s+|as\s+)?${quoted}$
  `.exec(text);
  const title = found?.[1] ?? page?.[1];
  return title === undefined ? null : { kind: 'title', text: words.title(title) };
}

function readRename(text: string): Change | null {
  const noun = '(?:\\s+(?:column|field|label|header|column header|column label)s?)?';
  const found =
    new RegExp(
      `^rename\\s+(?:the\\s+)?(?:(?:column|field)\\s+)?${quoted}${noun}\\s+(?:to|as|into|->|→)\\s+${quoted}$`,
      'i',
    ).exec(text) ??
    new RegExp(
      `^(?:change|set)\\s+(?:the\\s+)?(?:label|header|name)\\s+of\\s+(?:the\\s+)?${quoted}${noun}\\s+to\\s+${quoted}$`,
      'i',
    ).exec(text) ??
    new RegExp(`^call\\s+(?:the\\s+)?${quoted}\\s+(?:column|field)\\s+${quoted}$`, 'i').exec(text);
  if (found?.[1] === undefined || found[2] === undefined) return null;
  const to = readField(found[2].replace(/\s+(?:column|field)$/i, ''), '');
  return to ? { kind: 'rename', from: found[1], to: words.title(found[2].replace(/\s+(?:column|field)$/i, '')) } : null;
}

function readRemove(text: string): Change | null {
  const found =
    /^(?:remove|delete|drop|hide|get rid of|take out)\s+(?:the\s+)?(.+?)\s+(?:column|field)s?$/i.exec(text) ??
    /^(?:remove|delete|drop)\s+(?:the\s+)?(?:column|field)s?\s+(.+)$/i.exec(text);
  const lone = /^(?:remove|delete|drop|get rid of|take out)\s+(?:the\s+)?(.+)$/i.exec(text);
  const names = found?.[1] ?? lone?.[1];
  if (names === undefined) return null;
  const listed = itemsOf(names).map((name) => name.replace(/^the\s+/i, ''));
  const what = listed.flatMap((name) => removable.find(([pattern]) => pattern.test(name))?.[1] ?? []);
  if (!found && what.length === listed.length) return { kind: 'without', what };
  return found || listed.every((name) => readField(name, '') !== null || partName.test(name))
    ? { kind: 'remove', names: listed }
    : null;
}

const partName = /\s+(?:card|figure|kpi|metric|tile|stat|chart|graph)$/i;
const removable: readonly (readonly [RegExp, Removable])[] = [
  [/^(?:column )?sort(?:ing)?$/i, 'sorting'],
  [/^search(?:ing)?(?: (?:box|bar|field|input))?$/i, 'search'],
  [/^(?:all )?filter(?:s|ing)?(?: dropdowns?)?$/i, 'filters'],
  [/^(?:paging|pagination|pages)$/i, 'paging'],
];

/** `change the button to Join`. */
function readButton(text: string): Change | null {
  const found = pattern`
    ^(?:change|set|rename|make|update)\s+(?:the\s+)?(?:submit\s+)?button(?:\s+(?:text|label))?\s+
    (?:to|say|be)(?:\s+say)?\s+${quoted}$
  `.exec(text);
  return found?.[1] === undefined ? null : { kind: 'feature', feature: { kind: 'button', text: found[1] } };
}

/** `sort by name`: of a page that stands, the order that it starts in; `make name sortable` is a feature. */
function readStartSort(text: string): Change | null {
  const found = pattern`
    ^(?:sort|order)(?:\s+(?:it|them|(?:the|my|all)\s+(?:[\w-]+\s+)?[\w-]+))?\s+by\s+(?:the\s+)?(.+)$
  `.exec(text);
  if (found?.[1] === undefined || /,|\sand\s/i.test(found[1])) return null;
  const by = found[1]
    .replace(/\s+(?:by|as)\s+default$/i, '')
    .replace(/^(?:newest|latest|most recent|oldest)$/i, '$& first')
    .replace(/,?\s+(?:from\s+)?(?:high(?:est)?\s+to\s+low(?:est)?|z\s?(?:-|to)\s?a)$/i, ' descending')
    .replace(/,?\s+(?:from\s+)?(?:low(?:est)?\s+to\s+high(?:est)?|a\s?(?:-|to)\s?z|alphabetically)$/i, ' ascending');
  const feature = readFeature(`sorted by ${by}`);
  if (feature?.kind !== 'startSort' || !/^\S+(?: \S+){0,3}$/.test(feature.by)) return null;
  return { kind: 'feature', feature };
}

/** `add a chart of orders by week`, `add a refunds card`: one more part of a dashboard. */
function readPart(text: string): Change | null {
  if (!adding.test(text)) return null;
  const item = text.replace(adding, '');
  const chart = readChart(item, null);
  if (chart) return { kind: 'chart', chart };
  const metric = /\b(?:card|figure|kpi|metric|tile|stat)s?\b/i.test(item) ? readMetric(item) : null;
  return metric && { kind: 'metric', metric };
}

const adding = /^(?:add|include|insert|put in|also show|show|append|give it)\s+(?:me\s+)?/i;

function readAdd(text: string): Change | null {
  if (!adding.test(text)) return null;
  const { rest, place } = takePlace(text.replace(adding, ''));
  const typed = pattern`
      ^(?:an?\s+)?(dropdown|select|checkbox|text ?area|date picker)(?:\s+field)?\s+(?:for
      |called|named)\s+(?:the\s+)?(.+)$
    `.exec(rest);
  const lead = pattern`
      ^(?:(?:an?|the|another|new|more|extra|two|three|four|following)\s+)*(?:required\x20
      |optional )?(?:columns?|fields?|inputs?)(?:\s+(?:for|called|named|with))?\s*:?\s+(.+)$
    `.exec(rest);
  const tail = pattern`
      ^(?:(?:an?|the|another|new|more|extra|two|three|four)\s+)*(.+?)\s+(?:columns?|fields?
      |inputs?)(\s*\([^)]*\)|\s+(?:as|with|in|at least|min)\s.+|,? (?:required|optional))?$
    `.exec(rest);
  const list = typed
    ? `${typed[2] ?? ''} (${typed[1] ?? ''})`
    : (lead?.[1] ??
      (tail ? `${(tail[1] ?? '').replace(/\s+(?:columns?|fields?)(?=,| and |$)/gi, '')}${tail[2] ?? ''}` : null));
  if (list === null) return null;
  const read = readList(list.replace(/^["']|["']$/g, ''), '');
  if (read.kind === 'unread' || read.features.length > 0 || read.fields.length === 0) return null;
  return { kind: 'add', fields: read.fields, place };
}

function takePlace(text: string): { rest: string; place: Place | null } {
  const found = pattern`
      ,?\s+(after|before|next to|right of|left of|behind)\s+(?:the\s+)?["']?([\w -]+?)["']?
      (?:\s+(?:column|field))?$
    `.exec(text);
  if (found?.[2]) {
    const side = /before|left/i.test(found[1] ?? '') ? 'before' : 'after';
    return { rest: text.slice(0, found.index), place: { side, name: found[2] } };
  }
  const first = /,?\s+(?:as the first (?:column|field)|at the (?:start|beginning|front)|first)$/i.exec(text);
  if (first) return { rest: text.slice(0, first.index), place: { side: 'first', name: '' } };
  return { rest: text.replace(/,?\s+(?:as the last (?:column|field)|at the end)$/i, ''), place: null };
}

/** `add sorting, search and paging`: every item must be a feature that changes something. */
function readFeatures(text: string, draft: Draft): boolean {
  const whole = readFeature(text);
  const items = whole && !('on' in whole) ? null : readFeatureItems(text);
  const found = items ?? (whole ? [whole] : []);
  if (found.length === 0 || found.some((feature) => feature.kind === 'nothing')) return false;
  draft.changes.push(...found.map((feature): Change => ({ kind: 'feature', feature })));
  return true;
}

/** `filter by role and status and 5 rows a page`: what is no feature itself is one more name of the one before it. */
function readFeatureItems(text: string): Feature[] | null {
  const features: Feature[] = [];
  for (const item of itemsOf(text)) {
    const feature = readFeature(item);
    const last = features.at(-1);
    if (feature) features.push(feature);
    else if (last && 'on' in last && last.on !== 'all') last.on = [...last.on, item.toLowerCase()];
    else return null;
  }
  return features;
}

/** `add a phone number to the form`: without the word column or field only a name whose type is beyond doubt. */
function readLoneField(text: string, clause: string, draft: Draft): boolean {
  if (!adding.test(text)) return false;
  const { rest, place } = takePlace(text.replace(adding, ''));
  const read = readField(rest, '');
  const isNamed = /\b(?:to|in|on) (?:the|my|our|this|that)\b.*\b(?:table|form|list|page)\b/i.test(clause);
  if (!read || /^(?:text|image)$/.test(read.field.type) || (!isNamed && /^(?:number|money)$/.test(read.field.type)))
    return false;
  draft.changes.push({ kind: 'add', fields: [read], place });
  return true;
}
