/** Walks through earlier prompts by Up and Down, like a shell. */
export class PromptRecall {
  #back = 0;
  #shown: string | null = null;

  /** Whether Up and Down may recall: the box is empty, or shows what was recalled, unchanged. */
  applies(text: string): boolean {
    return text === '' || text === this.#shown;
  }

  /** The prompt before the one shown; `null` if there is none. */
  older(prompts: readonly string[], text: string): string | null {
    if (text === '') this.#back = 0;
    return this.#show(prompts, this.#back + 1);
  }

  /** The prompt after the one shown; after the newest comes the empty box. `null` if nothing was recalled. */
  newer(prompts: readonly string[]): string | null {
    if (this.#back === 0) return null;
    if (this.#back > 1) return this.#show(prompts, this.#back - 1);
    this.#back = 0;
    this.#shown = null;
    return '';
  }

  #show(prompts: readonly string[], back: number): string | null {
    const prompt = prompts.at(-back);
    if (prompt === undefined || back > prompts.length) return null;
    this.#back = back;
    this.#shown = prompt;
    return prompt;
  }
}
