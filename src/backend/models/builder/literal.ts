/** Prints data as the literal a person would write, and reads such literals back: nothing is ever evaluated. */
export const literal = { print, printConst, readConst };

export type Literal = string | number | boolean | null | readonly Literal[] | { readonly [key: string]: Literal };

/** A line longer than this is broken, as prettier does by default with our width. */
const WIDTH = 110;
/** Nothing that Builder writes nests deeper; deeper text isn't ours. */
const MOST_DEPTH = 6;

/** `const name = [...]` with one element on a line, as prettier breaks lists of objects. */
function printConst(name: string, elements: readonly unknown[], type = ''): string {
  const flat = `const ${name}${type} = [${elements.map(printFlat).join(', ')}];`;
  if (elements.length === 1 && flat.length <= WIDTH) return flat;
  const lines = elements.map((element) => `  ${print(element, 2)},`);
  return [`const ${name}${type} = [`, ...lines, '];'].join('\n');
}

function print(value: unknown, indent = 0): string {
  const flat = printFlat(value);
  if (flat.length + indent <= WIDTH || typeof value !== 'object' || value === null) return flat;
  const inner = ' '.repeat(indent + 2);
  const items = Array.isArray(value)
    ? value.map((item) => `${inner}${print(item, indent + 2)},`)
    : Object.entries(value).map(([key, item]) => `${inner}${printKey(key)}: ${print(item, indent + 2)},`);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  return [open, ...items, `${' '.repeat(indent)}${close}`].join('\n');
}

function printFlat(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(printFlat).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => `${printKey(key)}: ${printFlat(item)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  return String(value);
}

function quote(text: string): string {
  const escaped = text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
  return escaped.includes("'") && !escaped.includes('"') ? `"${escaped}"` : `'${escaped.replace(/'/g, "\\'")}'`;
}

function printKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : quote(key);
}

/**
 * The value of the one top-level `const name = literal;` in a source text; undefined if there isn't exactly one that is
 * pure data.
 */
function readConst(source: string, name: string): Literal | undefined {
  const starts = [...source.matchAll(new RegExp(`^(?:export )?const ${name}(?:: [\\w<>[\\], |]+)? = `, 'gm'))];
  const [start] = starts;
  if (!start || starts.length > 1) return undefined;
  const reader = new Reader(source, start.index + start[0].length);
  try {
    const value = reader.value(0);
    return reader.ends() ? value : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

class Reader {
  readonly #source: string;
  #at: number;

  constructor(source: string, at: number) {
    this.#source = source;
    this.#at = at;
  }

  value(depth: number): Literal {
    if (depth > MOST_DEPTH) throw new SyntaxError('too deep');
    const next = this.#peek();
    if (next === '[') return this.#array(depth);
    if (next === '{') return this.#object(depth);
    if (next === "'" || next === '"') return this.#string();
    const word = this.#take(/-?\d[\d_]*(?:\.\d+)?|true|false|null/y);
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'null' ? null : Number(word.replaceAll('_', ''));
  }

  /** Whether the statement ends here, with a semicolon or the end of the line. */
  ends(): boolean {
    return /^[ \t]*(?: as const)?[ \t]*(?:;|\r?\n|$)/.test(this.#source.slice(this.#at, this.#at + 40));
  }

  #array(depth: number): Literal[] {
    const items: Literal[] = [];
    this.#take(/\[/y);
    while (this.#peek() !== ']') {
      items.push(this.value(depth + 1));
      if (this.#peek() !== ']') this.#take(/,/y);
    }
    this.#take(/\]/y);
    return items;
  }

  #object(depth: number): { readonly [key: string]: Literal } {
    const entries = new Map<string, Literal>();
    this.#take(/\{/y);
    while (this.#peek() !== '}') {
      const key = /['"]/.test(this.#peek()) ? this.#string() : this.#take(/[A-Za-z_$][\w$]*/y);
      this.#peek();
      this.#take(/:/y);
      if (entries.has(key)) throw new SyntaxError('twice');
      entries.set(key, this.value(depth + 1));
      if (this.#peek() !== '}') this.#take(/,/y);
    }
    this.#take(/\}/y);
    return Object.fromEntries(entries);
  }

  #string(): string {
    const text = this.#take(/'(?:[^'\\\n]|\\[\\'"nr])*'|"(?:[^"\\\n]|\\[\\'"nr])*"/y);
    return text.slice(1, -1).replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', r: '\r' })[letter] ?? letter);
  }

  /** The next character that isn't space; comments are a person's own words, so a list with comments isn't read. */
  #peek(): string {
    while (/\s/.test(this.#source[this.#at] ?? '')) this.#at += 1;
    return this.#source[this.#at] ?? '';
  }

  #take(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#source);
    if (!found) throw new SyntaxError('not a literal');
    this.#at = pattern.lastIndex;
    return found[0];
  }
}
