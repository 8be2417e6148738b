import { pattern } from './pattern.ts';
import { wordTable } from '../../../core/wordTable.ts';
/**
 * What a phrase asks a page to do. Names in it are still the person's words; they are looked up once all fields are
 * known.
 */
export type Feature =
  | { kind: 'sort' | 'search' | 'filter' | 'badge' | 'required' | 'optional' | 'valid'; on: readonly string[] | 'all' }
  | { kind: 'minLength'; on: readonly string[] | 'all'; count: number }
  | { kind: 'startSort'; /** A column, or `newest` or `oldest`: by the first date. */ by: string; descending: boolean }
  | { kind: 'paging'; size: number | null }
  | { kind: 'steps'; count: number }
  | { kind: 'rows'; count: number }
  | { kind: 'title'; text: string }
  | { kind: 'button'; text: string }
  | { kind: 'crud' }
  | { kind: 'nothing' };

const leadIn = pattern`
    ^(and|also|plus|then|please|with|include|includes|including|add|enable|support|supports
    |allow|has|have|having|provide|put|show|use|make|it should|they should|it must|must
    |should|it|that|which|is|are|be|i want|i need|i'd like|we need|give it|give me|there should be
    |there is|to be able to|be able to|able to|users can|people can|i can|let me|let users
    |let people|users should|the table should|the table|the list|the page|the form|them
    |this|of|a|an|the|some|basic|simple|working|client-side|client side|live|proper
    |full)\s+
  `;
const place = pattern`
    \s+((above|below|over|under|to|on|in|for|at the top of|at the bottom of|on top of) (it
    |the (\w+[ -])?(table|list|page|form|top|bottom|grid|header)|top|each page|every page
    |this page|my page|the side)|too|as well|please|also|there|functionality|feature
    |support|controls?|option|options|at the (top|bottom))$
  `;
const every = /^(all|every|each|any)( of)?( the)?( its)?( (columns?|fields?|headers?|inputs?|of them|one))?$/;

const numbers = wordTable<number>({
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  twenty: 20,
});

/** The number a word or numeral says; NaN for neither. */
export function numberIn(text: string | undefined): number {
  return numbers[text ?? ''] ?? Number(text);
}

/**
 * Reads one phrase such as `sortable by price`, `10 rows per page` or `status as a badge`; null if it is none of these.
 */
export function readFeature(phrase: string): Feature | null {
  const written = phrase.trim().replace(/[.,;:]+$/, '');
  const named = readNamed(written);
  if (named) return named;
  const text = strip(written.toLowerCase().replace(/\s+/g, ' '));
  for (const read of [readSort, readSearch, readFilter, readPaging, readCheck, readBadge, readRest]) {
    const feature = read(text);
    if (feature) return hasNames(feature) ? feature : null;
  }
  return null;
}

/** Names are a few words; anything longer is a sentence that was misread. */
function hasNames(feature: Feature): boolean {
  if (!('on' in feature) || feature.on === 'all') return true;
  return feature.on.every((name) => /^[\p{L}\p{N}][\p{L}\p{N}'#%/-]*( [\p{L}\p{N}#%/'-]+){0,3}$/u.test(name));
}

function readNamed(text: string): Feature | null {
  const title = pattern`
      ^(?:and |it is |is |with )*(?:the |a )?(?:page |table |form )?(?:title[d]?|called
      |headed|heading)(?: is| of|:)? ["“'‘]?([^"”’]{1,60}?)["”'’]?$
    `.exec(text);
  if (title?.[1]) return { kind: 'title', text: title[1] };
  const button = pattern`
      ^(?:and |with |the |a )*(?:submit )?button (?:called|labelled|labeled|saying|that says
      |text|says) ["“'‘]?([^"”’]{1,30}?)["”'’]?$
    `.exec(text);
  return button?.[1] ? { kind: 'button', text: button[1] } : null;
}

function strip(text: string): string {
  let rest = text;
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(leadIn, '').replace(place, '').trim();
  }
  return rest;
}

const directed =
  / (?:(?:asc|desc)(?:ending(?:ly)?)?(?: order)?|(?:highest|largest|newest|latest|lowest|smallest|oldest) first)$/;
