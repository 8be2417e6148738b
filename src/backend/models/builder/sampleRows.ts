import { optionsOf, type Field, type Row, type Value } from './pageSpec.ts';
import { words } from './words.ts';

/** Enough rows to see sorting and filtering work without drowning the file in data. */
export const SAMPLE_ROWS = 8;

/** The smallest picture there is: the stylesheet gives it a size and a colour, so samples show without a network. */
const SAMPLE_PICTURE = 'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg"/>';

const people = [
  'Amara Okafor', 'Ben Larsen', 'Chloe Martin', 'Diego Santos', 'Elif Demir', 'Farid Haddad', 'Grace Kim', 'Hugo Weber', 'Ines Costa',
  'Jonas Berg', 'Keiko Mori', 'Liam Walsh', 'Maya Patel', 'Noah Fischer', 'Olga Novak', 'Pablo Ruiz', 'Quinn Harper', 'Rosa Conti',
  'Samir Aziz', 'Tara Singh', 'Uma Rao', 'Viktor Horn', 'Wen Zhao', 'Yara Nasser',
]; // prettier-ignore
const products = [
  'Desk lamp', 'Oak shelf', 'Wool blanket', 'Water bottle', 'Notebook', 'Coffee grinder', 'Bike light', 'Garden chair', 'Backpack',
  'Tea pot', 'Wall clock', 'Picture frame', 'Rain jacket', 'Cutting board', 'Headphones', 'Travel mug',
]; // prettier-ignore
const companies = [
  'Alder & Sons',
  'Bluebird Labs',
  'Cedar Works',
  'Delta Foods',
  'Elm Studio',
  'Fjord Logistics',
  'Granite Bank',
  'Harbor Media',
];
const tasks = [
  'Write the brief',
  'Call the supplier',
  'Review the draft',
  'Fix the gate',
  'Plan the launch',
  'Book the room',
  'Send the invoice',
  'Update the guide',
];
const titles = [
  'First steps',
  'A quiet year',
  'Field notes',
  'The long road',
  'Small wonders',
  'North wind',
  'Open water',
  'Night train',
];
const sentences = [
  'Arrived on time.',
  'Needs a second look.',
  'Asked for a callback.',
  'All good so far.',
  'Waiting for details.',
  'Please keep it short.',
];
const streets = ['Mill Lane', 'Station Road', 'Park Avenue', 'Harbor Street', 'Church Hill', 'Garden Row'];
const cities = ['Vienna', 'Lisbon', 'Osaka', 'Nairobi', 'Toronto', 'Leeds', 'Lyon', 'Recife'];
const countries = ['Austria', 'Portugal', 'Japan', 'Kenya', 'Canada', 'United Kingdom', 'France', 'Brazil'];

/** Which option a row takes: the first ones more often, as in life. */
const spread = [0, 0, 1, 0, 2, 1, 0, 3];

const personNouns =
  /user|person|people|customer|employee|member|contact|student|teacher|patient|client|guest|lead|author|staff|team|candidate|applicant|subscriber|attendee|friend|player|driver|doctor|volunteer|vendor|colleague/;

/** Which list a text column draws from, by its label; the first that fits wins. */
const textLists: readonly (readonly [RegExp, readonly string[]])[] = [
  [/compan|organi[sz]ation|supplier|brand|employer|client/, companies],
  [
    /customer|author|owner|assignee|contact|manager|person|user|employee|teacher|student|guest|host|sender|recipient|full name|member|agent/,
    people,
  ],
  [/product|item/, products],
  [/task|todo|summary/, tasks],
  [/city|town|location|place|^(wohn)?ort$|stadt/, cities],
  [/country|nation|^land$/, countries],
  [/street|address|straße|adresse/, streets],
  [/title|headline/, titles],
];

/** Deterministic rows that fit the columns' types; the same columns and count give the same rows. */
export function sampleRows(columns: readonly Field[], noun: string, count = SAMPLE_ROWS): Row[] {
  return Array.from({ length: count }, (_, index) =>
    Object.fromEntries(columns.map((column, place) => [column.key, sampleValue(column, columns, noun, index, place)])),
  );
}

