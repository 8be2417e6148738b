/**
 * Changes members of a JSON object's text without touching a character of the others, so that numbers beyond 2^53, the
 * order of names and spaces stay as they were. Works on text that `JSON.parse` has taken for an object.
 */
export class JsonText {
  readonly #text: string;
  readonly #members: readonly Member[];

  constructor(text: string) {
    this.#text = text;
    this.#members = membersOf(text);
  }

  /** The names of the object's own members in their order, one that stands twice twice. */
  get names(): string[] {
    return this.#members.map(({ name }) => name);
  }

  /** How deep its values nest. */
  get depth(): number {
    return this.#members.reduce((most, { depth }) => Math.max(most, depth), 0);
  }

  /** Sets members at the end and takes away those whose value is undefined. */
  with(changes: Readonly<Record<string, unknown>>): string {
    const kept = this.#without(changes);
    const added = Object.entries(changes)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
    if (added.length === 0) return kept;
    const end = kept.lastIndexOf('}');
    const isEmpty = blankAfter(kept, kept.indexOf('{') + 1) === end;
    return `${kept.slice(0, end)}${isEmpty ? '' : ','}${added.join(',')}${kept.slice(end)}`;
  }

  /** What stands between two members is blank but for one comma, which goes with the second. */
  #without(changes: Readonly<Record<string, unknown>>): string {
    const [text, members] = [this.#text, this.#members];
    if (!members.some(({ name }) => Object.hasOwn(changes, name))) return text;
    let previousEnd = text.indexOf('{') + 1;
    let result = text.slice(0, previousEnd);
    let isFirst = true;
    for (const { name, start, end } of members) {
      const between = text.slice(previousEnd, start);
      previousEnd = end;
      if (Object.hasOwn(changes, name)) continue;
      result += (isFirst ? between.replace(',', '') : between) + text.slice(start, end);
      isFirst = false;
    }
    return result + text.slice(previousEnd);
  }
}

interface Member {
  readonly name: string;
  /** From the quote that opens its name to the end of its value. */
  readonly start: number;
  readonly end: number;
  /** How deep its value nests; 0 if it is no object or array. */
  readonly depth: number;
}

function membersOf(text: string): Member[] {
  const members: Member[] = [];
  let start = blankAfter(text, text.indexOf('{') + 1);
  while (text[start] === '"') {
    const nameEnd = stringEnd(text, start);
    const { end, depth } = valueAt(text, blankAfter(text, text.indexOf(':', nameEnd) + 1));
    members.push({ name: nameOf(text.slice(start, nameEnd)), start, end, depth });
    start = blankAfter(text, end);
    if (text[start] === ',') start = blankAfter(text, start + 1);
  }
  return members;
}

function nameOf(quoted: string): string {
  return quoted.includes('\\') ? String(JSON.parse(quoted)) : quoted.slice(1, -1);
}

// Between its strings a body has few characters: to begin a pattern takes longer than to look at them.
function blankAfter(text: string, from: number): number {
  let at = from;
  while (isBlank(text[at])) at += 1;
  return at;
}

function isBlank(mark: string | undefined): boolean {
  return mark === ' ' || mark === '\n' || mark === '\r' || mark === '\t';
}

/** After the closing quote of the string that opens here: the first quote with an even number of backslashes before. */
function stringEnd(text: string, from: number): number {
  for (let quote = text.indexOf('"', from + 1); ; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
}

function valueAt(text: string, from: number): { end: number; depth: number } {
  if (text[from] === '"') return { end: stringEnd(text, from), depth: 0 };
  if (text[from] === '{' || text[from] === '[') return structureAt(text, from);
  let end = from;
  while (end < text.length && !isScalarEnd(text[end])) end += 1;
  return { end, depth: 0 };
}

function isScalarEnd(mark: string | undefined): boolean {
  return mark === ',' || mark === '}' || isBlank(mark);
}

function structureAt(text: string, from: number): { end: number; depth: number } {
  let open = 0;
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    const mark = text[at];
    if (mark === '"') at = stringEnd(text, at) - 1;
    else if (mark === '{' || mark === '[') open += 1;
    else if (mark === '}' || mark === ']') open -= 1;
    depth = Math.max(depth, open);
    if (open === 0) return { end: at + 1, depth };
  }
  return { end: text.length, depth };
}
