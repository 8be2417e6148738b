import type { AdviceKind } from '../../protocol/chat.ts';

/** What kinds of advice the person has put away since the window was opened. */
export class AdviceDismissals {
  readonly #counts = new Map<AdviceKind, number>();

  add(kind: AdviceKind): void {
    this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + 1);
  }

  /** Whether a kind is not to be given any more in this window. */
  silences(kind: AdviceKind): boolean {
    return (this.#counts.get(kind) ?? 0) >= DISMISSALS_THAT_SILENCE;
  }
}

/** Once may be about that draft; twice is about the advice (screens, Advice). */
const DISMISSALS_THAT_SILENCE = 2;
