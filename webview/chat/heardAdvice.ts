import type { AdviceKind } from '../../src/protocol/chat.ts';
import { adviceWords } from './adviceWords.ts';
import type { ShownAdvice } from './shownAdvice.ts';

/** What was said and put away of the advice for one draft: said once for each kind, however often typing stops. */
export class HeardAdvice {
  readonly #say: (sentence: string) => void;
  readonly #dismissed = new Set<AdviceKind>();
  #said: AdviceKind | null = null;

  constructor(say: (sentence: string) => void) {
    this.#say = say;
  }

  /** What is shown of the advice that was found. */
  hear(found: readonly ShownAdvice[], draft: string): readonly ShownAdvice[] {
    const advice = found.filter(({ kind }) => !this.#dismissed.has(kind));
    const [first] = advice;
    if (first !== undefined && this.#said !== first.kind) {
      this.#said = first.kind;
      this.#say(`${adviceWords.advice}: ${adviceWords.title(first, draft)}`);
    }
    return advice;
  }

  dismiss(kind: AdviceKind): void {
    this.#dismissed.add(kind);
  }

  /** The next draft is another one. */
  forget(): void {
    this.#dismissed.clear();
    this.#said = null;
  }
}
