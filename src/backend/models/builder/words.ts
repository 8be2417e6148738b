import { wordTable } from '../../../core/wordTable.ts';

/** Turns what people write into the names that files, code and headings need. Every function is pure and total. */
export const words = { camel, kebab, pascal, title, one, many, same };

const acronyms = new Set([
  'id',
  'url',
  'sku',
  'vat',
  'isbn',
  'iban',
  'ip',
  'zip',
  'qty',
  'vin',
  'ean',
  'uid',
  'crm',
  'faq',
  'kpi',
  'hr',
  'mrr',
  'arr',
]);
const shown = wordTable<string>({ qty: 'Qty', zip: 'ZIP' });
const irregular = wordTable<string>({
  person: 'people',
  child: 'children',
  man: 'men',
  woman: 'women',
  staff: 'staff',
  equipment: 'equipment',
  news: 'news',
  series: 'series',
  status: 'statuses',
  inventory: 'inventory',
});

function parts(text: string): string[] {
  return text
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean);
}

/** An identifier such as `placedOn`; `_` before a leading digit, `field` where no letter is left. */
function camel(text: string): string {
  const [first = 'field', ...rest] = parts(text);
  const name = first + rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  return /^\d/.test(name) ? `_${name}` : name;
}

function kebab(text: string): string {
  return parts(text).join('-') || 'page';
}

function pascal(text: string): string {
  const name = camel(text).replace(/^_/, 'N');
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** A label in sentence case: `Placed-on date`, `Product ID`. Capitals that the person wrote are kept. */
function title(text: string): string {
  const written = text.trim().split(/\s+/).map(titleWord);
  const joined = written.join(' ');
  return joined.charAt(0).toUpperCase() + joined.slice(1);
}

function titleWord(word: string): string {
  const lower = word.toLowerCase();
  if (acronyms.has(lower)) return shown[lower] ?? lower.toUpperCase();
  return word;
}

function one(noun: string): string {
  return lastWord(noun, (word) => {
    const found = Object.entries(irregular).find(([, plural]) => plural === word);
    if (found) return found[0];
    if (/[^aeiou]ies$/.test(word)) return word.replace(/ies$/, 'y');
    if (/(ss|x|z|ch|sh)es$/.test(word)) return word.replace(/es$/, '');
    return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
  });
}

function many(noun: string): string {
  return lastWord(noun, (word) => {
    const known = irregular[word];
    if (known) return known;
    if (Object.values(irregular).includes(word) || (one(word) !== word && !/ss$/.test(word))) return word;
    if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, 'ies');
    return /(s|x|z|ch|sh)$/.test(word) ? `${word}es` : `${word}s`;
  });
}

function lastWord(noun: string, change: (word: string) => string): string {
  const at = noun.lastIndexOf(' ') + 1;
  return noun.slice(0, at) + change(noun.slice(at));
}

/** Whether two phrases name the same thing, whatever their case, number, hyphens and spaces. */
function same(a: string, b: string): boolean {
  const plain = (text: string) => one(parts(text).join(' '));
  return plain(a) === plain(b);
}
