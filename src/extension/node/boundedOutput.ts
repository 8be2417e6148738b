import { stripVTControlCharacters } from 'node:util';

/** The beginning says what was run and how; about 2,000 model tokens. */
const HEAD_CHARS = 8_000;
/** The end says what came of it: errors and sums stand there. About 4,000 model tokens. */
const TAIL_CHARS = 16_000;

/** What a command writes, however much: its head and its tail are kept, without colours and control characters. */
export class BoundedOutput {
  #head = '';
  #tail = '';
  #left = 0;

  add(text: string): void {
    const room = HEAD_CHARS - this.#head.length;
    this.#head += text.slice(0, room);
    this.#tail += text.slice(room);
    // Cut at twice its size, so that not every line copies all of it.
    if (this.#tail.length > 2 * TAIL_CHARS) this.#cut();
  }

  get text(): string {
    if (this.#tail.length > TAIL_CHARS) this.#cut();
    const gap = this.#left === 0 ? '' : `\n(${String(this.#left)} characters are left out here)\n`;
    return plain(`${this.#head}${gap}${this.#tail}`).trimEnd();
  }

  #cut(): void {
    const over = this.#tail.length - TAIL_CHARS;
    this.#left += over;
    this.#tail = this.#tail.slice(over);
  }
}

/** Progress bars write over their own line again and again: only what stood there last is kept. */
function plain(text: string): string {
  return stripVTControlCharacters(text)
    .replace(/\r\n/g, '\n')
    .replace(/[^\n]*\r/g, '')
    .replace(/[^\P{Cc}\n\t]/gu, '');
}
