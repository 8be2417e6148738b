/**
 * Cuts streamed text into what is said aloud: whole sentences, without Markdown's marks, code blocks left out. Feed it
 * the text as it grows; it gives back what became sayable.
 */
export class SpokenSentences {
  #waiting = '';
  #inCode = false;

  feed(text: string): string {
    this.#waiting += text;
    const spoken: string[] = [];
    let end = endOfSentence(this.#waiting);
    while (end > 0) {
      spoken.push(this.#sayable(this.#waiting.slice(0, end)));
      this.#waiting = this.#waiting.slice(end);
      end = endOfSentence(this.#waiting);
    }
    return spoken.filter((sentence) => sentence !== '').join(' ');
  }

  /** What is left when the answer ends in the middle of a sentence. */
  end(): string {
    const rest = this.#sayable(this.#waiting);
    this.#waiting = '';
    this.#inCode = false;
    return rest;
  }

  #sayable(piece: string): string {
    if (/^\s*(?:```|~~~)/.test(piece)) {
      this.#inCode = !this.#inCode;
      return '';
    }
    return this.#inCode ? '' : withoutMarks(piece);
  }
}

/** A line end always ends a piece; a full stop, question or exclamation mark does with a blank after it. */
const SENTENCE_END = /\n|[.!?…][)"'”’*_]*[ \t]/;

function endOfSentence(text: string): number {
  const match = SENTENCE_END.exec(text);
  return match === null ? 0 : match.index + match[0].length;
}

function withoutMarks(piece: string): string {
  return piece
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^[\s>#|*+-]+|[*`]|__|~~/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}