function sampleValue(column: Field, columns: readonly Field[], noun: string, index: number, place: number): Value {
  const shuffled = index * 7 + place * 3;
  const options = optionsOf(column);
  switch (column.type) {
    case 'email':
      return `${personAt(columns, noun, index)
        .toLowerCase()
        .replace(/[^a-z]+/g, '.')}@example.com`;
    case 'phone':
      return `+1 555 01${String((shuffled * 13) % 100).padStart(2, '0')}`;
    case 'url':
      return `https://example.com/${words.kebab(noun)}/${index + 1}`;
    case 'image':
      return SAMPLE_PICTURE;
    case 'number':
    case 'money':
    case 'percent':
      return sampleNumber(column, shuffled);
    case 'date':
      return sampleDate(column.label, index, place);
    case 'time':
      return `${String(8 + (shuffled % 10)).padStart(2, '0')}:${shuffled % 2 === 0 ? '00' : '30'}`;
    case 'boolean':
      return shuffled % 3 !== 1;
    case 'select':
    case 'badge':
      return options[at(spread, index + place) % options.length] ?? '';
    case 'password':
      return '••••••••';
    case 'longText':
      return at(sentences, shuffled);
    case 'text':
      return sampleText(column, noun, index, place);
  }
}

/** The person a row is about, so that the address in a row belongs to the name in it. */
function personAt(columns: readonly Field[], noun: string, index: number): string {
  const place = columns.findIndex((column) => column.type === 'text' && listFor(column, noun) === people);
  return at(people, place === -1 ? index : index + place * 5);
}

function sampleText(column: Field, noun: string, index: number, place: number): string {
  const label = column.label.toLowerCase();
  if (/\b(id|sku|code|reference|ref|number|no|isbn|ean|serial)$/.test(label)) return `${prefix(noun)}-${1001 + index}`;
  if (/\b(zip|postal) ?(code)?$|^plz$|postleitzahl$/.test(label)) return String(10_115 + index * 1_373);
  if (/^(first name|vorname)$/.test(label)) return at(people, index).split(' ')[0] ?? '';
  if (/^(last name|surname|family name|nachname)$/.test(label)) return at(people, index).split(' ')[1] ?? '';
  if (/^(user ?name|login|handle)$/.test(label)) return at(people, index).toLowerCase().replace(' ', '.');
  const list = listFor(column, noun);
  if (!list) return `${column.label} ${index + 1}`;
  const round = Math.floor(index / list.length);
  return at(list, index + place * 5) + (round > 0 ? ` ${round + 1}` : '');
}

function listFor(column: Field, noun: string): readonly string[] | null {
  const label = column.label.toLowerCase();
  if (/^(name|display name)$/.test(label)) return listForNoun(noun.toLowerCase());
  const found = textLists.find(([pattern]) => pattern.test(label));
  if (found && /title|name/.test(label) && /task|todo/.test(noun)) return tasks;
  return found?.[1] ?? null;
}

function listForNoun(noun: string): readonly string[] | null {
  if (personNouns.test(noun)) return people;
  if (/product|item|stock|inventor|good|article/.test(noun)) return products;
  if (/compan|supplier|organi|account|business|vendor/.test(noun)) return companies;
  if (/task|todo|issue|ticket|project/.test(noun)) return tasks;
  if (/cit(y|ies)|place|location|store|branch/.test(noun)) return cities;
  return /countr/.test(noun) ? countries : null;
}

function sampleNumber(column: Field, seed: number): number {
  const label = column.label.toLowerCase();
  const [low, high] = rangeFor(label, column.type);
  const floor = column.min ?? low;
  const ceiling = Math.max(floor, column.max ?? Math.max(high, floor + 10));
  const whole = floor + ((seed * 37) % (ceiling - floor + 1));
  return column.type === 'money' && ceiling < 1000 && whole < ceiling ? whole + 0.5 : whole;
}

function rangeFor(label: string, type: Field['type']): [number, number] {
  if (/year/.test(label)) return [2005, 2025];
  if (/age/.test(label)) return [19, 67];
  if (/rating|stars/.test(label)) return [1, 5];
  if (/salary|budget|revenue|income|profit|gehalt|umsatz/.test(label)) return [32_000, 96_000];
  if (/quantity|qty|guests|seats|hours/.test(label)) return [1, 12];
  if (type === 'percent') return [5, 95];
  return type === 'money' ? [8, 240] : [0, 120];
}

function sampleDate(label: string, index: number, place: number): string {
  const days = index * 11 + place * 5;
  const year = /birth|dob|born|geburt/i.test(label) ? 1970 + ((index * 7) % 33) : 2026;
  return `${year}-${String(1 + (Math.floor(days / 28) % 12)).padStart(2, '0')}-${String(1 + (days % 28)).padStart(2, '0')}`;
}

function prefix(noun: string): string {
  return words.kebab(words.one(noun)).replace(/-/g, '').slice(0, 3).toUpperCase();
}

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new RangeError('A sample list is empty.');
  return found;
}