const startSort = pattern`
  ^(?:initially |first )?(?:sorted|ordered|default sort|sort default|sorted at first)(?: order)? (?:by|on)\x20
  (?:the )?(.+?)(?: in)?( (?:asc|desc)(?:ending(?:ly)?)?(?: order)?|,? (?:highest
  |largest|newest|latest) first|,? (?:lowest|smallest|oldest) first)?$
`;

function readSort(text: string): Feature | null {
  const newest = pattern`
      ^(?:sort(?:ed)?(?: by)? |ordered |order )?(?:by )?(?:the )?(newest|latest|most recent
      |oldest)(?: [a-z]+)? (?:first|on top)$
    `.exec(text);
  if (newest)
    return { kind: 'startSort', by: newest[1] === 'oldest' ? 'oldest' : 'newest', descending: newest[1] !== 'oldest' };
  const start =
    startSort.exec(text) ??
    startSort.exec(text.replace(/^sort(?:ing)? (.+) (?:by|as) default$/, 'sorted $1')) ??
    (directed.test(text) ? startSort.exec(text.replace(/^sort(?:ing)? /, 'sorted ')) : null);
  if (start?.[1] && !every.test(start[1]))
    return { kind: 'startSort', by: start[1], descending: /desc|high|larg|new|lat/.test(start[2] ?? '') };
  const suffix = /^(.+?) (?:columns? )?(?:(?:should|must|can|could) )?(?:be )?(?:sortable|sorted)$/.exec(text);
  if (suffix?.[1]) return { kind: 'sort', on: named(suffix[1]) };
  const main = pattern`
      ^(?:column |table |click(?:able)? |user )?(?:sort(?:ing|able|s|er)?|ordering|orderable
      |sortable (?:columns?|headers?|column headers?))(?: (?:by|on|for|of|to|via|with
      |in) (.+)| (all|every|each) (.+))?$
    `.exec(text);
  if (!main) return null;
  const on = main[1] ?? (main[2] ? `${main[2]} ${main[3] ?? ''}` : 'all');
  return {
    kind: 'sort',
    on: pattern`
      ^(columns?|clicking (a|the) (column )?headers?|click|header click|headers?|column headers?
      |a click on (a|the) header)$
    `.test(on)
      ? 'all'
      : named(on),
  };
}

function readSearch(text: string): Feature | null {
  const main = pattern`
      ^(?:text |full-text |quick |global |instant )?(?:search(?:able|ing|ed)?|filter box)
      (?: (?:box|bar|field|input))?(?: (?:by|on|for|in|across|over|through|to search|to find) (.+))?$
    `.exec(text);
  if (main) return { kind: 'search', on: wide(main[1]) };
  const own = /^(.+?) search(?: (?:box|bar|field|input))?$/.exec(text);
  return own?.[1] ? { kind: 'search', on: named(own[1]) } : null;
}

function wide(text: string | undefined): readonly string[] | 'all' {
  return text === undefined || /^(everything|anything|text|rows|them|it)$/.test(text) ? 'all' : named(text);
}

function readFilter(text: string): Feature | null {
  const main = pattern`
      ^(?:filter(?:ing|able|s|ed)?|a filter)(?: (?:box|dropdown|drop-down|select)s?)?
      (?: (?:by|on|for|of|to filter by) (.+))?$
    `.exec(text);
  if (main) return { kind: 'filter', on: wide(main[1]) };
  const own = /^(.+?) filter(?: dropdown)?s?$/.exec(text);
  return own?.[1] ? { kind: 'filter', on: named(own[1]) } : null;
}

