import { pattern } from './pattern.ts';
import { badgeColors, type BadgeColor, type Field, type FieldType } from './pageSpec.ts';
import {
  colorNames,
  colorWords,
  currencies,
  labelTypes,
  neverInLabel,
  optionRules,
  typeWords,
} from './fieldVocabulary.ts';
import { words } from './words.ts';

/** A label longer than this is a sentence that was misread. */
const MOST_LABEL_WORDS = 4;
/** More options than this belong into data, not into a sentence. */
const MOST_OPTIONS = 24;
const DEFAULT_TEXT_LENGTH = 8;
/** After these words `number` is the type; after others, as in `order number`, it is part of the name. */
const numeric = /\b(age|stock|quantity|years?|guests|seats|rating|score|count|units|days|hours|price|amount)$/i;

/** What is read of one field before it is complete. */
interface Draft {
  label: string;
  type: FieldType | null;
  badge: boolean;
  options: string[];
  colors: Record<string, BadgeColor>;
  required: boolean | null;
  min?: number;
  max?: number;
  minLength?: number;
  maxLength?: number;
  currency?: string;
}

/**
 * A field as written, with what was left open: whether it is required, and whether its options are only placeholders.
 */
export interface ReadField {
  readonly field: Field;
  readonly required: boolean | null;
  readonly guessedOptions: boolean;
}

/**
 * Reads one item of a list of columns or fields, such as `status (as colored badge)`, `password (min 8)`, `a picture
 * url` or `country select`. Null if any word of it is not understood.
 */
export function readField(item: string, noun: string): ReadField | null {
  const draft: Draft = { label: '', type: null, badge: false, options: [], colors: {}, required: null };
  const rest = takeModifiers(item.trim(), draft);
  if (rest === null) return null;
  const label = takeSuffixes(takeDeterminer(rest), draft);
  if (!isLabel(label)) return null;
  draft.label = words.title(label);
  return complete(draft, noun);
}

/** Turns any field into a badge; null where its values can't be listed. `seen` are the values in the rows. */
export function asBadge(field: Field, noun: string, seen: readonly string[] = []): Field | null {
  const kept = field.type === 'select' ? (field.options ?? []) : [];
  const known = field.type === 'boolean' ? ['Yes', 'No'] : (knownOptions(field.label, noun) ?? []);
  const options = kept.length > 0 ? kept : seen.length > 0 ? seen : known;
  if (options.length === 0 || field.type === 'password') return null;
  const { key, label, sort, required } = field;
  const type = field.type === 'boolean' ? 'boolean' : 'badge';
  return { key, label, type, ...(sort && { sort }), ...(required && { required }), colors: colorsFor(options, {}) };
}

function takeModifiers(text: string, draft: Draft): string | null {
  const inside = /\s*[([]([^()[\]]*)[)\]]\s*/.exec(text);
  if (inside) {
    if (!readModifiers(inside[1] ?? '', draft)) return null;
    return takeModifiers(`${text.slice(0, inside.index)} ${text.slice(inside.index + inside[0].length)}`.trim(), draft);
  }
  const listed = /^([^:=]+?)\s*[:=]\s*(\S.*[/|].*)$/.exec(text);
  if (listed) return readModifiers(listed[2] ?? '', draft) ? (listed[1] ?? '') : null;
  const typed = /^([^:]+?)\s*:\s*([^:]+)$/.exec(text);
  if (typed) return readModifiers(typed[2] ?? '', draft) ? (typed[1] ?? '') : null;
  return text;
}

function readModifiers(text: string, draft: Draft): boolean {
  const lead = /^(?:as )?(?:an? )?([a-z -]+?)(?:\s*[:=]| (?:of|with(?: options)?|from|with values))\s+(.+)$/i.exec(
    text.trim(),
  );
  if (lead && readModifier(lead[1] ?? '', draft)) return readOptions(lead[2] ?? '', draft);
  if (readModifier(text.trim(), draft)) return true;
  const unread: string[] = [];
  for (const piece of pieces(text)) if (!readModifier(piece, draft)) unread.push(piece);
  if (unread.length === 0) return true;
  return unread.length > 1 && readOptions(unread.join(','), draft);
}

function pieces(text: string): string[] {
  return text
    .split(/\s*[,;|/]\s*|\s+(?:and|or)\s+/)
    .map((piece) => piece.trim())
    .filter(Boolean);
}

