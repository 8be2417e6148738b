/** A timer that runs when a test says how much time has passed. */
export class ManualTimer {
  #now = 0;
  #waiting: { at: number; run: () => void }[] = [];

  readonly set = (milliseconds: number, run: () => void): (() => void) => {
    const entry = { at: this.#now + milliseconds, run };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((each) => each !== entry);
    };
  };

  pass(milliseconds: number): void {
    this.#now += milliseconds;
    const due = this.#waiting.filter((each) => each.at <= this.#now).sort((a, b) => a.at - b.at);
    this.#waiting = this.#waiting.filter((each) => each.at > this.#now);
    for (const { run } of due) run();
  }
}