function readPaging(text: string): Feature | null {
  const rows = pattern`
      ^(?:(?:with )?(?:about )?)(\w+) (?:sample|example|dummy|mock|fake|test) (?:rows
      |records|items|entries|users|products)$
    `.exec(text);
  if (rows && numberIn(rows[1]) > 0) return { kind: 'rows', count: numberIn(rows[1]) };
  const size = pattern`
      ^(?:pag(?:ing|ination|inated?|ed|es)?,?\s*)?(?:\(|with |of |at |by |to )*(?:only )?(\w+)\s?
      (?:rows?|items?|entries|records|results|users|products|orders)?(?: shown)?(?: per
      | a| on each| on a| each|\/) ?page\)?$
    `.exec(text);
  if (size && numberIn(size[1]) > 0) return { kind: 'paging', size: numberIn(size[1]) };
  const by = /^(?:pag(?:ing|ination|inated?|ed))(?: (?:with|of|by|at) (\w+)(?: rows?| items?)?)?$/.exec(text);
  if (by)
    return by[1] === undefined
      ? { kind: 'paging', size: null }
      : numberIn(by[1]) > 0
        ? { kind: 'paging', size: numberIn(by[1]) }
        : null;
  return /^(pages|page by page|page numbers|page buttons|next and previous (buttons|links))$/.test(text)
    ? { kind: 'paging', size: null }
    : null;
}

function readCheck(text: string): Feature | null {
  if (
    pattern`
      ^((form|input|field|inline|html5?) )?validat(ion|ed|e)( (on|of|for) (all|every|each) (field
      |input)s?)?( messages| errors)?( (all|the|every) (field|input)s?)?$
    `.test(text)
  )
    return { kind: 'nothing' };
  if (/^(error messages?|validation errors?|inline errors?|clear errors?)$/.test(text)) return { kind: 'nothing' };
  const required =
    /^(.+?)(?: (?:field|column)s?)? (?:(?:is|are|should be|must be|be|to be|as) )?(required|mandatory|optional)$/.exec(
      text,
    );
  if (required?.[1] && !/^\d/.test(required[1]))
    return { kind: required[2] === 'optional' ? 'optional' : 'required', on: named(required[1]) };
  const lead = /^(required|mandatory|optional)(?: fields?)?(?:: | are )(.+)$/.exec(text);
  if (lead?.[2]) return { kind: lead[1] === 'optional' ? 'optional' : 'required', on: named(lead[2]) };
  return null;
}

function readBadge(text: string): Feature | null {
  const shape = '(?:colou?r(?:ed|ful)? |status )?(?:badge|pill|chip|tag)s?';
  const main = pattern`
    ^(?:turn\x20|display\x20|render\x20)?(?:the\x20)?(.+?)
    (?: (?:should|must|can))?(?: be)?(?: (?:shown|displayed|rendered))?
    (?: as| a| an| into| with| in| is| are)+ (?:an?\x20)?${shape}$
  `.exec(text);
  if (main?.[1]) return { kind: 'badge', on: named(main[1]) };
  const before = new RegExp(`^${shape} (?:for|on|in) (?:the )?(.+)$`).exec(text);
  return before?.[1] ? { kind: 'badge', on: named(before[1]) } : null;
}

function readRest(text: string): Feature | null {
  const steps = /^(?:split (?:it )?(?:up )?)?(?:in|into|over|across)?\s?(\w+) steps$/.exec(text);
  if (steps && numberIn(steps[1]) > 1) return { kind: 'steps', count: numberIn(steps[1]) };
  if (/^(full )?crud( operations| functionality| actions| page| (the )?[a-z]+s)?$|^editable( rows)?$/.test(text))
    return { kind: 'crud' };
  const plain = pattern`
      ^(responsive|accessible|keyboard accessible|keyboard friendly|mobile[- ]friendly
      |works? on (mobile|phones)|readable|clean|modern|nice|simple|pretty|plain|tidy|thanks?( you)?
      |cheers|sample data|dummy data|mock data|example data|sample rows|example rows|some rows
      |empty state|an empty state|row count|header|heading|columns|fields|plain html|in html
      |html|it|no build|without a build|submit button|a submit button|next and back buttons
      |back and next buttons|progress( indicator| bar)?|caption)$
    `;
  return plain.test(text) ? { kind: 'nothing' } : null;
}

/** Splits the names that a phrase puts together: `name and email` is two. */
function named(text: string): readonly string[] | 'all' {
  if (every.test(text) || /^(everything|columns|fields|inputs)$/.test(text)) return 'all';
  const list = text.split(/\s*,\s*(?:and\s+)?|\s+and\s+|\s*&\s*|\s+or\s+/).map((name) =>
    name
      .replace(/^the\s+/, '')
      .replace(/\s+(columns?|fields?)$/, '')
      .trim(),
  );
  return list.filter(Boolean);
}