function readOptions(text: string, draft: Draft): boolean {
  const found = pieces(text.replace(/^options:?\s*/i, ''));
  if (found.length < 2 || found.length > MOST_OPTIONS) return false;
  for (const piece of found) {
    const colored =
      /^(.+?)\s*(?:[=:-]|\bis\b|\bin\b)?\s*\(?\b(green|blue|amber|yellow|orange|red|purple|violet|gr[ae]y)\)?$/i.exec(
        piece,
      );
    const option = words.title((colored?.[1] ?? piece).replace(/^["'“‘]|["'”’]$/g, ''));
    if (!/^[\p{L}\p{N}][\p{L}\p{N} .'&+-]{0,30}$/u.test(option) || option.split(' ').length > 4) return false;
    const color = colorNames[(colored?.[2] ?? '').toLowerCase()];
    if (color) draft.colors[option] = color;
    draft.options.push(option);
  }
  if (Object.keys(draft.colors).length > 0) draft.badge = true;
  return new Set(draft.options).size === draft.options.length;
}

/** One modifier such as `required`, `min 8`, `as colored badge`, `in euros`. */
function readModifier(piece: string, draft: Draft): boolean {
  const text = piece
    .toLowerCase()
    .replace(/^(shown |displayed |rendered |as |is |be |with |an? |the |using |in an? )+/, '')
    .replace(/ (field|input|column|value|format)$/, '');
  if (/^(required|mandatory|must be filled in|not empty)$/.test(text)) return setRequired(draft, true);
  if (/^(optional|not required)$/.test(text)) return setRequired(draft, false);
  return readType(text, draft) || readCurrency(text, draft) || readBounds(text, draft);
}

function setRequired(draft: Draft, required: boolean): true {
  draft.required = required;
  return true;
}

function readType(text: string, draft: Draft): boolean {
  const rule = typeWords.find(([pattern]) => pattern.test(text));
  if (!rule) return false;
  if (rule[1] === 'badge') draft.badge = true;
  else draft.type = rule[1];
  return true;
}

function readCurrency(text: string, draft: Draft): boolean {
  const currency = currencies[text.replace(/^in (us )?/, '')];
  if (!currency) return false;
  draft.currency = currency;
  draft.type ??= 'money';
  return true;
}

function readBounds(text: string, draft: Draft): boolean {
  const plain = text
    .replace(/\bminimum\b/, 'min')
    .replace(/\bmaximum\b/, 'max')
    .replace(/\b(length|of|is)\b/g, '')
    .replace(/[:=]/g, ' ');
  const unit = '\\s*(characters?|chars?|letters?|symbols?|digits?|years?( old)?)?';
  const low =
    new RegExp(`^(?:min|at least|from|>=?)\\s+(\\d+)\\s*\\+?${unit}( long)?$`).exec(plain) ??
    new RegExp(`^(\\d+)\\s*\\+${unit}$`).exec(plain) ??
    new RegExp(`^(\\d+)${unit.replace('?', '')} min$`).exec(plain);
  const high = new RegExp(`^(?:max|at most|up to|<=?)\\s+(\\d+)${unit}( long)?$`).exec(plain);
  const both = new RegExp(`^(?:between )?(\\d+)\\s*(?:-|–|to|and|\\.\\.)\\s*(\\d+)${unit}$`).exec(plain);
  const ofLength = /length|char|letter|symbol|digit/.test(text);
  const minimum = low?.[1] ?? both?.[1];
  const maximum = high?.[1] ?? both?.[2];
  if (minimum === undefined && maximum === undefined) return false;
  if (minimum !== undefined) draft[ofLength ? 'minLength' : 'min'] = Number(minimum);
  if (maximum !== undefined) draft[ofLength ? 'maxLength' : 'max'] = Number(maximum);
  return Number.isSafeInteger(Number(minimum ?? 0)) && Number.isSafeInteger(Number(maximum ?? 0));
}

function takeDeterminer(text: string): string {
  return text.replace(/^((an?|the|their|its|his|her|each|user'?s|our|optional|required)\s+(?=\S))+/i, (lead) =>
    /required/i.test(lead) ? 'required ' : /optional/i.test(lead) ? 'optional ' : '',
  );
}

/** Words around a label that say something about it: `required`, `as a badge`, `select`, `in euros`, `column`. */
function takeSuffixes(text: string, draft: Draft): string {
  const lead = /^(required|optional)\s+(.+)$/i.exec(text);
  if (lead) {
    draft.required = lead[1]?.toLowerCase() === 'required';
    return takeSuffixes(lead[2] ?? '', draft);
  }
  const bare = text.replace(/\s+(columns?|fields?|inputs?)$/i, '').trim();
  const as = pattern`
      ^(.+?)\s+(?:shown |displayed |rendered )?(?:as|in|with|at least|min|minimum|max
      |maximum|up to|between)\s+.+$
    `.exec(bare);
  if (as && readModifier(bare.slice((as[1] ?? '').length).trim(), draft)) return takeSuffixes(as[1] ?? '', draft);
  const shape = pattern`
      ^(.+?)\s+((?:colou?r(?:ed|ful)? |multi-?line )?(?:badges?|pills?|chips?|dropdown
      |drop-down|select|select box|check ?box|toggle|text ?area|required|optional|picklist
      |date picker|boolean|string|yes ?\/ ?no|true ?\/ ?false))$
    `.exec(bare);
  if (shape && readModifier(shape[2] ?? '', draft)) return takeSuffixes(shape[1] ?? '', draft);
  const count = /^(.+) number$/i.exec(bare);
  if (count?.[1] && numeric.test(count[1])) {
    draft.type ??= 'number';
    return takeSuffixes(count[1], draft);
  }
  const before = /^(colou?r(?:ed|ful)?|badged?|checkbox|dropdown|select)\s+(?:for |of )?(?:the )?(.+)$/i.exec(bare);
  if (before && /^(checkbox|dropdown|select)$/i.test(before[1] ?? '') && readModifier(before[1] ?? '', draft))
    return before[2] ?? '';
  return bare.replace(/^["'“‘](.+)["'”’]$/, '$1');
}

function isLabel(label: string): boolean {
  const parts = label.split(/\s+/);
  if (label === '' || parts.length > MOST_LABEL_WORDS || neverInLabel.test(label)) return false;
  return parts.every((part) => /^[\p{L}\p{N}#%][\p{L}\p{N}'’.#%&/-]*$/u.test(part)) && /[a-z]/i.test(label);
}

function complete(draft: Draft, noun: string): ReadField | null {
  const lower = draft.label.toLowerCase();
  const guessed = draft.type ?? typeOf(draft, lower);
  const type = draft.badge ? 'badge' : draft.options.length > 0 ? 'select' : guessed;
  if (draft.options.length > 0 && draft.type && draft.type !== 'select') return null;
  const options =
    draft.options.length > 0
      ? draft.options
      : (knownOptions(draft.label, noun) ?? ['Option 1', 'Option 2', 'Option 3']);
  const guessedOptions = (type === 'select' || type === 'badge') && draft.options.length === 0;
  const bounds = boundsOf(draft, type);
  if (bounds === null) return null;
  const field: Field = {
    key: words.camel(draft.label),
    label: draft.label,
    type,
    ...bounds,
    ...(type === 'money' && { currency: draft.currency ?? (isGerman(lower) ? 'EUR' : 'USD') }),
    ...(type === 'select' && { options }),
    ...(type === 'badge' && { colors: colorsFor(options, draft.colors) }),
  };
  return { field, required: draft.required, guessedOptions };
}

function isGerman(label: string): boolean {
  return /(?:preis|betrag|umsatz|gehalt|kosten|summe)$/.test(label);
}

function typeOf(draft: Draft, lower: string): FieldType {
  if (draft.options.length > 0) return 'select';
  return labelTypes.find(([pattern]) => pattern.test(lower))?.[1] ?? 'text';
}

/** Bounds in the words of the type: `min 8` of a text means its length. Null if a bound makes no sense for the type. */
function boundsOf(draft: Draft, type: FieldType): Partial<Field> | null {
  const { min, max, minLength, maxLength } = draft;
  const given = [min, max, minLength, maxLength].some((bound) => bound !== undefined);
  const numeric = type === 'number' || type === 'money' || type === 'percent';
  const textual = type === 'text' || type === 'longText' || type === 'password' || type === 'phone';
  if (given && !numeric && !textual) return null;
  if (numeric) return { ...(min !== undefined && { min }), ...(max !== undefined && { max }) };
  const low = minLength ?? min ?? (type === 'password' && given ? DEFAULT_TEXT_LENGTH : undefined);
  const high = maxLength ?? max;
  return { ...(low !== undefined && { minLength: low }), ...(high !== undefined && { maxLength: high }) };
}

function knownOptions(label: string, noun: string): readonly string[] | null {
  const lower = label.toLowerCase();
  const rule = optionRules.find((each) => each.label.test(lower) && (!each.noun || each.noun.test(noun.toLowerCase())));
  return rule?.options ?? null;
}

function colorsFor(options: readonly string[], given: Record<string, BadgeColor>): Record<string, BadgeColor> {
  const quiet = badgeColors.filter((color) => color !== 'red' && color !== 'green');
  return Object.fromEntries(
    options.map((option, index) => {
      const known = colorWords.find(([pattern]) => pattern.test(option.toLowerCase()))?.[1];
      return [option, given[option] ?? known ?? quiet[index % quiet.length] ?? 'gray'];
    }),
  );
}
